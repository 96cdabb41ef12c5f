"""Every message in every language, with all facts and with hardly any: whole sentences, harmless text, short enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.language.languages import Language
from marketplace.notices.letters import BUYER_LETTERS, Message, Told
from marketplace.notices.seller_letters import seller_message
from marketplace.notices.writing import LONGEST_WHATSAPP, Body, as_html, as_text, as_whatsapp, flat
from marketplace.orders.models import PaymentMethod
from tests.factories.told import HOSTILE, LINK, late, told

CASES = [
    (kind, language, is_full, method)
    for kind in BUYER_LETTERS
    for language in Language
    for is_full in (True, False)
    for method in (PaymentMethod.TRANSFER, PaymentMethod.QRIS, PaymentMethod.COD)
]
# A value that is missing, a key in place of its words, empty brackets, two commas with nothing between.
GAP = re.compile(r"None|undefined|\b(seller_)?mail\.[a-z_]+|\(\)|:\s*$|, ,")
# What a Korean sentence of ours ends in (합니다체), or a request in the same register.
POLITE = re.compile(r"(니다|세요|십시오|시오)[.!]?$")


def letters(name: str = "Sari") -> Iterator[tuple[str, Language, Message]]:
    """Yield every message there is, to buyers and to sellers."""
    for kind, language, is_full, method in CASES:
        yield kind, language, BUYER_LETTERS[kind](told(language, is_full=is_full, method=method, name=name))
    for language in Language:
        yield "late", language, BUYER_LETTERS["payment.settled"](late(told(language, is_full=True, name=name)))
        for kind in ("new_order", "reminder"):
            for is_full in (True, False):
                facts = told("id", is_full=is_full, name=name)
                part = facts.changed_part()
                spoken = Language.ID if language is Language.ID else Language.EN
                yield f"seller.{kind}", spoken, seller_message(kind, facts.order, part, link=LINK, reader=language)


def parts_of(message: Message, language: Language) -> tuple[str, str, str]:
    """Return its text, its HTML and its WhatsApp text."""
    return (
        as_text(message.body),
        as_html(message.body, language=language, market_name="Pasar Lebak"),
        as_whatsapp(message.whatsapp, LINK),
    )


@pytest.mark.row("A4")
def test_every_letter_says_all_it_should() -> None:
    """No gap, no brace, no `None`, no key in place of words; a subject, a greeting, and the link in all three forms."""
    for kind, language, message in letters():
        body = message.body
        assert 10 <= len(body.subject) <= 120, (kind, language)
        for words in parts_of(message, language):
            assert LINK in unescape(words), (kind, language)
            assert not GAP.search(re.sub(r"<[^>]*>|\n", "", words)), words
        text = as_text(body)
        assert not re.search(r"[{}]", text), text
        assert body.greeting in text


@pytest.mark.row("A4")
def test_korean_letters_keep_their_register() -> None:
    """Every sentence ends politely; Indonesian and English words stay out of them."""
    for kind, language, message in letters():
        if language is not Language.KO:
            continue
        for paragraph in message.body.paragraphs:
            for sentence in filter(None, re.split(r"(?<=[.!?])\s+", paragraph)):
                assert POLITE.search(sentence), (kind, sentence)
        words = " ".join([message.body.subject, *message.body.paragraphs])
        assert not re.search(r"\b(pesanan|order|payment|toko|the)\b", words, re.IGNORECASE), words


def test_languages_do_not_mix() -> None:
    """Hangul only in Korean letters."""
    for kind, language, message in letters():
        has_hangul = bool(re.search(r"[가-힣]", as_text(message.body)))
        assert has_hangul is (language is Language.KO), (kind, language)


@pytest.mark.promise("X1")
def test_names_are_text_and_nothing_else() -> None:
    """A hostile name neither becomes markup, nor a line of its own, nor a header, nor a place for another value."""
    for kind, language, message in letters(HOSTILE):
        text, html, whatsapp = parts_of(message, language)
        assert "<script" not in html, (kind, language)
        assert "&lt;script&gt;" in html
        for words in (text, whatsapp):
            assert "\r" not in words
            assert "\u202e" not in words
            assert not re.search(r"^Bcc:", words, re.MULTILINE)
        assert "{number}" in text
        assert "\n" not in whatsapp.removesuffix(f"\n{LINK}")


@pytest.mark.parametrize("name", ["Sari", "Toko " + "Sangat " * 10 + "Panjang", HOSTILE, "한" * 80])
def test_whatsapp_texts_are_short_and_keep_their_link(name: str) -> None:
    """At most 300 characters, the link whole on a line of its own."""
    for kind, _, message in letters(name):
        whatsapp = as_whatsapp(message.whatsapp, LINK)
        assert len(whatsapp) <= LONGEST_WHATSAPP, kind
        assert whatsapp.splitlines()[-1] == LINK


@given(st.lists(st.text(max_size=400), max_size=3), st.integers(0, 320))
def test_the_link_is_never_cut(sentences: list[str], length: int) -> None:
    """However long words and link are."""
    link = "h" * length
    text = as_whatsapp(tuple(sentences), link)
    assert text.endswith("\n" + link)
    assert len(text) <= max(LONGEST_WHATSAPP, length + 2)


@given(st.text(max_size=100))
def test_flat_words_are_one_line(words: str) -> None:
    """No line, no control, no direction; flattening twice changes nothing."""
    once = flat(words)
    assert len(once.splitlines()) <= 1
    assert flat(once) == once
    assert not set(once) & set("\r\n\0\t\u202e\u2066\u200b")


@pytest.mark.row("P1")
def test_cash_is_told_as_a_whole() -> None:
    """Two sellers, two payments: the buyer needs to have ready what all of it costs."""
    facts = told("id", is_full=True, method=PaymentMethod.COD)
    message = BUYER_LETTERS["order.placed"](facts)
    assert "Rp118.000" in message.body.paragraphs[0]
    assert "118.123" not in as_text(message.body)


@pytest.mark.row("P2")
def test_a_transfer_is_told_to_the_last_digit() -> None:
    """With bank, number, holder and deadline."""
    text = as_text(BUYER_LETTERS["order.placed"](told("id", is_full=True)).body)
    for words in ("Rp118.123", "Bank Contoh", "0001", "25 "):
        assert words in text


@pytest.mark.promise("R5")
@pytest.mark.parametrize("language", Language)
def test_late_money_is_told_as_a_refund(language: Language) -> None:
    """Not as a payment that sets anything going."""
    on_time, too_late = (
        BUYER_LETTERS["payment.settled"](of) for of in (told(language, is_full=True), late(told(language, is_full=True)))
    )
    assert on_time.body.subject != too_late.body.subject
    assert "118" in as_text(too_late.body)
    assert too_late.body.items == ()


def test_a_part_is_asked_for_where_there_is_one() -> None:
    """A message about one seller's part cannot be written about the whole order."""
    facts = told("id", is_full=True)
    with pytest.raises(LookupError):
        Told(order=facts.order, link=LINK, market_name="x").changed_part()
    with pytest.raises(LookupError):
        facts.order.part(999)


def test_an_empty_body_is_still_a_letter() -> None:
    """Without items, facts, button and footer nothing is left open."""
    text = as_text(Body("Subject", "Halo,", ("Satu.",)))
    assert text == "Halo,\n\nSatu.\n"
