"""The edge around every page: logs, error pages, readiness, pictures."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from config import Profile
from marketplace.db import without_values
from marketplace.outbox.models import OutboxRow, OutboxState
from marketplace.web import logs
from marketplace.web.account import views
from tests.factories.payments import make_order
from tests.web.conftest import HandClock


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, as the demo and production write it."""
    stream = io.StringIO()
    logs.configure(Profile.PRODUCTION, stream)
    yield stream
    logs.configure(Profile.TEST)


def written(lines: io.StringIO) -> list[dict[str, Any]]:
    """Return every line, which must be JSON."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.promise("Z1")
def test_one_line_for_each_request(client: FlaskClient, clock: HandClock, lines: io.StringIO) -> None:
    """Method, path, status, time, and the id that the answer carries."""
    answers = [
        client.get("/account/sign-in"),
        client.get("/id/tidak-ada"),
        client.post("/account/sign-out"),
        client.get("/healthz"),
    ]
    found = [(line["method"], line["path"], line["status"], line["request_id"]) for line in written(lines)]
    assert found == [
        (method, path, answer.status_code, answer.headers["X-Request-Id"])
        for (method, path), answer in zip(
            [("GET", "/account/sign-in"), ("GET", "/id/tidak-ada"), ("POST", "/account/sign-out")], answers, strict=False
        )
    ]
    assert all(line["ms"] >= 0 and line["level"] == "info" and line["timestamp"].endswith("Z") for line in written(lines))


@pytest.mark.promise("Z1")
def test_logs_hold_no_secrets(client: FlaskClient, session: Session, clock: HandClock, lines: io.StringIO) -> None:
    """No query, no form, no cookie, no token; a path cannot forge a line."""
    number = make_order(session).order.number
    client.set_cookie("market_session", "session-rahasia-000000000000")
    client.get(f"/id/orders/{number}?t=token-rahasia")
    client.post("/account/sign-in", data={"login": "sari-rahasia@x.id", "password": "password-rahasia"})
    client.get("/id/search?q=kata-rahasia", headers={"Referer": "http://localhost/rahasia", "User-Agent": "agent-rahasia"})
    client.get("/id/%0A%7B%22level%22%3A%22error%22%7D")
    assert "rahasia" not in lines.getvalue()
    assert len(written(lines)) == 4
    assert {line["level"] for line in written(lines)} == {"info"}


@pytest.mark.promise("Z1", "Y1")
def test_a_failing_database_says_no_values(
    client: FlaskClient, clock: HandClock, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What PostgreSQL repeats of a row stands neither in the log nor on the page; the id leads from one to the other."""
    phone = "+6281234567890"

    def broken(*_: Any, **__: Any) -> None:
        detail = f'duplicate key value violates "uq_person_phone"\nDETAIL:  Key (phone)=({phone}) already exists.'
        raise IntegrityError("INSERT INTO person", {"phone": phone}, Exception(detail), hide_parameters=True)

    monkeypatch.setattr(views, "count_sign_in", broken)
    answer = client.post("/account/sign-in", data={"login": "081234567890", "password": "x"})
    assert answer.status_code == 500
    error, request = written(lines)
    assert error["event"] == "database.failed"
    assert error["request_id"] == request["request_id"] == answer.headers["X-Request-Id"]
    assert "uq_person_phone" in error["exception"]
    assert phone not in lines.getvalue()
    page = answer.get_data(as_text=True)
    assert error["request_id"] in page
    assert "uq_person" not in page
    assert "Traceback" not in page


def test_words_without_values_keep_their_sense() -> None:
    """Only the lines that repeat values go."""
    told = "error: broken\nDETAIL:  Key (a)=(secret)\nHINT: do better\nLINE 1: SELECT 'secret'\n               ^\nend"
    assert without_values(told) == "error: broken\nHINT: do better\nend"
    assert without_values("nothing to hide") == "nothing to hide"


