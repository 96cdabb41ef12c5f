"""What an edit changes."""

from __future__ import annotations

import random

import pytest

from marketplace.catalog.differences import Difference, PhotoChange, RevisionValues, differences, photo_changes, pieces

OLD = RevisionValues(
    category="Gula aren",
    words={"id": {"name": "Gula semut", "description": "Manis dan halus."}, "en": {"name": "Palm sugar"}},
    photos=(("a", ""), ("b", "")),
    facts={"Berat": "250 g", "Rasa": "asli"},
    permits=("pirt 2093602010000-27",),
)


def test_nothing_changed_is_nothing() -> None:
    assert differences(OLD, OLD) == ()
    assert photo_changes(OLD, OLD) == ()


@pytest.mark.row("C15", "F2")
def test_each_field_that_changes_is_named() -> None:
    new = RevisionValues(
        category="Camilan",
        words={"id": {"name": "Gula semut aren", "description": "Manis dan halus."}, "ko": {"name": "팜슈가"}},
        photos=(("a", ""), ("c", ""), ("d", "")),
        facts={"Berat": "500 g", "Warna": "cokelat"},
        permits=(),
    )
    assert differences(OLD, new) == (
        Difference("category", "", "", "Gula aren", "Camilan"),
        Difference("name", "id", "", "Gula semut", "Gula semut aren"),
        Difference("name", "en", "", "Palm sugar", ""),
        Difference("name", "ko", "", "", "팜슈가"),
        Difference("fact", "", "Berat", "250 g", "500 g"),
        Difference("fact", "", "Rasa", "asli", ""),
        Difference("fact", "", "Warna", "", "cokelat"),
        Difference("permits", "", "", "pirt 2093602010000-27", ""),
    )
    assert photo_changes(OLD, new) == (PhotoChange(2, "b", "c"), PhotoChange(3, "", "d"))


def test_a_text_changes_word_by_word() -> None:
    assert [(piece.kind, piece.text) for piece in pieces("Manis dan halus.", "Manis, sehat dan halus.")] == [
        ("same", "Manis"), ("new", ", sehat"), ("same", " dan halus."),
    ]  # fmt: skip


def test_pieces_give_both_texts_back() -> None:
    chance = random.Random(7)
    for _ in range(300):
        old, new = (
            "".join(chance.choices(["gula ", "aren", ", ", "\n", "<b>", "팜", "é"], k=chance.randrange(12))) for _ in "ab"
        )
        found = pieces(old, new)
        assert "".join(piece.text for piece in found if piece.kind != "new") == old
        assert "".join(piece.text for piece in found if piece.kind != "gone") == new
