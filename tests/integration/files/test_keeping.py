"""Where bytes are kept: whole, once, under names that lead nowhere else; documents only through their owner."""

from __future__ import annotations

import threading
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.db import in_unit
from marketplace.files.images import render_widths
from marketplace.files.models import PrivateFile, StoredImage
from marketplace.files.private import find_document, keep_document, read_content, read_document
from marketplace.files.shelves import Shelves, adopt_renditions, image_name, keep_private_image, publish_image, read_private_image
from marketplace.files.storage import FolderStorage
from marketplace.kernel.errors import NotFound
from tests.conftest import NOW, FreshDatabases, app_on

BAD_NAMES = ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", ".hidden", "a\0b", "a\nb", "é", "x" * 300, "~", " a"]


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    """An empty folder."""
    return FolderStorage(tmp_path / "kept")


def picture(colour: str = "teal") -> bytes:
    """Return a small photo."""
    out = BytesIO()
    Image.new("RGB", (400, 400), colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.promise("X2")
@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_lead_nowhere_else(storage: FolderStorage, name: str) -> None:
    """Every act refuses a name that is not one plain file name; nothing is written anywhere."""
    for act in (lambda: storage.write(name, b"x"), lambda: storage.read(name), lambda: storage.delete(name)):
        with pytest.raises(ValueError, match="not a storage name"):
            act()
    assert not storage.root.exists()


@given(st.text(max_size=140))
def test_no_name_leaves_the_folder(name: str) -> None:
    """Whatever passes stays below the root."""
    root = Path("/nowhere/kept")
    try:
        path = FolderStorage(root).path_of(name)
    except ValueError:
        return
    assert path.resolve().is_relative_to(root)
    assert path.parent.parent == root


def test_bytes_are_kept_whole(storage: FolderStorage) -> None:
    """Written, read, written again, forgotten; what is missing is not found."""
    storage.write("abc.webp", b"one")
    storage.write("abc.webp", b"two")
    assert storage.read("abc.webp") == b"two"
    storage.delete("abc.webp")
    storage.delete("abc.webp")
    with pytest.raises(NotFound):
        storage.read("abc.webp")


@pytest.mark.promise("R9")
def test_a_failed_write_leaves_the_old_and_no_rubbish(storage: FolderStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle: the former bytes stay, and no half file is left beside them."""
    storage.write("abc.webp", b"old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.write("abc.webp", b"new")
    assert storage.read("abc.webp") == b"old"
    assert [path.name for path in (storage.root / "ab").iterdir()] == ["abc.webp"]


def test_readers_never_see_half_a_file(storage: FolderStorage) -> None:
    """While it is written over and over, every read is one of the two."""
    one, two = b"1" * 300_000, b"2" * 300_000
    storage.write("abc", one)
    over = threading.Event()

    def write() -> None:
        for n in range(40):
            storage.write("abc", (one, two)[n % 2])
        over.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not over.is_set():
        seen.add(storage.read("abc"))
    writer.join()
    assert seen <= {one, two}


def test_the_same_photo_is_kept_once(session: Session, storage: FolderStorage, now: datetime) -> None:
    """Under its content's hash; another photo is another row."""
    made = render_widths(picture())
    first, again = (adopt_renditions(session, made, storage=storage, now=now) for _ in range(2))
    other = adopt_renditions(session, render_widths(picture("red")), storage=storage, now=now)
    assert first == again != other
    row = session.scalars(select(StoredImage).where(StoredImage.hash == first)).one()
    assert (row.width, row.widths) == (320, "160 320")
    assert session.scalar(select(func.count()).select_from(StoredImage)) == 2
    for width, content in made.items():
        assert storage.read(image_name(first, width)) == content


def test_the_same_photo_sent_twice_at_once(databases: FreshDatabases, storage: FolderStorage) -> None:
    """Both units succeed and one row stands."""
    made, meet, failures = render_widths(picture()), threading.Barrier(4), list[BaseException]()
    with app_on(databases.make("photos"), databases.folder) as app:

        def send() -> None:
            try:
                with app.app_context():
                    meet.wait(timeout=20)
                    in_unit(lambda session: adopt_renditions(session, made, storage=storage, now=NOW))
            except BaseException as failure:
                failures.append(failure)

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert failures == []
        with app.app_context():
            assert in_unit(lambda session: session.scalar(select(func.count()).select_from(StoredImage))) == 1


@pytest.mark.promise("B1", "Q2")
def test_documents_open_only_through_their_owner(session: Session, storage: FolderStorage, now: datetime) -> None:
    """The right file of the right owner; every other pairing is not found, as is what does not exist."""
    kept: dict[tuple[str, int], Any] = {}
    for kind, owner in (("payment", 1), ("payment", 2), ("permit", 1)):
        document = read_document(b"%PDF-1.7 " + f"{kind} {owner}".encode(), "a.pdf")
        kept[kind, owner] = keep_document(
            session, document, owner_kind=kind, owner_id=owner, storage=storage, uploaded_by=None, now=now
        )
    for (kind, owner), stored in kept.items():
        found = find_document(session, owner_kind=kind, owner_id=owner, file_id=stored.id)
        assert found == stored
        assert read_content(found, storage=storage) == b"%PDF-1.7 " + f"{kind} {owner}".encode()
        for other_kind, other in ({*kept} | {("refund", 1)}) - {(kind, owner)}:
            with pytest.raises(NotFound):
                find_document(session, owner_kind=other_kind, owner_id=other, file_id=stored.id)
    with pytest.raises(NotFound):
        find_document(session, owner_kind="payment", owner_id=1, file_id=999_999)


def test_documents_lie_under_unguessable_names(session: Session, storage: FolderStorage, now: datetime) -> None:
    """Neither number nor file name says where they are; size and digest are kept beside them."""
    document = read_document(b"%PDF-1.7", "rahasia.pdf")
    for _ in range(3):
        keep_document(session, document, owner_kind="payment", owner_id=1, storage=storage, uploaded_by=None, now=now)
    rows = session.scalars(select(PrivateFile)).all()
    names = sorted(path.name for path in storage.root.rglob("*") if path.is_file())
    assert names == sorted(row.token.replace("-", "_") for row in rows)
    assert {len(name) for name in names} == {43}
    assert {(row.byte_size, len(row.sha256), row.file_name) for row in rows} == {(8, 64, "rahasia.pdf")}


def test_nobody_sees_a_picture_before_it_is_approved(session: Session, tmp_path: Path, now: datetime) -> None:
    """It lies on the private shelf until it is published; sent again privately, a public one stays public."""
    shelves = Shelves(FolderStorage(tmp_path / "public"), FolderStorage(tmp_path / "private"))
    made = render_widths(picture())
    kept = keep_private_image(session, made, shelves=shelves, now=now)
    with pytest.raises(NotFound):
        shelves.public.read(image_name(kept, 320))
    assert read_private_image(kept, 320, shelves=shelves) == made[320]
    for _ in range(2):
        publish_image(session, kept, shelves=shelves)
        session.flush()
        assert shelves.public.read(image_name(kept, 160)) == made[160]
    assert keep_private_image(session, made, shelves=shelves, now=now) == kept
    assert session.scalars(select(StoredImage.is_public).where(StoredImage.hash == kept)).one()


def test_a_private_picture_becomes_public_when_it_is_adopted(session: Session, tmp_path: Path, now: datetime) -> None:
    """The demo's own pictures may have been sent by somebody before."""
    shelves = Shelves(FolderStorage(tmp_path / "public"), FolderStorage(tmp_path / "private"))
    made = render_widths(picture("red"))
    kept = keep_private_image(session, made, shelves=shelves, now=now)
    assert adopt_renditions(session, made, storage=shelves.public, now=now) == kept
    assert shelves.public.read(image_name(kept, 320)) == made[320]
    assert session.scalars(select(StoredImage.is_public).where(StoredImage.hash == kept)).one()
