"""The national payment code: every committed vector, and what a market makes of a static one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from marketplace.payments.qris import (
    LIMIT_MINOR,
    BadQris,
    QrisFault,
    checksum,
    dynamic_payload,
    read_fields,
    read_merchant,
    read_static,
)

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "data" / "qris_test_vectors.json").read_text())["vectors"]
STATIC = VECTORS[0]["payload"]
FAULTS = {
    "crc mismatch": QrisFault.CHECKSUM,
    "broken TLV / CRC missing": QrisFault.BROKEN,
    "tag 53 must be 360": QrisFault.CURRENCY,
}


def signed(body: str) -> str:
    """Return a body with the checksum it should have."""
    return f"{body}6304{checksum(body + '6304')}"


@pytest.mark.row("P3")
def test_the_checksum_has_its_published_check_value() -> None:
    assert checksum("123456789") == "29B1"


@pytest.mark.row("P3")
@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_every_vector_is_judged_as_published(vector: dict[str, Any]) -> None:
    if not vector["valid"]:
        with pytest.raises(BadQris) as refusal:
            read_merchant(vector["payload"])
        assert refusal.value.fault is FAULTS[vector["reason"]]
        return
    merchant = read_merchant(vector["payload"])
    assert (merchant.name, merchant.city, merchant.nmid) == ("PASAR LEBAK DEMO", "LEBAK", "ID1020000000001")
    assert (merchant.amount_minor, merchant.reference) == (vector["amount"], vector.get("reference", ""))
    if vector["amount"] is not None:
        made = dynamic_payload(STATIC, amount_minor=vector["amount"], reference=vector["reference"])
        assert made == vector["payload"]


@pytest.mark.row("P3")
def test_a_dynamic_code_changes_nothing_but_its_kind_amount_reference_and_checksum() -> None:
    before = {field.tag: field.value for field in read_fields(STATIC)}
    after = {field.tag: field.value for field in read_fields(dynamic_payload(STATIC, amount_minor=1, reference="LBK-7K3M-9QXA"))}
    assert {tag: value for tag, value in after.items() if tag not in ("01", "54", "62", "63")} == {
        tag: value for tag, value in before.items() if tag not in ("01", "62", "63")
    }
    assert (after["01"], after["54"]) == ("12", "1")
    assert after["62"] == "0513LBK-7K3M-9QXA" + before["62"]


@pytest.mark.row("P3")
@pytest.mark.parametrize("amount", [0, -1, LIMIT_MINOR + 1])
def test_an_amount_outside_the_limit_is_never_put_inside(amount: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        dynamic_payload(STATIC, amount_minor=amount, reference="LBK")


@pytest.mark.row("P3")
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("5802ID", "5802SG", QrisFault.COUNTRY),
        ("5916PASAR LEBAK DEMO", "5916                ", QrisFault.NAME),
        ("0014ID.CO.QRIS.WWW", "0014ID.CO.XXXX.WWW", QrisFault.NOT_NATIONAL),
        ("52045499", "52045499550201", QrisFault.FEE),
        ("010211", "010212", QrisFault.HAS_AMOUNT),
        ("62070703A01", "6280" + "0176" + "X" * 76, QrisFault.NO_ROOM),
    ],
)
def test_a_code_that_cannot_be_ours_is_refused_by_name(old: str, new: str, fault: QrisFault) -> None:
    changed = STATIC[:-8].replace(old, new)
    assert changed != STATIC[:-8]
    with pytest.raises(BadQris) as refusal:
        read_static(signed(changed))
    assert refusal.value.fault is fault


@pytest.mark.row("P3")
@pytest.mark.parametrize(
    "text", ["", "0002", "00", "xxxx", "00020101", "0002016304", "000201010211" * 60, "0002٠١", "0002\u00b901"]
)
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(BadQris):
        read_static(text)


@pytest.mark.row("P3")
def test_any_single_changed_character_is_noticed() -> None:
    for at in range(len(STATIC)):
        other = "1" if STATIC[at] != "1" else "2"
        with pytest.raises(BadQris):
            read_static(STATIC[:at] + other + STATIC[at + 1 :])
