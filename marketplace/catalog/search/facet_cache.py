"""Answers kept in this process for at most a minute, the least lately asked for leaving first."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool
from sqlalchemy.orm import Session

T = TypeVar("T")

MOST_SECONDS = 60.0


class FacetCache(Generic[T]):
    """A small map with two bounds: how many answers, and how old. Keys carry the public version, so changes show at once."""

    def __init__(self, *, most: int, seconds: float = MOST_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep up to `most` answers for up to `seconds`."""
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the kept answer, or make and keep one. Two threads may make the same; either answer is right."""
        now = self._clock()
        with self._lock:
            found = self._kept.get(key)
            if found is not None and now - found[0] < self._seconds:
                self._kept.move_to_end(key)
                return found[1]
        made = make()
        with self._lock:
            self._kept[key] = (now, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._kept)


class CachePerDatabase(Generic[T]):
    """One cache for every database this process talks to."""

    def __init__(self, *, most: int) -> None:
        """Keep up to `most` answers per database."""
        self._most = most
        self._caches: WeakKeyDictionary[Pool, FacetCache[T]] = WeakKeyDictionary()

    def get(self, session: Session, key: Hashable, make: Callable[[], T]) -> T:
        """Return the kept answer, or make and keep one.

        A session on one given connection may see what is not committed yet: its answers are made each time and not kept.
        """
        bind = session.get_bind()
        if isinstance(bind, Connection):
            return make()
        return self._caches.setdefault(bind.pool, FacetCache(most=self._most)).get(key, make)
