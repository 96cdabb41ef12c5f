"""The national payment code (QRIS): reading a merchant's static payload and making one with an amount inside.

A payload is a row of fields of two digits for the tag, two for the length and the value, `00` first and the checksum `63` last.
Source: EMVCo merchant-presented mode 1.1 and the national QR standard (QRIS) of Bank Indonesia.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from marketplace.kernel.errors import DomainError

# Bank Indonesia allows no larger single payment by QRIS; minor units of IDR.
LIMIT_MINOR = 10_000_000
LONGEST = 512
LONGEST_REFERENCE = 25
_RUPIAH, _INDONESIA, _NATIONAL = "360", "ID", "ID.CO.QRIS.WWW"
_MERCHANT_ACCOUNTS = range(2, 51)
_NAME_MOST, _CITY_MOST, _AMOUNT_MOST = 25, 15, 13


class QrisFault(StrEnum):
    """What is wrong with a payload; pages have a sentence for each."""

    BROKEN = "broken"  # not a row of fields, out of order, or without its checksum
    CHECKSUM = "checksum"
    CURRENCY = "currency"
    COUNTRY = "country"
    NOT_NATIONAL = "not_national"
    NO_MERCHANT = "no_merchant"
    NAME = "name"
    FEE = "fee"
    HAS_AMOUNT = "has_amount"
    NO_ROOM = "no_room"  # its own extras leave no place for a reference


@dataclass(eq=False)
class BadQris(DomainError):
    """A payload that is not a merchant's valid QRIS code."""

    fault: QrisFault


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its tag and its value, as they stand."""

    tag: str
    value: str

    def text(self) -> str:
        """Return the field as it is written. Raises: ValueError when the value is too long for its two digits."""
        if len(self.value) > 99:
            raise ValueError(f"field {self.tag} is longer than 99 characters")
        return f"{self.tag}{len(self.value):02d}{self.value}"


@dataclass(frozen=True, slots=True)
class Merchant:
    """What a payload says of whom it pays, and how much (minor units of IDR) when that is inside."""

    name: str
    city: str
    nmid: str
    is_dynamic: bool
    amount_minor: int | None
    reference: str


def checksum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE over the text's bytes: four hexadecimal digits, upper case."""
    register = 0xFFFF
    for byte in text.encode("utf-8"):
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"


def read_fields(text: str) -> tuple[Field, ...]:
    """Return the fields of a payload or of a nested value. Raises: BadQris."""
    found: list[Field] = []
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            raise BadQris(QrisFault.BROKEN)
        end = at + 4 + int(head[2:])
        if end > len(text) or end == at + 4:
            raise BadQris(QrisFault.BROKEN)
        found.append(Field(head[:2], text[at + 4 : end]))
        at = end
    if len({field.tag for field in found}) != len(found):
        raise BadQris(QrisFault.BROKEN)
    return tuple(found)


def read_merchant(payload: str) -> Merchant:
    """Return whom a valid payload pays. Raises: BadQris."""
    fields = _checked(payload)
    if fields.get("53") != _RUPIAH:
        raise BadQris(QrisFault.CURRENCY)
    if fields.get("58") != _INDONESIA:
        raise BadQris(QrisFault.COUNTRY)
    national = _nested(fields, "51")
    nmid = national.get("02", "")
    if national.get("00") != _NATIONAL or not (nmid.startswith("ID") and nmid[2:].isdigit() and len(nmid) == 15):
        raise BadQris(QrisFault.NOT_NATIONAL)
    if not any(int(tag) in _MERCHANT_ACCOUNTS for tag in fields) or not _is_digits(fields.get("52", ""), 4):
        raise BadQris(QrisFault.NO_MERCHANT)
    if any(tag in fields for tag in ("55", "56", "57")):  # the buyer may not be charged for paying this way
        raise BadQris(QrisFault.FEE)
    name, city = fields.get("59", ""), fields.get("60", "")
    if not name.strip() or not city.strip() or len(name) > _NAME_MOST or len(city) > _CITY_MOST:
        raise BadQris(QrisFault.NAME)
    return Merchant(
        name=name, city=city, nmid=nmid, is_dynamic=fields["01"] == "12", amount_minor=_amount(fields.get("54")),
        reference=_nested(fields, "62").get("05", "") or _nested(fields, "62").get("01", ""),
    )  # fmt: skip


