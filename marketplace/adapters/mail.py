"""Mail by SMTP, or none at all: without a server the messages stay where staff read them."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from marketplace.notices.ports import Letter, MailNotTaken

TIMEOUT_SECONDS = 20


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as an RFC 5322 message with a text and an HTML part. Raises: MailNotTaken for no single address."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _only_address(letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = letter.made_at
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = letter.language  # last: setting the content takes the content headers away
    return message


def _only_address(typed: str) -> Address:
    """Return the one address a letter goes to: a list, a name or a second header cannot hide in it."""
    try:
        return Address(addr_spec=typed)
    except (ValueError, IndexError, MessageError):
        raise MailNotTaken("not one mail address") from None


def may_sign_in(host: str, *, is_secret: bool) -> bool:
    """Tell whether a password may be sent: over TLS, or to this very machine."""
    return is_secret or host in ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends through the server of `smtp://user:password@host:port` (STARTTLS when offered) or `smtps://…`."""

    url: str = field(repr=False)
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server. Raises: OSError, MailNotTaken."""
        message = as_message(letter, self.sender)
        try:
            with self._open() as server:
                server.send_message(message)
        except smtplib.SMTPException as failure:
            # What servers answer repeats the reader's address; its code says enough.
            code = getattr(failure, "smtp_code", "")
            raise MailNotTaken(f"{type(failure).__name__} {code}".strip()) from None

    def _open(self) -> smtplib.SMTP:
        where = urlsplit(self.url)
        host, is_secret = where.hostname or "localhost", where.scheme == "smtps"
        context = ssl.create_default_context()
        if is_secret:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, where.port or 25, timeout=TIMEOUT_SECONDS)
        try:
            server.ehlo()
            if not is_secret and server.has_extn("starttls"):
                server.starttls(context=context)
                is_secret = True
            if where.username:
                if not may_sign_in(host, is_secret=is_secret):
                    raise MailNotTaken("the mail server offers no TLS: the password was not sent")
                server.login(unquote(where.username), unquote(where.password or ""))
        except BaseException:
            server.close()
            raise
        return server


class KeptMailer:
    """Sends nothing: the demo has no mail server, and its messages are read on the mailbox page."""

    def send(self, letter: Letter) -> None:
        """Leave the letter where it is kept."""
        del letter
