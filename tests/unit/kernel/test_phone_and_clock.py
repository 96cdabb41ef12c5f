"""Phone numbers as typed and kept; days that end in their own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.clock import KST, WIB, SystemClock, end_of_day, local_day
from marketplace.kernel.phone import BadPhone, display_phone, normalise_phone, whatsapp_digits


@pytest.mark.parametrize(
    "typed", ["081234567890", "81234567890", "6281234567890", "+6281234567890", "+62 (0)812-3456-7890", " 0812.3456.7890 ",
              "0812\u00a03456\u20117890", "+62 0812 3456 7890"],
)  # fmt: skip
def test_one_number_however_it_is_written(typed: str) -> None:
    """A guest is known by the normalised number: every way of writing it must be the same guest."""
    assert normalise_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed", ["", "+", "0812", "0812345678901234", "08123abc7890", "+0812345678", "+1" + "2" * 15, "٠٨١٢٣٤٥٦٧٨٩٠", "0112345678",
              "0812\n34567890", "0812;34567890", "1" * 5_000, "+62", "062"],
)  # fmt: skip
def test_what_is_no_phone_is_refused(typed: str) -> None:
    """Too short, too long, letters, other digits, no country starting with zero."""
    with pytest.raises(BadPhone):
        normalise_phone(typed)


@given(st.text(alphabet="+0123456789 -().x\u0661", max_size=45))
def test_a_kept_number_is_e164_and_stays_as_it_is(typed: str) -> None:
    """Whatever passes is E.164 and reads as itself."""
    try:
        kept = normalise_phone(typed)
    except BadPhone:
        return
    assert kept.startswith("+")
    assert kept[1:].isascii()
    assert kept[1:].isdigit()
    assert 8 <= len(kept) <= 16
    assert normalise_phone(kept) == kept
    assert whatsapp_digits(kept) == kept[1:]
    assert normalise_phone(display_phone(kept)) == kept


def test_numbers_abroad_keep_their_country() -> None:
    """A plus with another country is taken at its word."""
    assert normalise_phone("+82 10-1234-5678") == "+821012345678"
    assert display_phone("+821012345678") == "+821012345678"
    assert display_phone("+6281234567890") == "0812-3456-7890"


@pytest.mark.promise("R12")
def test_a_day_ends_where_the_shop_is() -> None:
    """31 May ends at 17:00 UTC in Lebak, at 15:00 UTC in Seoul; the last second still belongs to it."""
    day = date(2027, 5, 31)
    assert end_of_day(day) == datetime(2027, 5, 31, 17, 0, tzinfo=UTC)
    assert end_of_day(day, KST) == datetime(2027, 5, 31, 15, 0, tzinfo=UTC)
    assert local_day(end_of_day(day) - timedelta(seconds=1)) == day
    assert local_day(end_of_day(day)) == day + timedelta(days=1)
    assert end_of_day(date(2028, 2, 29)) == datetime(2028, 2, 29, 17, 0, tzinfo=UTC)


@given(st.integers(946_684_800, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_every_instant_lies_before_the_end_of_its_own_day(at: datetime) -> None:
    """The end is exclusive and at most a day away, in either zone."""
    for zone in (WIB, KST):
        end = end_of_day(local_day(at, zone), zone)
        assert timedelta(0) < end - at <= timedelta(days=1)


def test_the_clock_can_be_moved() -> None:
    """The test profile's offset moves every instant."""
    ahead = SystemClock(timedelta(hours=1)).now()
    assert timedelta(minutes=59) < ahead - SystemClock().now() <= timedelta(hours=1)
    assert ahead.tzinfo is UTC
