"""Serve the market: one process that starts the web server and the worker, and ends both with itself.

`python -m marketplace.cli.serve` builds no application of its own, so that it stays small beside what it watches.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from config import BadSettings, Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.5
ENDING_SECONDS = 25.0  # longer than the longest single effect of the worker (a mail server's time-out)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
READY_SECONDS = 60.0
# glibc gives each thread a heap of its own and never joins them: with a few threads that is tens of megabytes for nothing.
ONE_HEAP = {"MALLOC_ARENA_MAX": "2"}


def web_command(settings: Settings) -> list[str]:
    """Return how the web server starts. Four threads a process: more would only wait for the database pool."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4",
        "--workers", str(settings.web_processes), "--host", settings.bind_address, "--port", str(settings.port),
        "--log-level", "warning", "--workers-kill-timeout", "10", "--respawn-failed-workers", "--respawn-interval", "0.5",
        "marketplace.wsgi:app",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Return how the worker starts."""
    return [sys.executable, "-m", "flask", "--app", "marketplace", "worker"]


@dataclass(slots=True)
class Watched:
    """One child that is started again when it dies, later each time while it keeps dying."""

    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS

    def look(self) -> None:
        """Start the child when it is due; notice its death."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                # A session of its own: what a killed server leaves behind can be ended with it.
                self.process = subprocess.Popen(  # noqa: S603 - our own command
                    self.command, cwd=ROOT, env=os.environ | ONE_HEAP, start_new_session=True
                )
                self.started_at = now
        elif self.process.poll() is not None:
            if now - self.started_at > LONGEST_PAUSE_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            self._end_leftovers()
            click.echo(f"{self.command[-1]} ended with {self.process.returncode}; again in {self.pause:.0f} s", err=True)
            self.process, self.due_at = None, now + self.pause
            self.pause = min(2 * self.pause, LONGEST_PAUSE_SECONDS)

    def tell(self) -> None:
        """Ask the child to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def see_off(self, deadline: float) -> None:
        """Wait for the end, and make one at the deadline."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._end_leftovers()
            self.process.wait()

    def _end_leftovers(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass(slots=True)
class Supervisor:
    """Keeps the children alive until told to stop."""

    children: Sequence[Watched]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Watch until SIGTERM or Ctrl-C, then end every child."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            while not self.stopping.is_set():
                for child in self.children:
                    child.look()
                self.stopping.wait(LOOK_SECONDS)
        finally:
            for child in self.children:
                child.tell()
            deadline = time.monotonic() + ENDING_SECONDS
            for child in self.children:
                child.see_off(deadline)


def _is_answering(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except OSError:
        return False


def _announce(settings: Settings, words: str, stopping: threading.Event) -> None:
    """Print where the market is once it answers."""
    address = "127.0.0.1" if settings.bind_address in ("0.0.0.0", "::") else settings.bind_address  # noqa: S104 - compared, not bound
    until = time.monotonic() + READY_SECONDS
    while not stopping.wait(0.2) and time.monotonic() < until:
        if _is_answering(f"http://{address}:{settings.port}/healthz"):
            click.echo(f"\n  {settings.market_name}: {settings.public_origin}/\n{words}  Ctrl-C ends it.\n")
            return
    if not stopping.is_set():
        click.echo(f"the web server does not answer on port {settings.port}; its messages stand above", err=True)


@click.command()
@click.option("--words-from", type=click.Path(path_type=Path), help="A text file to print below the address.")
def main(words_from: Path | None) -> None:
    """Serve the market with the worker beside it, until SIGTERM or Ctrl-C."""
    try:
        settings = read_settings()
    except BadSettings as reasons:
        raise click.ClickException(f"the market may not start: {reasons}") from None
    words = words_from.read_text("utf-8") if words_from is not None and words_from.exists() else ""
    supervisor = Supervisor([Watched(web_command(settings)), Watched(worker_command())])
    threading.Thread(target=_announce, args=(settings, words, supervisor.stopping), daemon=True).start()
    supervisor.run()


if __name__ == "__main__":
    main()
