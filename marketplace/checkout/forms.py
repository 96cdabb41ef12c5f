"""What a buyer types and picks at checkout, parsed into bounded values or errors per field. The domain alone says no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from marketplace.kernel.ids import ShopId
from marketplace.kernel.phone import BadPhone, normalise_phone
from marketplace.orders.models import PaymentMethod

DELIVERY_PREFIX = "delivery-"  # a form names each shop's choice `delivery-<shop id>`

# One address, no spaces, a dot in the domain; whether mail arrives only mail can tell.
_EMAIL = re.compile(r"[^@\s\x00-\x20<>\"]{1,64}@[^@\s\x00-\x20<>\"]{1,180}\.[^@\s\x00-\x20<>\".]{2,24}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _tidy(value: object) -> object:
    """Fold line ends and outer spaces; refuse NUL and other control characters, which no person types."""
    if not isinstance(value, str):
        return value
    if _CONTROL.search(value) or any("\ud800" <= char <= "\udfff" for char in value):
        raise PydanticCustomError("bad_characters", "control characters")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _phone(value: str) -> str:
    try:
        return normalise_phone(value)
    except BadPhone as refusal:
        raise PydanticCustomError("bad_phone", "not a phone number") from refusal


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value):
        raise PydanticCustomError("bad_email", "not an e-mail address")
    return value.lower()


def _typed(most: int, least: int = 0) -> Any:
    return Field(min_length=least, max_length=most)


Line = Annotated[str, BeforeValidator(_tidy), AfterValidator(_one_line)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Contact(_Form):
    """The first page: who buys, where it goes, and each shop's delivery by its choice code."""

    name: Annotated[Line, _typed(80, 1)]
    phone: Annotated[Line, _typed(40, 1), AfterValidator(_phone)]
    email: Annotated[Line, _typed(254), AfterValidator(_email)] = ""
    district: Annotated[Line, Field(pattern=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$")]
    street: Annotated[str, BeforeValidator(_tidy), _typed(300, 5)]
    postal_code: Annotated[Line, Field(pattern=r"^([0-9]{5})?$")] = ""
    landmark: Annotated[Line, _typed(200)] = ""
    deliveries: dict[Annotated[int, Field(ge=1, lt=2**63)], Annotated[Line, _typed(30, 1)]] = Field(
        default_factory=dict, max_length=40
    )

    @property
    def choices(self) -> dict[ShopId, str]:
        """Return the chosen delivery of each shop."""
        return {ShopId(shop_id): code for shop_id, code in self.deliveries.items()}


class PlaceOrder(_Form):
    """Everything a purchase is made from. Of money it holds only the total the buyer saw, which is compared, never used."""

    contact: Contact
    method: PaymentMethod
    is_adult_confirmed: bool = False
    seen_total_minor: int = Field(ge=0, le=10**12)
    source: Annotated[Line, _typed(60)] = ""


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What is wrong, per field of the form: `required`, `too_short`, `too_long`, `bad_phone`, `bad_email`, `choose` …"""

    errors: Mapping[str, str]


# pydantic's names for what is wrong, as ours; anything else is `bad`.
_WORDS = {
    "missing": "required",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_short",
    "too_long": "too_long",
    "string_pattern_mismatch": "bad_format",
    "enum": "choose",
    "extra_forbidden": "unknown_field",
    "int_parsing": "bad_number",
    "greater_than_equal": "out_of_bounds",
    "less_than_equal": "out_of_bounds",
    "less_than": "out_of_bounds",
    "bad_characters": "bad_characters",
    "bad_phone": "bad_phone",
    "bad_email": "bad_email",
}


def parse_contact(form: Mapping[str, str]) -> Contact | FieldErrors:
    """Return the first page's values from form fields, each shop's delivery in `delivery-<shop id>`."""
    plain = {name: value for name, value in form.items() if not name.startswith(DELIVERY_PREFIX)}
    deliveries = {
        name.removeprefix(DELIVERY_PREFIX): value for name, value in form.items() if name.startswith(DELIVERY_PREFIX) and value
    }
    try:
        return Contact.model_validate({**plain, "deliveries": deliveries})
    except ValidationError as refusal:
        return field_errors(refusal)


def parse_place_order(form: Mapping[str, str], *, contact: Mapping[str, Any]) -> PlaceOrder | FieldErrors:
    """Return the whole purchase: the second page's fields, and the first page's values as the cart's draft kept them."""
    try:
        return PlaceOrder.model_validate({**form, "contact": contact})
    except ValidationError as refusal:
        return field_errors(refusal)


def field_errors(refusal: ValidationError) -> FieldErrors:
    """Return one word per field, the first that is wrong with it; an empty required field reads `required`."""
    found: dict[str, str] = {}
    for error in refusal.errors(include_url=False, include_context=False):
        place = [str(part) for part in error["loc"] if part != "[key]"]
        if place[0] == "contact" and len(place) > 1:
            place = place[1:]
        name = DELIVERY_PREFIX + place[1] if place[0] == "deliveries" and len(place) > 1 else place[0]
        word = _WORDS.get(error["type"], "bad")
        given = error.get("input")
        if isinstance(given, str) and not given.strip() and word in ("too_short", "bad_format", "enum", "choose"):
            word = "required"
        found.setdefault(name, word)
    return FieldErrors(found)
