"""Mail as it leaves the house, through a real conversation with a server on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.adapters.mail import KeptMailer, SmtpMailer, as_message, may_sign_in
from marketplace.notices.ports import Letter, Mailer, MailNotTaken
from tests.conftest import NOW
from tests.fakes.smtp import Inbox, serving

LETTER = Letter("sari@contoh.id", "주문번호 LBK-1: 이체 안내", "Halo Sari,\n\n.titik di depan\n", "<p>Halo <b>Sari</b> 님께</p>",
                "<abc@pasar.example>", "ko", NOW)  # fmt: skip
SENDER = "Pasar Lebak <pasar@contoh.id>"


def mailer(inbox: Inbox, **changed: Any) -> SmtpMailer:
    """Return a mailer for this server."""
    return SmtpMailer(changed.get("url", inbox.url), SENDER)


@pytest.mark.promise("R10")
def test_a_letter_arrives_whole() -> None:
    """One reader, both parts, every language's letters, the kept Message-ID, and a date."""
    with serving(Inbox()) as inbox:
        mailer(inbox).send(LETTER)
    (message,) = inbox.messages
    assert inbox.readers == [["TO:<sari@contoh.id>"]]
    assert (message["To"], message["From"], message["Message-ID"]) == ("sari@contoh.id", SENDER, "<abc@pasar.example>")
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == NOW
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("ko", "auto-generated")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().strip() == LETTER.html


@pytest.mark.promise("X1")
@pytest.mark.parametrize(
    "to", ["a@x.id\r\nBcc: b@x.id", "a@x.id\nBcc: b@x.id", "a@x.id, b@x.id", "a@x.id;b@x.id", "A <a@x.id>", "a@x.id b@x.id", "",
           "a",
           "@", "a@", "a@x.id\0", "group: a@x.id;"],
)  # fmt: skip
def test_no_other_reader_hides_in_an_address(to: str) -> None:
    """A second address or header is refused before anything is said to the server."""
    with serving(Inbox()) as inbox, pytest.raises(MailNotTaken, match="not one mail address"):
        mailer(inbox).send(replace(LETTER, to=to))
    assert inbox.messages == []


@pytest.mark.promise("X1")
@given(st.text(max_size=80))
def test_no_header_hides_in_a_subject(subject: str) -> None:
    """Line breaks become spaces; the letter keeps its one reader."""
    raw = as_message(replace(LETTER, subject=subject + "\r\nBcc: b@x.id"), SENDER).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nbcc:" not in head
    assert head.count(b"\r\nto:") == 1


@pytest.mark.promise("Z1")
def test_a_refusal_names_nobody() -> None:
    """What is kept and logged of a failure holds no address."""
    with serving(Inbox(refuses=True)) as inbox, pytest.raises(MailNotTaken) as refused:
        mailer(inbox).send(LETTER)
    assert "sari" not in str(refused.value)
    assert "SMTPRecipientsRefused" in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_server_that_is_down_is_an_error() -> None:
    """The outbox hears of it and tries again."""
    with serving(Inbox()) as inbox:
        pass
    with pytest.raises(OSError, match="refused"):
        mailer(inbox).send(LETTER)


@pytest.mark.promise("Z1")
def test_a_password_goes_out_only_in_secret() -> None:
    """Over TLS, or to this very machine; and it is never printed."""
    with serving(Inbox(offers_auth=True)) as inbox:
        secret = SmtpMailer(f"smtp://post:rahasia%40@127.0.0.1:{inbox.port}", SENDER)
        secret.send(LETTER)
    assert len(inbox.passwords) == 1
    assert "rahasia" not in repr(secret)
    assert may_sign_in("mail.example", is_secret=True)
    assert not may_sign_in("mail.example", is_secret=False)
    assert not may_sign_in("localhost.example", is_secret=False)


@pytest.mark.parametrize("make", [lambda inbox: mailer(inbox), lambda _inbox: KeptMailer()], ids=["smtp", "kept"])
def test_every_mailer_takes_a_letter(make: Callable[[Inbox], Mailer]) -> None:
    """The contract of the port: a good letter is handed over without a word."""
    with serving(Inbox()) as inbox:
        make(inbox).send(LETTER)