@pytest.mark.promise("R9")
@pytest.mark.parametrize(
    ("words", "status"),
    [("connection refused", 503), ("database is locked", 503), ("database or disk is full", 503), ("no such table", 500)],
)
def test_an_unreachable_database_asks_to_try_again(
    client: FlaskClient, clock: HandClock, monkeypatch: pytest.MonkeyPatch, words: str, status: int
) -> None:
    """503 with a time to wait; a fault of ours is 500 and promises nothing."""

    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception(words))

    monkeypatch.setattr(views, "count_sign_in", broken)
    answer = client.post("/account/sign-in", data={"login": "a@b.id", "password": "x"})
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/id/tidak-ada", "/en/nowhere", "/ko/nowhere", "/nowhere", "/static/nowhere.css", "/media/x.webp"]
)
def test_what_is_not_there_is_a_page_of_ours(client: FlaskClient, clock: HandClock, path: str) -> None:
    """404 in the language of its path, with a way out and a reference."""
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert answer.headers["X-Request-Id"] in page
    assert f'lang="{path[1:3] if path[1:4] in ("id/", "en/", "ko/") else "id"}"' in page


def test_a_wrong_method_says_the_right_ones(client: FlaskClient, clock: HandClock) -> None:
    """405 with Allow."""
    answer = client.get("/account/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


TOO_LARGE = {
    "multipart/form-data; boundary=b": b'--b\r\nContent-Disposition: form-data; name="login"\r\n\r\n%s\r\n--b--\r\n'
    % (b"x" * 600 * 1024),
    "application/x-www-form-urlencoded": b"login=" + b"x" * 25 * 2**20,
}


@pytest.mark.promise("V2")
@pytest.mark.parametrize("kind", TOO_LARGE)
def test_a_request_too_large_is_refused(client: FlaskClient, clock: HandClock, kind: str) -> None:
    """413, with a page of ours: a single field of a multipart form, or the whole of any request."""
    answer = client.post("/account/sign-in", data=TOO_LARGE[kind], content_type=kind)
    assert answer.status_code == 413
    assert answer.headers["X-Request-Id"] in answer.get_data(as_text=True)


def test_readiness_names_what_is_not_ready(
    client: FlaskClient, session: Session, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ready; a queue that stands; a full disk; a disk that is gone. The process itself lives all the while."""
    assert client.get("/readyz").json == {"database": True, "disk": True, "queue": True}
    session.add(
        OutboxRow(
            kind="x", handler="x", payload={}, state=OutboxState.PENDING, created_at=clock.now(), due_at=clock.now(), attempts=0
        )
    )
    session.flush()
    clock.move(timedelta(minutes=14, seconds=59))
    assert client.get("/readyz").status_code == 200
    clock.move(timedelta(seconds=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": True, "disk": True, "queue": False})

    class Usage(NamedTuple):
        free: int

    def gone(_folder: object) -> Usage:
        raise FileNotFoundError

    for usage in (lambda _folder: Usage(10), gone):
        monkeypatch.setattr(shutil, "disk_usage", usage)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json is not None
        assert answer.json["disk"] is False
    assert client.get("/healthz").json == {"status": "ok"}


def test_readiness_survives_its_database(
    client: FlaskClient, clock: HandClock, monkeypatch: pytest.MonkeyPatch, lines: io.StringIO
) -> None:
    """503, one line of JSON, no words of the database."""

    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("password authentication failed for user rahasia"))

    monkeypatch.setattr("marketplace.web.hooks.views.public_version", broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": False, "disk": True, "queue": False})
    assert [line["event"] for line in written(lines)] == ["readiness.database"]
    assert "rahasia" not in lines.getvalue() + answer.get_data(as_text=True)


@pytest.mark.promise("X2", "U1")
def test_pictures_are_kept_for_ever_without_cookies(app: Flask, client: FlaskClient) -> None:
    """By content hash: immutable, never sniffed, no session read or left; nothing else of the disk is served."""
    storage = app.extensions["market_images"]
    storage.write("abcd1234-160.webp", b"RIFF0000WEBP")
    client.set_cookie("market_session", "x" * 43)
    answer = client.get("/media/abcd1234-160.webp")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"RIFF0000WEBP", "image/webp")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    answer.close()


@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    "name", ["..%2Fsecret-key", "..", "%2e%2e%2fsecret-key.webp", "..webp",
           "%00.webp", "ab%00.webp", "x" * 100 + ".webp", "secret-key",
             "%5c..%5csecret.webp", ".webp", "..%2F..%2Fsecret.webp"],
)  # fmt: skip
def test_no_other_file_is_a_picture(app: Flask, client: FlaskClient, clock: HandClock, name: str) -> None:
    """404 for every way out of the folder."""
    folder = app.extensions["market_settings"].data_dir
    (folder / "secret.webp").write_bytes(b"secret")
    assert client.get(f"/media/{name}").status_code == 404
