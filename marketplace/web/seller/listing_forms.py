"""What a seller types about goods, as typed values; and what they typed, kept as it is."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

WEIGHTS = ("500", "1000", "2000", "5000")
HEAVIEST = 50_000
DEAREST = 100_000_000


def _whole(typed: object) -> object:
    """Return digits as people write money and counts: dots and spaces between thousands, `Rp` in front."""
    text = str(typed).strip().removeprefix("Rp").replace(".", "").replace(" ", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ValueError("error.number")
    return int(text)


def _grams(typed: object) -> object:
    """Return kilograms as people write them (`1,5`), in grams."""
    try:
        kilograms = Decimal(str(typed).strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError("goods.error_weight") from None
    grams = kilograms * 1000
    if not kilograms.is_finite() or grams != int(grams) or not 1 <= grams <= HEAVIEST:
        raise ValueError("goods.error_weight")
    return int(grams)


def _weight(typed: object) -> object:
    if str(typed) not in ("", *WEIGHTS):
        raise ValueError("goods.error_weight")
    return typed


Whole = Annotated[int, BeforeValidator(_whole)]


class Form(BaseModel):
    """A form that knows its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class WordsForm(Form):
    """What the office judges besides the photos."""

    name: str = Field(min_length=3, max_length=120)
    kind: str = Field(min_length=1, max_length=60)
    summary: str = Field(default="", max_length=200)
    description: str = Field(default="", max_length=4000)


class PriceForm(Form):
    """What the office does not judge: whole rupiah and grams; a typed weight goes before a chosen one."""

    price: Annotated[Whole, Field(ge=100, le=DEAREST)]
    weight: Annotated[str, BeforeValidator(_weight)] = ""
    weight_kg: str = Field(default="", max_length=10)

    @property
    def grams(self) -> int:
        """Return the weight in grams. Raises: ValueError with the key of a sentence."""
        if self.weight_kg:
            return int(str(_grams(self.weight_kg)))
        if not self.weight:
            raise ValueError("goods.error_weight")
        return int(self.weight)


class ContentsForm(WordsForm, PriceForm):
    """The second screen of a first listing."""

    stock: Annotated[Whole, Field(ge=0, le=100_000)]


class PhotoForm(Form):
    """The buttons below a photo; each carries the photo's content hash."""

    move_left: str = Field(default="", pattern=r"^(?:[0-9a-f]{40})?$")
    move_right: str = Field(default="", pattern=r"^(?:[0-9a-f]{40})?$")
    remove: str = Field(default="", pattern=r"^(?:[0-9a-f]{40})?$")

    @property
    def asked(self) -> tuple[Literal["left", "right", "remove"], str]:
        """Return what to do with which photo."""
        if self.move_left:
            return "left", self.move_left
        return ("right", self.move_right) if self.move_right else ("remove", self.remove)


class NothingForm(Form):
    """A button by itself."""
