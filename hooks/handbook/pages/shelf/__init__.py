"""The kinds of pages that a handbook has, in the order in which a site lists them: each module knows its own."""

from . import forms, gone, guide, lists, quizzes, sops, supervisors

SHELVES = (sops.drafts, forms.drafts, lists.drafts, quizzes.drafts, supervisors.drafts, gone.drafts, guide.drafts)
