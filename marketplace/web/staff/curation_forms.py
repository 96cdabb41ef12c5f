"""What curators type: windows by days, words by language."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from marketplace.curation.services import Titled
from marketplace.language.languages import Language

LARGEST_ID = 2**63
LAST_YEAR = 2100


def _day(typed: Any) -> Any:
    if not isinstance(typed, str) or not typed.strip():
        raise ValueError("curation.error_day")
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise ValueError("curation.error_day") from None
    if not 2000 <= day.year <= LAST_YEAR:
        raise ValueError("curation.error_day")
    return day


def _perhaps_day(typed: Any) -> Any:
    return None if typed is None or not str(typed).strip() else _day(typed)


Day = Annotated[date, BeforeValidator(_day)]
PerhapsDay = Annotated[date | None, BeforeValidator(_perhaps_day)]
MODEL = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class WindowForm(BaseModel):
    """A first and perhaps a last day."""

    model_config = MODEL

    starts_on: Day
    ends_on: PerhapsDay = None

    @model_validator(mode="after")
    def _starts_first(self) -> WindowForm:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("curation.error_window")
        return self


class PickForm(WindowForm):
    """A pick: where, what, when and why."""

    slot: str = Field(min_length=1, max_length=80)
    product: int = Field(ge=1, lt=LARGEST_ID)
    reason_id: str = Field(min_length=1, max_length=200)
    reason_en: str = Field(default="", max_length=200)
    reason_ko: str = Field(default="", max_length=200)

    @property
    def reasons(self) -> dict[Language, str]:
        """Return the reasons by language."""
        return {Language.ID: self.reason_id, Language.EN: self.reason_en, Language.KO: self.reason_ko}


class PickChangeForm(WindowForm):
    """Another window and other reasons for a pick, as it was seen."""

    version: int = Field(ge=0, lt=LARGEST_ID)
    reason_id: str = Field(min_length=1, max_length=200)
    reason_en: str = Field(default="", max_length=200)
    reason_ko: str = Field(default="", max_length=200)

    @property
    def reasons(self) -> dict[Language, str]:
        """Return the reasons by language."""
        return {Language.ID: self.reason_id, Language.EN: self.reason_en, Language.KO: self.reason_ko}


class MoveForm(BaseModel):
    """One act on a pick, as it was seen."""

    model_config = MODEL

    act: Literal["up", "down", "end", "withdraw", "slot"]
    version: int = Field(ge=0, lt=LARGEST_ID)
    slot: str = Field(default="", max_length=80)


class CollectionForm(WindowForm):
    """A collection: its address, words by language, dates, and goods in their order (slugs, one a line)."""

    version: int = Field(default=0, ge=0, lt=LARGEST_ID)
    slug: str = Field(default="", max_length=80, pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")
    name_id: str = Field(min_length=1, max_length=80)
    name_en: str = Field(default="", max_length=80)
    name_ko: str = Field(default="", max_length=80)
    text_id: str = Field(default="", max_length=400)
    text_en: str = Field(default="", max_length=400)
    text_ko: str = Field(default="", max_length=400)
    goods: str = Field(default="", max_length=4_000)

    @property
    def words(self) -> dict[Language, Titled]:
        """Return the words by language, without languages that have no name."""
        all_words = {
            Language.ID: Titled(self.name_id, self.text_id),
            Language.EN: Titled(self.name_en, self.text_en),
            Language.KO: Titled(self.name_ko, self.text_ko),
        }
        return {language: said for language, said in all_words.items() if said.title}

    @property
    def slugs(self) -> list[str]:
        """Return the goods' slugs, in their order, each once; a whole address counts as its last part."""
        lines = (line.strip().rstrip("/").rpartition("/")[2] for line in self.goods.splitlines())
        return list(dict.fromkeys(line for line in lines if line))