def read_static(payload: str) -> Merchant:
    """Return whom a static payload pays: one without an amount, that a market may fill in. Raises: BadQris."""
    merchant = read_merchant(payload)
    if merchant.is_dynamic or merchant.amount_minor is not None:
        raise BadQris(QrisFault.HAS_AMOUNT)
    extras = "".join(field.text() for field in read_fields(_checked(payload).get("62", "")) if field.tag != "05")
    if len(extras) + len(Field("05", "").text()) + LONGEST_REFERENCE > 99:
        raise BadQris(QrisFault.NO_ROOM)
    return merchant


def dynamic_payload(static: str, *, amount_minor: int, reference: str) -> str:
    """Return the static payload with an amount (minor units of IDR) and a reference inside, all else byte for byte.

    Raises: BadQris for a payload that is not static; ValueError for an amount or reference that does not fit.
    """
    read_static(static)
    if not 0 < amount_minor <= LIMIT_MINOR:
        raise ValueError("a QRIS payment is more than nothing and at most the limit")
    if not reference or len(reference) > LONGEST_REFERENCE or not reference.isascii():
        raise ValueError("a reference has 1 to 25 plain characters")
    fields = {field.tag: field.value for field in read_fields(static)[:-1]}
    extra = {field.tag: field.value for field in read_fields(fields.get("62", ""))} | {"05": reference}
    fields |= {"01": "12", "54": str(amount_minor), "62": "".join(Field(tag, extra[tag]).text() for tag in _ordered(extra))}
    body = "".join(Field(tag, fields[tag]).text() for tag in _ordered(fields)) + "6304"
    return body + checksum(body)


def _ordered(fields: dict[str, str]) -> list[str]:
    """Return the tags in the order they are kept, with what is new put where its number belongs."""
    tags: list[str] = []
    for tag in fields:
        at = len(tags)
        while at and tag in ("54", "05", "62") and tags[at - 1] > tag:
            at -= 1
        tags.insert(at, tag)
    return tags


def _checked(payload: str) -> dict[str, str]:
    """Return the fields of a payload whose frame and checksum are right. Raises: BadQris."""
    if len(payload) > LONGEST or not (payload.isascii() and payload.isprintable()):
        raise BadQris(QrisFault.BROKEN)
    fields = read_fields(payload)
    tags = [field.tag for field in fields]
    if len(fields) < 3 or tags[0] != "00" or tags[-1] != "63" or fields[0].value != "01" or len(fields[-1].value) != 4:
        raise BadQris(QrisFault.BROKEN)
    if checksum(payload[:-4]) != fields[-1].value:
        raise BadQris(QrisFault.CHECKSUM)
    found = {field.tag: field.value for field in fields}
    if found.get("01") not in ("11", "12"):
        raise BadQris(QrisFault.BROKEN)
    return found


def _nested(fields: dict[str, str], tag: str) -> dict[str, str]:
    return {field.tag: field.value for field in read_fields(fields.get(tag, ""))}


def _amount(text: str | None) -> int | None:
    """Return an amount of whole rupiah. Raises: BadQris."""
    if text is None:
        return None
    whole, _, rest = text.partition(".")
    if len(text) > _AMOUNT_MOST or not _is_digits(whole) or rest.strip("0"):
        raise BadQris(QrisFault.BROKEN)
    return int(whole)


def _is_digits(text: str, length: int | None = None) -> bool:
    return text.isascii() and text.isdigit() and (length is None or len(text) == length)
