"""The one step that pyproject.toml can't say: the shipped handbook goes into the wheel, for `handbook new --from`."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
SHIPPED = ("docs", "quiz", "sop")


class WithShipped(build_py):
    """Its one source is the root of this project: what is installed in place reads it from there."""

    def run(self) -> None:
        super().run()
        for name in SHIPPED if not self.editable_mode else ():
            target = Path(self.build_lib, "handbook/new/front-desk", name)
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(ROOT / name, target)


setup(cmdclass={"build_py": WithShipped})
