"""What the curators placed: picks past, present and to come, three collections, three stories."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from marketplace.demo.people import PickEntry, read_curation, read_shops

HANGUL = re.compile(r"[\uac00-\ud7a3]")


@pytest.mark.row("S4")
def test_eight_picks_run_today_one_has_ended_and_two_are_to_come() -> None:
    picks = [pick for pick in read_curation().picks if pick.slot == "home"]
    assert sum(pick.starts_in_days <= 0 < pick.ends_in_days for pick in picks) == 8
    assert sum(pick.ends_in_days < 0 for pick in picks) == 1
    assert sum(pick.starts_in_days > 0 for pick in picks) == 2
    assert len({pick.item for pick in picks}) == len(picks) - 1 == 10  # one stands twice: the board has a conflict to show
    assert {pick.slot for pick in read_curation().picks} == {"home", "category:batik"}


@pytest.mark.row("S4")
def test_picks_collections_and_stories_name_goods_and_shops_that_show() -> None:
    curation = read_curation()
    sold = {item: shop for shop in read_shops() for item in shop.items}
    verified = {shop.slug for shop in read_shops() if shop.verified}
    assert {pick.item for pick in curation.picks} <= set(sold)
    assert len({sold[pick.item].slug for pick in curation.picks}) >= 7  # one maker does not fill the page
    assert {item for collection in curation.collections for item in collection.items} <= set(sold)
    assert {story.shop for story in curation.stories} <= verified
    assert (len(curation.collections), len(curation.stories)) == (3, 3)


def test_words_are_in_their_own_script() -> None:
    curation = read_curation()
    words = [pick.reason for pick in curation.picks]
    words += [text for collection in curation.collections for text in (collection.title, collection.text)]
    words += [text for story in curation.stories for text in (story.title, story.text)]
    for each in words:
        assert not HANGUL.search(each.id + each.en)
        assert HANGUL.search(each.ko)
        assert len({each.id, each.en, each.ko}) == 3
    for pick in curation.picks:
        assert all(s.endswith(("니다", "보세요")) for s in pick.reason.ko.split(". ") for s in [s.rstrip(".")])


def test_a_pick_that_ends_before_it_starts_is_refused() -> None:
    reason = {"id": "a", "en": "b", "ko": "c"}
    with pytest.raises(ValidationError):
        PickEntry.model_validate({"item": "x", "reason": reason, "starts_in_days": 3, "ends_in_days": 3})
