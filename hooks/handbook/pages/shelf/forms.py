"""The register of forms, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...model.book import Handbook
from ...model.gathered import filled_where
from ..page import Draft
from ..view import Site


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    yield Draft("forms/index", "forms.html", "表單", "forms")
    filled = filled_where(book)
    for key, form in book.forms.items():
        yield Draft(f"forms/{key}", "form.html", form.name, "forms", tells=partial(dict, form=form, steps=filled[key]))
