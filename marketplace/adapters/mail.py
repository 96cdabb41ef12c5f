"""Mail by SMTP, or none at all: without a server the messages stay where staff read them."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from marketplace.notices.ports import Letter

TIMEOUT_SECONDS = 20


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as an RFC 5322 message with a text and an HTML part."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Message-ID"] = letter.message_id
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends through the server of `smtp://user:password@host:port` (STARTTLS when offered) or `smtps://…`."""

    url: str
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server. Raises: OSError, smtplib.SMTPException."""
        where = urlsplit(self.url)
        host, secure = where.hostname or "localhost", where.scheme == "smtps"
        context = ssl.create_default_context()
        opened: smtplib.SMTP
        if secure:
            opened = smtplib.SMTP_SSL(host, where.port or 465, timeout=TIMEOUT_SECONDS, context=context)
        else:
            opened = smtplib.SMTP(host, where.port or 25, timeout=TIMEOUT_SECONDS)
        with opened as server:
            if not secure:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=context)
            if where.username:
                server.login(unquote(where.username), unquote(where.password or ""))
            server.send_message(as_message(letter, self.sender))


class KeptMailer:
    """Sends nothing: the demo has no mail server, and its messages are read on the mailbox page."""

    def send(self, letter: Letter) -> None:
        """Leave the letter where it is kept."""
        del letter
