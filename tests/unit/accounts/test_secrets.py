"""Passwords, signatures, links and form tokens: what fits, what does not, and how long it takes to say so."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.attempts import address_key
from marketplace.accounts.links import LinkPurpose, link_token, opens
from marketplace.accounts.passwords import MAX_LENGTH, MIN_LENGTH, hash_password, is_password
from marketplace.accounts.tokens import BadFormToken, digest_of, is_signed, issue_form_token, new_secret, read_form_token, sign
from tests.conftest import NOW

KEY = "k" * 40
short_text = st.text(max_size=20)


@pytest.mark.promise("N1")
def test_passwords_are_hashed_with_argon2id() -> None:
    """At 19 MiB, two passes, salted: the same password never hashes alike."""
    first, second = hash_password("rahasia-1"), hash_password("rahasia-1")
    found = extract_parameters(first)
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 19 * 1024, 2, 1)
    assert first != second
    assert len(first) <= 200
    assert is_password("rahasia-1", first)
    assert not is_password("rahasia-2", first)
    assert not is_password("rahasia-1", None)
    assert not is_password("rahasia-1", "not a hash")


def test_lengths_are_bounded() -> None:
    """Too short and too long are refused; what is longer than the longest never fits by its beginning."""
    for bad in ("x" * (MIN_LENGTH - 1), "x" * (MAX_LENGTH + 1), ""):
        with pytest.raises(ValueError, match="characters"):
            hash_password(bad)
    longest = "ü" * MAX_LENGTH
    stored = hash_password(longest)
    assert is_password(longest, stored)
    assert not is_password(longest + "x", stored)


@pytest.mark.promise("N2")
def test_unknown_people_take_as_long_as_known_ones() -> None:
    """Median times for a wrong password and for nobody differ by less than a third even over few samples."""
    stored = hash_password("rahasia-1")

    def once(kept: str | None) -> float:
        begun = time.perf_counter()
        is_password("wrong-password", kept)
        return time.perf_counter() - begun

    pairs = [(once(stored), once(None)) for _ in range(15)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.67 < known / unknown < 1.5


@given(st.lists(short_text, max_size=4), st.lists(short_text, max_size=4))
def test_signed_parts_do_not_run_into_each_other(one: list[str], other: list[str]) -> None:
    """Two lists of parts have the same signature only if they are the same list, whatever characters they hold."""
    assert (sign(KEY, *one) == sign(KEY, *other)) == (one == other)


@given(short_text)
def test_only_our_signature_is_ours(forged: str) -> None:
    """Anything else is refused and breaks nothing."""
    assert not is_signed(KEY, forged, "part")
    assert is_signed(KEY, sign(KEY, "part"), "part")
    assert not is_signed("other" * 8, sign(KEY, "part"), "part")


@pytest.mark.promise("B1", "Q2")
def test_a_link_opens_one_object_for_one_purpose() -> None:
    """Another number, a renewed secret, another key, a cut or lengthened token: closed."""
    secret = new_secret()
    token = link_token(KEY, purpose=LinkPurpose.ORDER, number="LBK-7K3M-9QXA", secret=secret)
    right = {"purpose": LinkPurpose.ORDER, "number": "LBK-7K3M-9QXA", "secret": secret}
    assert len(token) == 43
    assert opens(KEY, token, **right)  # type: ignore[arg-type]
    for wrong in ({"number": "LBK-7K3M-9QXB"}, {"secret": new_secret()}, {"secret": ""}, {"purpose": "inquiry"}):
        assert not opens(KEY, token, **(right | wrong))  # type: ignore[arg-type]
    for changed in (token[:-1], token + "A", token[:20], "", token.swapcase(), f" {token}", token + "\u00e9"):
        assert not opens(KEY, changed, **right)  # type: ignore[arg-type]
    assert not opens("other" * 8, token, **right)  # type: ignore[arg-type]


@pytest.mark.promise("R2", "N1")
def test_a_form_token_is_for_its_form_and_holder() -> None:
    """Right for a day; another purpose, holder, key, letter or time is refused."""
    raw = issue_form_token(KEY, purpose="place", holder="cart:7", now=NOW)
    token = read_form_token(KEY, raw, purpose="place", holder="cart:7", now=NOW + timedelta(hours=24))
    assert (token.purpose, token.digest) == ("place", digest_of(raw))
    assert issue_form_token(KEY, purpose="place", holder="cart:7", now=NOW) != raw
    for key, purpose, holder, at in (
        (KEY, "pay", "cart:7", NOW),
        (KEY, "place", "cart:8", NOW),
        ("o" * 40, "place", "cart:7", NOW),
        (KEY, "place", "cart:7", NOW + timedelta(hours=24, seconds=1)),
        (KEY, "place", "cart:7", NOW - timedelta(seconds=301)),
    ):
        with pytest.raises(BadFormToken):
            read_form_token(key, raw, purpose=purpose, holder=holder, now=at)


@pytest.mark.parametrize("how", ["empty", "cut", "longer", "younger", "other letter", "no dots", "dots", "far longer"])
def test_a_form_token_cannot_be_changed(how: str) -> None:
    """Not a letter, not its date."""
    raw = issue_form_token(KEY, purpose="place", holder="7", now=NOW - timedelta(days=3))
    chance, made, signature = raw.split(".")
    changed = {
        "empty": "", "cut": raw[:-1], "longer": raw + "x", "younger": f"{chance}.{int(made) + 3 * 86400}.{signature}",
        "other letter": ("A" if raw[0] != "A" else "B") + raw[1:], "no dots": raw.replace(".", ""), "dots": "..",
        "far longer": raw + "." * 10_000,
    }[how]  # fmt: skip
    with pytest.raises(BadFormToken):
        read_form_token(KEY, changed, purpose="place", holder="7", now=NOW)


@given(st.text(max_size=300))
def test_no_text_is_a_form_token(raw: str) -> None:
    """Whatever a browser sends, the answer is a refusal."""
    with pytest.raises(BadFormToken):
        read_form_token(KEY, raw, purpose="place", holder="7", now=NOW)


@pytest.mark.promise("N1")
@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one subscriber's
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "unix:", False),
    ],
)
def test_addresses_are_counted_by_subscriber(one: str, other: str, is_same: bool) -> None:
    """Who has 2^64 addresses still has one count."""
    assert (address_key(one) == address_key(other)) is is_same
