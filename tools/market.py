"""A whole market on loopback for tests and measurements: web processes and worker as `make run` starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from marketplace.cli.serve import ONE_HEAP

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 60.0
# What a test's environment may leak into the market under test.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")


class NotServing(RuntimeError):
    """The market did not answer in time; the message holds the end of its log."""


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def market_environ(database_url: str, data_dir: Path, port: int, **more: str) -> dict[str, str]:
    """Return the whole environment of a market under test."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return (
        kept
        | ONE_HEAP
        | {
            "MARKET_PROFILE": "test",
            "DATABASE_URL": database_url,
            "DATA_DIR": str(data_dir),
            "SECRET_KEY": "test-secret-" + "x" * 40,
            "FIELD_KEY": "test-field-" + "x" * 40,
            "PUBLIC_ORIGIN": f"http://127.0.0.1:{port}",
            "PORT": str(port),
            "WEB_PROCESSES": "2",
            **more,
        }
    )


@dataclass(slots=True)
class Program:
    """One child process in a session of its own, with its log."""

    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=dict(self.environ), stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """End it and whatever it started, as by `kill -9`."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and make an end after ten seconds."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.kill()

    def is_running(self) -> bool:
        """Tell whether it lives."""
        return self.process is not None and self.process.poll() is None


@dataclass(slots=True)
class Market:
    """One market: its address, its environment, its two programs."""

    url: str
    environ: dict[str, str]
    folder: Path
    web: Program
    worker: Program

    def command(self, *words: str, check: bool = True, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run `flask --app marketplace …` on this market's data. Raises: CalledProcessError showing what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "marketplace", *words],
            cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False, timeout=timeout,
        )  # fmt: skip
        if check and done.returncode != 0:
            raise RuntimeError(
                f"flask {' '.join(words)} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
            )
        return done

    def is_answering(self, path: str = "/healthz") -> bool:
        """Tell whether a page answers well."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def wait_until_answering(self, path: str = "/healthz") -> float:
        """Return after how many seconds the market answered. Raises: NotServing."""
        begun = time.monotonic()
        while time.monotonic() - begun < READY_SECONDS:
            if self.is_answering(path):
                return time.monotonic() - begun
            if not self.web.is_running():
                break
            time.sleep(0.05)
        raise NotServing(self.web.log.read_text("utf-8", "replace")[-4000:])


def market_on(database_url: str, folder: Path, *, app: str = "marketplace.wsgi:app", **environ: str) -> Market:
    """Return a market on this database with its files under `folder`; nothing is started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    settings = market_environ(database_url, folder, port, **environ)
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4", "--backlog", "2048",
        "--workers", settings["WEB_PROCESSES"], "--port", str(port), "--log-level", "warning", "--respawn-failed-workers",
        "--respawn-interval", "0.2", app,
    ]  # fmt: skip
    worker = [sys.executable, "-m", "flask", "--app", "marketplace", "worker"]
    return Market(
        url=f"http://127.0.0.1:{port}",
        environ=settings,
        folder=folder,
        web=Program(web, settings, folder / "web.log"),
        worker=Program(worker, settings, folder / "worker.log"),
    )


@contextmanager
def serving(market: Market, *, with_worker: bool = True) -> Iterator[Market]:
    """Serve until the block ends."""
    market.web.start()
    try:
        if with_worker:
            market.worker.start()
        market.wait_until_answering()
        yield market
    finally:
        market.worker.stop()
        market.web.stop()
