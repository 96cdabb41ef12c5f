"""A PostgreSQL server of our own for one test process: made, used on loopback, and thrown away."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def programs() -> Path:
    """Return the folder of the newest installed server programs. Raises: RuntimeError where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError("PostgreSQL's server programs are not installed")
    return Path(on_path).parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_postgres(*, is_durable: bool = False) -> Iterator[str]:
    """Run a server and yield its address, without a database name. Tests need no durability; measurements do."""
    # PostgreSQL refuses to run as root.
    account: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="market-pg-"))
    if account:
        shutil.chown(folder, "postgres", "postgres")
    found, data, port = programs(), folder / "data", _free_port()
    subprocess.run(
        [found / "initdb", "-D", data, "-U", "market", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **account,
    )  # fmt: skip
    options = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off",
        "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 120, "shared_buffers": "64MB",
        "deadlock_timeout": "200ms",
    }  # fmt: skip
    if is_durable:
        options |= {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "128MB"}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([found / "postgres", "-D", data, *flags], stdout=log, stderr=log, cwd=folder, **account)
    try:
        for _ in range(200):
            answer = subprocess.run([found / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
            if answer.returncode == 0:
                break
            time.sleep(0.05)
        else:
            raise RuntimeError((folder / "log").read_text())
        yield f"postgresql+psycopg://market@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)  # fast: does not wait for pooled connections to go
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)
