"""What can be done about an event, and which work comes round by the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.db import Document


class Mode(StrEnum):
    """Where a handler's work happens."""

    UNIT = "unit"  # in the unit of work that marks its row done
    EFFECT = "effect"  # with no unit open (mail, provider, PDF); the row is marked done afterwards


UnitRun = Callable[[Session, Document, datetime], None]
EffectRun = Callable[[Document], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """One reaction to one kind of event. `name` is unique and stands in stored rows: never rename one that is waiting."""

    kind: str
    name: str
    in_unit: UnitRun | None = None
    effect: EffectRun | None = None

    def __post_init__(self) -> None:
        """Refuse a handler that does nothing, or two things."""
        if (self.in_unit is None) == (self.effect is None):
            raise ValueError(f"handler {self.name} needs either a unit or an effect")

    @property
    def mode(self) -> Mode:
        """Return where its work happens."""
        return Mode.UNIT if self.in_unit is not None else Mode.EFFECT


@dataclass(frozen=True, slots=True)
class Periodic:
    """Idempotent work that comes round. `run` opens its own units."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


class Handlers:
    """The handlers and periodic work of one running market."""

    def __init__(self) -> None:
        """Start with none."""
        self._by_kind: dict[str, list[Handler]] = defaultdict(list)
        self._by_name: dict[str, Handler] = {}
        self.periodic: list[Periodic] = []

    def register(self, handlers: Iterable[Handler], periodic: Iterable[Periodic] = ()) -> None:
        """Add these. Raises: ValueError when a name is taken by another handler."""
        for handler in handlers:
            if handler.name in self._by_name:
                raise ValueError(f"two handlers are called {handler.name}")
            self._by_name[handler.name] = handler
            self._by_kind[handler.kind].append(handler)
        self.periodic.extend(periodic)

    def clear(self) -> None:
        """Forget all, so that another application in the same process starts clean."""
        self._by_kind.clear()
        self._by_name.clear()
        self.periodic.clear()

    def for_kind(self, kind: str) -> list[Handler]:
        """Return who reacts to this kind of event."""
        return self._by_kind.get(kind, [])

    def named(self, name: str) -> Handler | None:
        """Return the handler of this name, if it still exists."""
        return self._by_name.get(name)


HANDLERS = Handlers()
