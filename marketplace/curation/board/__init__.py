"""Reads of the curation board: the picks of a slot, goods to choose from, collections and stories at work."""

from .collections import CollectionEdit, StoryRow, collection_edit, collection_rows, story_rows
from .goods import Good, GoodFilter, districts_with_goods, good, goods_to_choose, product_ids_of
from .picks import LastAct, PickRow, last_act, pick_row, picks_of

__all__ = [
    "CollectionEdit",
    "Good",
    "GoodFilter",
    "LastAct",
    "PickRow",
    "StoryRow",
    "collection_edit",
    "collection_rows",
    "districts_with_goods",
    "good",
    "goods_to_choose",
    "last_act",
    "pick_row",
    "picks_of",
    "product_ids_of",
    "story_rows",
]
