"""Whether a handbook is printed at all."""

from __future__ import annotations

from pathlib import Path

import yaml


def printed(root: Path) -> bool:
    """What the settings of the site at `root` say: `extra: {paper: false}` does without. Whatever else stands in them,
    and with whatever tags, is its generator's to judge."""
    try:
        settings = yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)
        return bool(settings["extra"]["paper"] != "false")
    except (OSError, UnicodeDecodeError, yaml.YAMLError, LookupError, TypeError):
        return True
