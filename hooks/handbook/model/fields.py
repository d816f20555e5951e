"""The kinds of values that fields hold, each with what an author may write for it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

OWN = "own"
OPEN = "open"  # where a post's id would stand: nobody has decided yet who it is
SLUG = r"^[a-z][a-z0-9-]{1,39}$"
VERSION = r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"
SOURCE_ID = r"^(own|[A-Z][0-9a-z.]{0,7})$"
CLAUSE_REF = r"^[a-z][a-z0-9-]*#[a-z][a-z0-9-]*$"
ID = "[a-z][a-z0-9-]{1,39}"
FORMER = rf"^({ID}#)?{ID}$"
GOAL = rf"^{ID}(#{ID})?$"
GONE = rf"^((procedures|standards|roles)/{ID}(#{ID})?|(forms|posts)/{ID})$"
UNIT = r"^[A-Za-z][A-Za-z/]{0,15}$"
SIGN = r"^[A-Za-z]{0,3}[$€£¥￥₩฿₫₱₹]?$"
DAY = r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
PATTERNS = {
    SLUG: "代號用小寫英文字母開頭，接小寫字母、數字、連字號，2 到 40 個字元",
    VERSION: "版本是三個數字，例如 1.0.0",
    SOURCE_ID: "來源條文的代號像 I5、G3.4；自己加的寫 own",
    CLAUSE_REF: "寫成 SOP#條文，例如 complaints#listen",
    FORMER: "寫舊的代號，例如 listen；從別份 SOP 搬來的寫成 SOP#代號，例如 complaints#listen",
    GOAL: "寫 SOP、表單或 SOP#條文的代號，例如 complaints#listen",
    UNIT: "單位用英文字母，1 到 16 個，例如 TWD、cup、kWh",
    SIGN: "符號像 NT$、HK$、¥、pH",
    GONE: "照 known-ids.txt 的寫法，例如 procedures/fees、procedures/fees#pay、forms/fee-notice",
}


def listed(value: Any) -> Any:
    """One value stands for a list of one."""
    return [value] if isinstance(value, str) else value


def none() -> list[Any]:
    """A new list with nothing in it. pydantic asks what arguments it takes, and for `list` itself that takes long."""
    return []


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _as_typed(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("string_too_short", "nothing but blanks")
    return "\n".join(line.rstrip() for line in text.strip("\n").rstrip().split("\n"))


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(DAY, value):
        raise PydanticCustomError("date_form", "not a day of a year")
    return value


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("0|-?[1-9][0-9]{0,8}", value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_in_one_line)]
Words = Annotated[str, StringConstraints(min_length=1), AfterValidator(_as_typed)]  # letter for letter
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Version = Annotated[str, StringConstraints(pattern=VERSION)]
SourceId = Annotated[str, StringConstraints(pattern=SOURCE_ID)]
ClauseRef = Annotated[str, StringConstraints(pattern=CLAUSE_REF)]
Former = Annotated[str, StringConstraints(pattern=FORMER)]
Goal = Annotated[str, StringConstraints(pattern=GOAL)]
GoneId = Annotated[str, StringConstraints(pattern=GONE)]
Day = Annotated[dt.date, BeforeValidator(_day)]  # pydantic alone takes 1764547200 for a date
Whole = Annotated[int, BeforeValidator(_whole)]  # pydantic alone takes 1_0 and 010 for ten
Minutes = Annotated[int, Field(ge=1, le=300), BeforeValidator(_whole)]
Flag = Annotated[bool, Strict(), BeforeValidator(_flag)]  # and `yes`, `on`, `t` for true
Texts = Annotated[list[Text], BeforeValidator(listed)]
Said = Annotated[list[Words], BeforeValidator(listed)]
Slugs = Annotated[list[Slug], BeforeValidator(listed)]
Formers = Annotated[list[Former], BeforeValidator(listed)]
Sources = Annotated[list[SourceId], BeforeValidator(listed), Field(min_length=1)]


class Model(BaseModel):
    """Base of everything read from YAML: no key is ignored, no field is changed afterwards."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True
    )  # those inside others need none of their own


class File(Model):
    """Base of what is a file's whole: read anew, it is another, as equal fields may stand in another order, which pages
    show."""

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__


def cited(source: list[str]) -> str:
    """What a clause rests on, in words."""
    return "本手冊補充" if source == [OWN] else f"依據 {'、'.join(source)}"
