"""A mail server on this machine: real enough for smtplib, and able to be down, rude or asking for a password."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Inbox:
    """What the server took, and how it behaves."""

    port: int = 0
    refuses: bool = False  # says no to every reader
    offers_auth: bool = False
    messages: list[EmailMessage] = field(default_factory=list)
    readers: list[list[str]] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"smtp://127.0.0.1:{self.port}"


class _Talk(socketserver.StreamRequestHandler):
    inbox: Inbox

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        readers: list[str] = []
        self.say("220 fake")
        while line := self.rfile.readline():
            word, _, rest = line.decode().strip().partition(" ")
            match word.upper():
                case "EHLO":
                    self.say("250-fake")
                    if self.inbox.offers_auth:
                        self.say("250-AUTH PLAIN")
                    self.say("250 8BITMIME")
                case "AUTH":
                    self.inbox.passwords.append(rest)
                    self.say("235 ok")
                case "MAIL" | "RSET":
                    readers = []
                    self.say("250 ok")
                case "RCPT":
                    readers.append(rest)
                    self.say(f"550 5.1.1 {rest} unknown" if self.inbox.refuses else "250 ok")
                case "DATA":
                    self.say("354 go")
                    self._take(readers)
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("500 what")

    def _take(self, readers: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        found = message_from_bytes(b"".join(lines), policy=default)
        assert isinstance(found, EmailMessage)
        self.inbox.messages.append(found)
        self.inbox.readers.append(readers)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def serving(inbox: Inbox) -> Iterator[Inbox]:
    """Listen on the inbox's port (a free one the first time) until the block ends."""
    handler = type("_Own", (_Talk,), {"inbox": inbox})
    with _Server(("127.0.0.1", inbox.port), handler) as server:
        inbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield inbox
        finally:
            server.shutdown()
            thread.join()
