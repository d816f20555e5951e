"""Blank forms of the register, so that a site that has none can start tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..model.gathered import filled_where
from ..model.registers import Form
from .sheet import Edition, Sheet


def forms(edition: Edition) -> Iterator[Sheet]:
    """A blank sheet for each form."""
    where = filled_where(edition.book)
    for key, form in edition.book.forms.items():
        used = list(dict.fromkeys(edition.book.title(sop) for sop, _ in where[key]))
        yield Sheet(
            f"forms/{key}", "form", edition.book.plain(form.name), key, partial(_data, edition, key, form, used)
        )


def _data(edition: Edition, key: str, form: Form, used: list[str]) -> dict[str, Any]:
    book = edition.book
    return {
        "head": {
            "organization": book.organization.title,
            "title": book.plain(form.name),
            "page": edition.page(f"forms/{key}"),
        },
        "purpose": book.plain(form.purpose),
        "fields": [book.plain(field) for field in form.fields],
        "many": form.many,
        "filled_by": edition.names(form.filled_by),
        "kept_by": edition.names([form.kept_by]),
        "used": used,
    }
