"""The pages in docs/ say what the code does."""

from __future__ import annotations

from tools.states import TARGET, drawing


def test_drawn_state_machines_are_those_of_the_code() -> None:
    """`python -m tools.states` would change nothing."""
    assert TARGET.read_text(encoding="utf-8") == drawing()
