"""A file's bytes, or the problem that stands in their way."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from ..model.document import Document
from ..problem import declare

MAX_BYTES = 512 * 1024
FILE_SIZE = declare(
    "file-size",
    f"一個檔案不得大於 {MAX_BYTES // 1024} KB。",
    bad="把整本規約貼進一份 SOP",
    good="一件事一個檔案，例如 sop/procedures/visitors.yml",
)
FILE_LINK = declare(
    "file-link",
    "檔案必須真正放在資料夾裡，不可以是通往別處的連結。",
    bad="sop/procedures/visitors.yml -> ../../visitors.yml",
    good="sop/procedures/visitors.yml   # 檔案本身",
)
FILE_READ = declare(
    "file-read",
    "檔案必須存在而且讀得到。",
    bad="sop/ 裡沒有 source.yml",
    good="sop/source.yml   # 沒有來源也要有這個檔案",
)

LINKED = "這是一個連結，不是檔案"


def walk(folder: Path) -> Iterator[Path]:
    """Every path below a folder in order, without recursion: links are not followed, and what is hidden is left out.

    The folder itself comes out where it is a link. One that can't be listed raises its OSError where it is come to.
    """
    rest = [folder]
    while rest:
        path = rest.pop()
        if path != folder or path.is_symlink():
            yield path
        if path.is_dir() and not path.is_symlink():
            rest += sorted((inner for inner in path.iterdir() if not inner.name.startswith(".")), reverse=True)


def fetch(path: Path, document: Document, limit: int = MAX_BYTES) -> bytes | None:
    """The bytes of a file, or the problem that stands in their way."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or path.parent.is_symlink():
            document.refuse(FILE_LINK, LINKED)
        elif not stat.S_ISREG(found.st_mode):
            document.refuse(FILE_READ, "這不是檔案")
        elif found.st_size > limit:
            document.refuse(FILE_SIZE, f"檔案有 {found.st_size // 1024} KB，上限 {limit // 1024} KB")
        else:
            return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        document.refuse(FILE_READ, "沒有這個檔案")
    except OSError as error:
        document.refuse(FILE_READ, f"讀不到檔案：{error.strerror}")
    return None
