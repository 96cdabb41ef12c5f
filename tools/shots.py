"""Photograph the pages of a running market for people to look at: phone and desktop, light and dark, three languages.

`python -m tools.shots [--origin URL] [--only WORD]` writes into shots/. Pages of the seller and of the office are taken signed
in with the demo's own people.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from marketplace.demo.people_cast import FULL_CAST, SignIn

TARGET = Path(__file__).resolve().parent.parent / "shots"
SIZES = {"360": (360, 800), "1280": (1280, 800)}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PUBLIC = {
    "home": "/{lang}/",
    "listing": "/{lang}/products",
    "category": "/{lang}/c/batik",
    "filter": "/{lang}/filter?in=/products",
    "search": "/{lang}/search?q=gula",
    "nothing": "/{lang}/search?q=qqqq",
    "product": "/{lang}/p/gula-semut-aren-original-250-g",
    "shops": "/{lang}/shops",
    "shop": "/{lang}/shops/nira-girang",
    "guide": "/{lang}/how-to-buy",
    "lookup": "/{lang}/orders",
    "cart": "/{lang}/cart",
    "missing": "/{lang}/p/tidak-ada",
    "sign-in": "/account/sign-in",
}
WORK = {
    "owner": {
        "seller-home": "/seller/",
        "seller-orders": "/seller/orders",
        "seller-to-send": "/seller/orders?tab=to_send",
        "seller-stock": "/seller/stock",
        "seller-balance": "/seller/balance",
    },
    "finance": {
        "staff-home": "/staff/",
        "staff-payments": "/staff/payments",
        "staff-orders": "/staff/orders",
        "staff-settings": "/staff/settings",
        "staff-qris": "/staff/settings/qris",
        "staff-accounts": "/staff/settings/accounts",
    },
    "admin": {"staff-mailbox": "/staff/mailbox", "staff-jobs": "/staff/jobs"},
}


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    name: str
    path: str


def public_shots(languages: list[str]) -> Iterator[Shot]:
    """Yield the public pages in these languages."""
    for language in languages:
        yield from (Shot(f"{name}-{language}", path.format(lang=language)) for name, path in PUBLIC.items())


def _context(browser: Browser, size: str, scheme: str) -> BrowserContext:
    width, height = SIZES[size]
    return browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light", locale="id-ID"
    )


def _take(context: BrowserContext, origin: str, shots: list[Shot], ending: str) -> None:
    page = context.new_page()
    for shot in shots:
        answer = page.goto(origin + shot.path, wait_until="networkidle")
        page.screenshot(path=TARGET / f"{shot.name}-{ending}.png", full_page=True)
        sys.stdout.write(f"{answer.status if answer else '?'} {shot.name}-{ending}\n")
    page.close()


def _sign_in(context: BrowserContext, origin: str, member: SignIn) -> None:
    page = context.new_page()
    page.goto(f"{origin}/account/sign-in")
    page.fill("input[name=login]", member.phone)
    page.fill("input[name=password]", member.password)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    page.close()


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--origin", default="http://localhost:8000")
    parser.add_argument("--only", default="", help="only pages whose name contains this")
    parser.add_argument("--languages", default="id,en,ko")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--sizes", default="360,1280")
    given = parser.parse_args()
    TARGET.mkdir(exist_ok=True)
    shots = [shot for shot in public_shots(given.languages.split(",")) if given.only in shot.name]
    cast = {member.role.value: member for member in FULL_CAST}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for size in given.sizes.split(","):
            for scheme in given.schemes.split(","):
                context = _context(browser, size, scheme)
                _take(context, given.origin, shots, f"{size}-{scheme}")
                context.close()
                for role, pages in WORK.items():
                    wanted = [Shot(name, path) for name, path in pages.items() if given.only in name]
                    if wanted:
                        context = _context(browser, size, scheme)
                        _sign_in(context, given.origin, cast[role])
                        _take(context, given.origin, wanted, f"{size}-{scheme}")
                        context.close()
        browser.close()


if __name__ == "__main__":
    main()
