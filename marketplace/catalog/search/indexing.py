"""Writing the index: a few products after a change, or all of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from marketplace.catalog.models import Product
from marketplace.catalog.search.entries import Entry, entries_of, facets_of
from marketplace.catalog.search.models import SearchDocument, SearchFacet, SearchRow
from marketplace.catalog.search.sources import Names, Source, read_names, read_sources
from marketplace.catalog.search.vocabulary import CHUNK, Vocabulary, change_counts, chunks, counted, replace_vocabulary
from marketplace.catalog.search.word_index import word_index
from marketplace.db import lock_rows, move_public_version
from marketplace.kernel.ids import ProductId

_SIGNALS = ("rating_hundredths", "rating_count", "sold", "stock_left", "is_available")


def reindex_products(session: Session, product_ids: Iterable[ProductId], *, now: datetime) -> bool:
    """Bring the index up to date for these products; tell whether anything the public sees changed, and if so say so."""
    names, changed = read_names(session), False
    for run in chunks(sorted(set(product_ids)), CHUNK):
        # Two workers on one product take turns, and the later one reads what the earlier one's cause had written.
        lock_rows(session, Product, run)
        changed |= _reindex(session, read_sources(session, run, now=now), names, now=now)
    if changed:
        move_public_version(session)
    return changed


def _reindex(session: Session, sources: Sequence[Source], names: Names, *, now: datetime) -> bool:
    entries = [entry for source in sources for entry in entries_of(source, names)]
    # All of it is written, whatever a lazily evaluated `or` would have made of it.
    return any(
        [_write_rows(session, entries, now=now), _write_facets(session, sources, names), _write_documents(session, entries)]
    )


def _write_rows(session: Session, entries: Sequence[Entry], *, now: datetime) -> bool:
    ids = [entry.row_id for entry in entries]
    present = {row.id: row for row in session.execute(select(SearchRow.__table__).where(SearchRow.id.in_(ids)))}
    made = [_row(entry, now=now) for entry in entries if entry.row_id not in present]
    moved = [
        {"id": entry.row_id, **entry.values, "updated_at": now}
        for entry in entries
        if entry.row_id in present and _differs(entry, present[entry.row_id])
    ]
    if made:
        session.execute(insert(SearchRow), made)
    if moved:
        session.execute(update(SearchRow), moved)
    was_seen = any(present[row["id"]].listed for row in moved)
    return was_seen or any(row["listed"] for row in (*made, *moved))


def _row(entry: Entry, *, now: datetime) -> dict[str, Any]:
    signals = {"rating_hundredths": 0, "rating_count": 0, "sold": 0, "stock_left": None, "is_available": True}
    return {"id": entry.row_id, **signals, **entry.values, "updated_at": now}


def _differs(entry: Entry, row: Any) -> bool:
    return any(getattr(row, name) != value for name, value in entry.values.items())


def _write_facets(session: Session, sources: Sequence[Source], names: Names) -> bool:
    ids = [source.product_id for source in sources]
    present: dict[ProductId, set[tuple[str, str]]] = defaultdict(set)
    for product, facet, value in session.execute(
        select(SearchFacet.product_id, SearchFacet.facet, SearchFacet.value).where(SearchFacet.product_id.in_(ids))
    ):
        present[product].add((facet, value))
    wanted = {source.product_id: facets_of(source, names) for source in sources}
    moved = [product for product in ids if wanted[product] != present[product]]
    if moved:
        session.execute(delete(SearchFacet).where(SearchFacet.product_id.in_(moved)))
        rows = [row for product in moved for row in _facet_rows(product, wanted[product])]
        if rows:
            session.execute(insert(SearchFacet), rows)
    return bool(moved)


def _facet_rows(product: ProductId, facets: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"product_id": product, "facet": facet, "value": value} for facet, value in sorted(facets)]


def _write_documents(session: Session, entries: Sequence[Entry]) -> bool:
    by_row = {entry.row_id: entry for entry in entries}
    table = SearchDocument.__table__
    present = {row.row_id: row for row in session.execute(select(table).where(table.c.row_id.in_(list(by_row))))}
    moved = [number for number, entry in by_row.items() if _is_new_text(entry, present.get(number))]
    if not moved:
        return False
    old = [number for number in moved if number in present]
    kept = [number for number in moved if by_row[number].document is not None]
    index = word_index(session)
    for run in chunks(old):
        index.forget(session, run)
        session.execute(delete(SearchDocument).where(SearchDocument.row_id.in_(run)))
    if kept:
        session.execute(insert(SearchDocument), [_document_row(by_row[number]) for number in kept])
    for run in chunks(kept):
        index.enter(session, run)
    change_counts(session, _change(by_row, present, old, kept))
    return True


def _is_new_text(entry: Entry, row: Any) -> bool:
    if entry.document is None or row is None:
        return (entry.document is None) != (row is None)
    have = (row.title_words, row.body_words, row.plain_words)
    return have != (entry.document.title_words, entry.document.body_words, entry.document.plain_words)


def _document_row(entry: Entry) -> dict[str, Any]:
    document = entry.document
    if document is None:
        raise ValueError(f"row {entry.row_id} has no document")
    return {
        "row_id": entry.row_id,
        "language": entry.values["language"],
        "title_words": document.title_words,
        "body_words": document.body_words,
        "plain_words": document.plain_words,
    }


def _change(
    by_row: Mapping[int, Entry], present: Mapping[int, Any], old: Iterable[int], kept: Iterable[int]
) -> Mapping[tuple[str, str], int]:
    change: Counter[tuple[str, str]] = Counter()
    for number in old:
        change.subtract(counted(present[number].language, present[number].plain_words))
    for number in kept:
        document = by_row[number].document
        if document is not None:
            change.update(counted(by_row[number].values["language"], document.plain_words))
    return change


def reindex_all(session: Session, *, now: datetime) -> int:
    """Make the whole index anew, keeping what later floors reported; return how many products are in it.

    For the demo, for imports and for repair: nothing else may write the index meanwhile.
    """
    names = read_names(session)
    signals = _signals(session)
    for model in (SearchDocument, SearchFacet, SearchRow):
        session.execute(delete(model))
    vocabulary: Vocabulary = Counter()
    ids = session.scalars(select(Product.id).where(Product.published_revision_id.is_not(None)).order_by(Product.id)).all()
    for run in chunks(ids):
        _fill(session, read_sources(session, run, now=now), names, signals, vocabulary, now=now)
    replace_vocabulary(session, vocabulary)
    word_index(session).rebuild(session)
    move_public_version(session)
    return len(ids)


def _signals(session: Session) -> dict[int, dict[str, Any]]:
    columns = [getattr(SearchRow, name) for name in _SIGNALS]
    rows = session.execute(select(SearchRow.id, *columns))
    return {number: dict(zip(_SIGNALS, values, strict=True)) for number, *values in rows}


def _fill(
    session: Session,
    sources: Sequence[Source],
    names: Names,
    signals: Mapping[int, Mapping[str, Any]],
    vocabulary: Vocabulary,
    *,
    now: datetime,
) -> None:
    # In the order of their keys, so that rows of one language lie together on disk too.
    entries = sorted((entry for source in sources for entry in entries_of(source, names)), key=lambda entry: entry.row_id)
    facets = [row for source in sources for row in _facet_rows(source.product_id, facets_of(source, names))]
    listed = [entry for entry in entries if entry.document is not None]
    if entries:
        session.execute(insert(SearchRow), [{**_row(entry, now=now), **signals.get(entry.row_id, {})} for entry in entries])
    if facets:
        session.execute(insert(SearchFacet), facets)
    if listed:
        session.execute(insert(SearchDocument), [_document_row(entry) for entry in listed])
    for entry in listed:
        if entry.document is not None:
            vocabulary.update(counted(entry.values["language"], entry.document.plain_words))
