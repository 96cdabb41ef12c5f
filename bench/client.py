"""A small HTTP client that costs little beside the server it measures: keep-alive, bounded, loopback only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

HEADERS = "Accept-Encoding: br\r\nAccept-Language: id\r\nConnection: keep-alive\r\n"
SLOWEST_SECONDS = 30.0


class NotLoopback(ValueError):
    """The bench talks to this machine only."""


@dataclass(slots=True)
class Measured:
    """What one load did: answers by status, and how long each took in seconds."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    bytes_received: int = 0

    @property
    def per_second(self) -> float:
        """Return good answers (200 to 399) a second."""
        good = sum(count for status, count in self.statuses.items() if 200 <= status < 400)
        return good / self.seconds if self.seconds else 0.0

    @property
    def failures(self) -> dict[int, int]:
        """Return the counts of answers that are not good."""
        return {status: count for status, count in self.statuses.items() if not 200 <= status < 400}

    def percentile(self, share: float) -> float:
        """Return the time that `share` of the answers stayed below."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class _Connection(asyncio.Protocol):
    """One keep-alive connection that asks again as soon as it was answered."""

    def __init__(self, ask: Callable[[], bytes | None], measured: Measured, done: asyncio.Future[None]) -> None:
        self._ask, self._measured, self._done = ask, measured, done
        self._buffer = bytearray()
        self._wanted = -1
        self._status = 0
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def _next(self) -> None:
        request = self._ask()
        assert self._transport is not None
        if request is None:
            self._transport.close()
            return
        self._wanted = -1
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._wanted < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            self._status = int(head[9:12])
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            self._wanted = end + 4 + length
        if len(self._buffer) >= self._wanted:
            measured = self._measured
            measured.times.append(time.perf_counter() - self._sent_at)
            measured.statuses[self._status] = measured.statuses.get(self._status, 0) + 1
            measured.bytes_received += self._wanted
            del self._buffer[: self._wanted]
            self._next()

    def connection_lost(self, error: Exception | None) -> None:
        del error  # an answer that never came is missing from the counts
        if not self._done.done():
            self._done.set_result(None)


def get_bytes(url: str, *, cookie: str = "") -> bytes:
    """Return the bytes of a GET request. Raises: NotLoopback."""
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1":
        raise NotLoopback(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    kept = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{HEADERS}{kept}\r\n".encode()


async def _load(host: str, port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Measured:
    measured, begun = Measured(), time.perf_counter()
    turn = 0

    def ask() -> bytes | None:
        nonlocal turn
        if time.perf_counter() - begun >= seconds:
            return None
        turn += 1
        return requests[turn % len(requests)]

    loop = asyncio.get_running_loop()
    finished: list[asyncio.Future[None]] = []
    for _ in range(clients):
        done: asyncio.Future[None] = loop.create_future()
        await loop.create_connection(partial(_Connection, ask, measured, done), host, port)
        finished.append(done)
    async with asyncio.timeout(seconds + SLOWEST_SECONDS):
        await asyncio.gather(*finished)
    measured.seconds = time.perf_counter() - begun
    return measured


def load(urls: Sequence[str], *, clients: int, seconds: float, cookie: str = "") -> Measured:
    """Ask for these addresses in turn from `clients` connections for `seconds`."""
    parts = urlsplit(urls[0])
    requests = [get_bytes(url, cookie=cookie) for url in urls]
    return asyncio.run(_load("127.0.0.1", parts.port or 80, requests, clients, seconds))
