"""Register the drawn pictures: files `{item}-{view}-{width}.webp`, and hands, category tiles without a view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from marketplace.files.shelves import adopt_renditions
from marketplace.files.storage import Storage
from marketplace.language.languages import Language

IMAGES = Path(__file__).resolve().parent / "images"
_NAME = re.compile(r"(?P<stem>.+)-(?P<width>[0-9]+)\.webp")

# How a picture other than the front is described: what it shows, around the name of the goods.
VIEWS: Mapping[str, Mapping[Language, str]] = {
    "detail": {
        Language.ID: "Ilustrasi {name}, dari dekat",
        Language.EN: "Illustration of {name}, close up",
        Language.KO: "{name}, 가까이에서 본 그림",
    },
    "scale": {
        Language.ID: "Ilustrasi {name} di samping pembanding ukuran",
        Language.EN: "Illustration of {name} beside something of known size",
        Language.KO: "크기를 견주어 볼 수 있는 {name} 그림",
    },
    "packed": {
        Language.ID: "Ilustrasi {name} dalam kardus, siap dikirim",
        Language.EN: "Illustration of {name} in its carton, ready to travel",
        Language.KO: "상자에 담아 배송 준비를 마친 {name} 그림",
    },
}


def stems_on_disk(folder: Path = IMAGES) -> dict[str, dict[int, Path]]:
    """Return the files of each picture by width."""
    found: dict[str, dict[int, Path]] = {}
    for path in sorted(folder.iterdir()):
        named = _NAME.fullmatch(path.name)
        if named is not None:
            found.setdefault(named["stem"], {})[int(named["width"])] = path
    return found


def adopt_pictures(session: Session, *, storage: Storage, now: datetime, prefixes: Iterable[str]) -> dict[str, str]:
    """Keep the pictures whose names begin with one of `prefixes`; return their hashes by stem (`gs-ori-250-front`)."""
    wanted = tuple(prefixes)
    return {
        stem: adopt_renditions(session, {width: path.read_bytes() for width, path in files.items()}, storage=storage, now=now)
        for stem, files in stems_on_disk().items()
        if stem.startswith(wanted)
    }
