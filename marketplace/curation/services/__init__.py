"""Commands of curators, by story: picks and taking the last act back, collections, makers' stories. All are audited."""

from __future__ import annotations

from .arranging import end_pick, move_pick, move_to_slot, withdraw_pick
from .collections import Titled, change_collection, make_collection
from .picks import change_pick, place_pick
from .stories import end_story, feature_shop
from .undoing import undo_last

__all__ = [
    "Titled",
    "change_collection",
    "change_pick",
    "end_pick",
    "end_story",
    "feature_shop",
    "make_collection",
    "move_pick",
    "move_to_slot",
    "place_pick",
    "undo_last",
    "withdraw_pick",
]
