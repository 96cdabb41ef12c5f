"""A served market per file and kind of database, a phone's browser, and invariants after every test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from config import read_settings
from marketplace.cli.invariants import broken_now
from tests.conftest import FreshDatabases, app_with
from tests.demo_templates import DemoTemplate, demo_template
from tools.market import Market, market_on, serving

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PHONE: ViewportSize = {"width": 360, "height": 800}
SHOTS = Path(__file__).resolve().parents[2] / "shots" / "failures"
PATIENCE_MS = 10_000
_REPORT = pytest.StashKey[pytest.TestReport]()


def chromium_path() -> str:
    """Return the installed browser. Raises: RuntimeError where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("no Chromium is installed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember how the test itself went, for the fixtures that end after it."""
    report = yield
    if report.when == "call":
        item.stash[_REPORT] = report
    return report


@pytest.fixture(scope="session")
def demo(databases: FreshDatabases, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> DemoTemplate:
    """The demo's data on this kind of database, loaded once for the whole run."""
    base = tmp_path_factory.getbasetemp()
    return demo_template(databases, base if worker_id == "master" else base.parent)


@pytest.fixture(scope="module")
def market(demo: DemoTemplate, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """A market of this file's own: two web processes and the worker, on a clone of the demo."""
    name = re.sub(r"\W+", "_", request.module.__name__.rpartition(".")[2])
    folder = tmp_path_factory.mktemp(f"{demo.databases.kind}-{name}")
    demo.link_files(folder)
    with serving(market_on(demo.clone(name), folder)) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def watched_page(browser: Browser, request: pytest.FixtureRequest, market: Market, **options: Any) -> Iterator[Page]:
    """Yield a page in a context of its own; afterwards its scripts must have raised nothing and the policy refused nothing."""
    context: BrowserContext = browser.new_context(
        base_url=market.url, viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta", has_touch=True, **options
    )
    context.set_default_timeout(PATIENCE_MS)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        yield page
        report = request.node.stash.get(_REPORT, None)
        if report is not None and report.failed:
            _keep_shot(page, request)
    finally:
        context.close()
    assert complaints == []


def _keep_shot(page: Page, request: pytest.FixtureRequest) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / (re.sub(r"\W+", "-", request.node.name) + ".png"), full_page=True)


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest, market: Market) -> Iterator[Page]:
    """A phone, 360 by 800, with scripts."""
    with watched_page(browser, request, market) as opened:
        yield opened


@pytest.fixture
def no_scripts_page(browser: Browser, request: pytest.FixtureRequest, market: Market) -> Iterator[Page]:
    """The same phone with scripts switched off."""
    with watched_page(browser, request, market, java_script_enabled=False) as opened:
        yield opened


@pytest.fixture(params=["scripts", "no scripts"])
def any_page(request: pytest.FixtureRequest, browser: Browser, market: Market) -> Iterator[Page]:
    """The phone once with scripts and once without: for journeys that must work both ways."""
    with watched_page(browser, request, market, java_script_enabled=request.param == "scripts") as opened:
        yield opened


@pytest.fixture
def laptop_page(browser: Browser, request: pytest.FixtureRequest, market: Market) -> Iterator[Page]:
    """A laptop's window, 1280 by 800, with scripts."""
    with watched_page(browser, request, market) as opened:
        opened.set_viewport_size({"width": 1280, "height": 800})
        yield opened


@pytest.fixture(scope="module")
def inspector(market: Market) -> Iterator[Flask]:
    """An application of this process on the market's database, beside those that serve."""
    with app_with(read_settings(market.environ)) as app:
        yield app


@pytest.fixture(autouse=True)
def invariants_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read the whole database after every test that used a market; nothing in it may be broken."""
    inspector: Flask | None = request.getfixturevalue("inspector") if "market" in request.fixturenames else None
    yield
    if inspector is not None:
        with inspector.app_context():
            assert broken_now(inspector.extensions["market_clock"].now()) == []
