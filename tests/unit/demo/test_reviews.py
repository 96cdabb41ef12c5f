"""The invented reviews: spread honestly, written in their own language, dated after the shop opened."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from pydantic import ValidationError

from marketplace.demo.people import ReviewEntry, read_reviews, read_shops

HANGUL = re.compile(r"[\uac00-\ud7a3]")


@pytest.mark.row("T1")
def test_there_are_enough_reviews_over_enough_goods() -> None:
    reviews = read_reviews()
    assert len(reviews) >= 90
    assert len({review.item for review in reviews}) >= 35
    assert {review.item for review in reviews} <= {item for shop in read_shops() for item in shop.items}


@pytest.mark.row("T1")
def test_stars_spread_from_two_to_five_and_low_ones_are_answered() -> None:
    stars = Counter(review.stars for review in read_reviews())
    assert set(stars) == {2, 3, 4, 5}
    assert stars[2] <= 5
    assert stars[3] >= 8
    assert all(review.reply for review in read_reviews() if review.stars == 2)
    assert sum(review.reply is not None for review in read_reviews()) >= 10


def test_most_are_indonesian_and_each_is_in_one_script() -> None:
    languages = Counter(review.language for review in read_reviews())
    assert languages["id"] > languages["en"] + languages["ko"]
    assert min(languages["en"], languages["ko"]) >= 8
    for review in read_reviews():
        assert bool(HANGUL.search(review.text)) == (review.language == "ko"), review
        if review.language == "ko":
            assert all(sentence.endswith("니다") for sentence in review.text.split(".") if sentence.strip()), review.text


def test_an_author_is_a_first_name_and_an_initial() -> None:
    assert [review.author for review in read_reviews() if not re.fullmatch(r"\S+ [A-Z]\.", review.author)] == []


def test_nobody_reviewed_before_the_shop_opened_and_texts_are_not_repeated() -> None:
    opened = {item: shop.joined_days_ago for shop in read_shops() for item in shop.items}
    assert [review for review in read_reviews() if review.days_ago >= opened[review.item]] == []
    texts = [review.text for review in read_reviews()]
    assert len(texts) == len(set(texts))


def test_a_reply_before_the_review_is_refused() -> None:
    given = {"item": "x", "stars": 4, "language": "id", "author": "A B.", "days_ago": 3, "text": "Baik."}
    assert ReviewEntry.model_validate(given).reply is None
    with pytest.raises(ValidationError):
        ReviewEntry.model_validate({**given, "reply": "Terima kasih", "reply_days_ago": 4})
    with pytest.raises(ValidationError):
        ReviewEntry.model_validate({**given, "reply": "Terima kasih"})
    with pytest.raises(ValidationError):
        ReviewEntry.model_validate({**given, "stars": 6})
