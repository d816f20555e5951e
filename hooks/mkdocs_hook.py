"""What mkdocs.yml names; all of it stands in handbook/hook.py, which a project with the engine installed names too."""

from handbook.hook import *  # noqa: F403
