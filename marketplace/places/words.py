"""One short text in each of the three languages, as the data files carry it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Words(BaseModel):
    """The same text in Indonesian, English and Korean; none may be missing or empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)
    ko: str = Field(min_length=1)
