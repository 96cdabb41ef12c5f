"""The port to where bytes are kept, and the folder that keeps them by default."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from marketplace.kernel.errors import NotFound

# One plain file name: no folder, no dot in front, no control character.
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}")


class Storage(Protocol):
    """Keeps bytes under names. Writing the same name twice with the same bytes is harmless."""

    def write(self, name: str, content: bytes) -> None:
        """Keep these bytes, whole or not at all."""
        ...

    def read(self, name: str) -> bytes:
        """Return the bytes. Raises: NotFound."""
        ...

    def delete(self, name: str) -> None:
        """Forget the bytes, if there are any."""
        ...


@dataclass(frozen=True, slots=True)
class FolderStorage:
    """Keeps bytes as files below a folder, spread over sub-folders by the first two characters of their names."""

    root: Path

    def path_of(self, name: str) -> Path:
        """Return where a name is kept. Raises: ValueError for a name that is not one plain file name."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a storage name: {name[:80]!r}")
        return self.root / name[:2] / name

    def write(self, name: str, content: bytes) -> None:
        """Write to a neighbour and move it into place, so that a crash leaves no half file."""
        target = self.path_of(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{name}.{secrets.token_hex(4)}")
        try:
            with beside.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(target)
        except OSError:
            beside.unlink(missing_ok=True)  # a full disk keeps no half files
            raise

    def read(self, name: str) -> bytes:
        """Return the bytes. Raises: NotFound."""
        try:
            return self.path_of(name).read_bytes()
        except FileNotFoundError:
            raise NotFound from None

    def delete(self, name: str) -> None:
        """Forget the bytes, if there are any."""
        self.path_of(name).unlink(missing_ok=True)
