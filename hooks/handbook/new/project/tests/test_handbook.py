"""手冊寫對了嗎？執行：python -m unittest discover tests"""

import tempfile
import unittest
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from handbook.compile import compile_handbook

ROOT = Path(__file__).parent.parent


class Handbook(unittest.TestCase):
    def setUp(self):
        self.book, _ = compile_handbook(ROOT)

    def test_first_names_procedures(self):
        self.assertLessEqual(set(self.book.organization.first), set(self.book.procedures))

    def test_every_sop_has_its_page(self):
        with tempfile.TemporaryDirectory() as site:
            build(load_config(str(ROOT / "mkdocs.yml"), site_dir=f"{site}/site", strict=True))
            for sop in self.book.sops.values():
                self.assertTrue(Path(site, "site", sop.folder, sop.id, "index.html").is_file(), sop.id)
