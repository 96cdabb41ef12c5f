"""Named points at which the crash tests kill the process; outside the test profile they do nothing."""

from __future__ import annotations

import os
import signal

NAMES = frozenset({"before_provider_call", "after_provider_call", "before_commit", "after_commit", "before_ack", "after_send"})

_armed: dict[str, int] = {}


def arm(setting: str) -> None:
    """Arm one point from `NAME` or `NAME:K` (die at the K-th passage). Raises: ValueError for an unknown name."""
    _armed.clear()
    if not setting:
        return
    name, _, count = setting.partition(":")
    if name not in NAMES:
        raise ValueError(f"no fault point is called {name}")
    _armed[name] = int(count or "1")


def fault_point(name: str) -> None:
    """Die here, as by `kill -9`, if this point is armed and its count has come."""
    if name not in _armed:
        return
    _armed[name] -= 1
    if _armed[name] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
