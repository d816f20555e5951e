"""One page of every kind: what is true of these is true of all."""

from __future__ import annotations

KINDS = {
    "": "the home page",
    "procedures/": "a section's list",
    "procedures/complaints/": "a procedure that branches",
    "procedures/incoming-calls/": "a procedure that does not",
    "standards/conduct/": "a standard",
    "roles/": "the roles, and the other posts",
    "roles/service-desk/": "a role",
    "quiz/": "the quizzes and how one fares",
    "quiz/complaints/": "a quiz",
    "exams/service-desk/": "an exam",
    "review/": "the five questions of the day",
    "supervisors/": "what supervisors need",
    "supervisors/coverage/": "the map of what is asked",
    "supervisors/team/": "the team, nobody in it yet",
    "forms/": "the form register",
    "forms/complaint-log/": "a form",
    "deadlines/": "the tables of deadlines",
    "phrases/": "the phrase book",
    "glossary/": "the glossary",
    "open-points/": "the open points",
    "changes/": "the versions",
    "runs/": "what somebody has done by procedures",
    "search-words/": "the words that search did not know",
    "authors/": "a page written by hand",
    "authors/generators/": "another, with wide tables",
    "authors/rules/": "the rules",
    "authors/fields/": "the fields",
    "supervisors/paper/": "all that is printed",
    "404.html": "the page for no page",
}
FRAMES = ("", "procedures/complaints/", "authors/fields/")  # one page of each sort of frame: none has another
SIZES = ("phone", "desktop")
