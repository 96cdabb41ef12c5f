"""Several people acting at the same instant, each in a thread with units of their own, on one real database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from flask import Flask

from marketplace.cli.invariants import find_broken
from marketplace.db import reading
from marketplace.kernel.broken import Broken

T = TypeVar("T")


def together(app: Flask, acts: Sequence[Callable[[], T]]) -> list[T]:
    """Run all acts at once and return what they gave, in their order. Raises: the first exception of any of them."""
    results: dict[int, T] = {}
    errors: list[BaseException] = []
    start = threading.Barrier(len(acts))

    def run(position: int) -> None:
        with app.app_context():
            start.wait(timeout=30)
            try:
                results[position] = acts[position]()
            except BaseException as error:  # told to the test, whatever it is
                errors.append(error)

    threads = [threading.Thread(target=run, args=(position,)) for position in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if errors:
        raise errors[0]
    return [results[position] for position in range(len(acts))]


def broken_now(app: Flask, now: datetime) -> list[Broken]:
    """Return everything that is broken in this application's database."""
    with app.app_context(), reading() as session:
        return list(find_broken(session, now))
