"""Buyers who order: a cart with goods of two shops to a placed order, nine or ten requests each."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode, urlsplit

_FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type|checked)(?:="([^"]*)")?')


class OrderFailed(RuntimeError):
    """A step of a purchase did not answer as it should."""


@dataclass(slots=True)
class Browser:
    """Just enough of a browser: one connection, its cookies, forms."""

    origin: str
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Browser:
        """Open for one purchase or more."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection; cookies stay."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method: str, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """Return (status, where it leads, body)."""
        where = urlsplit(self.origin)
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=30)
        headers = {"Host": where.netloc, "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": self.address}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text


def fields_of(page: str) -> list[tuple[str, str]]:
    """Return what a browser would send of the last form in `main` as it stands: hidden fields and checked choices."""
    main = page[page.find('id="main"') : page.find("</main>")]
    form = main[main.rfind('method="post"') :]
    found = []
    for tag in _FIELD.findall(form):
        given = dict(_ATTRIBUTE.findall(tag))
        kind, name = given.get("type", "text"), given.get("name", "")
        if name and (kind not in ("radio", "checkbox", "submit", "button", "file") or "checked" in given):
            found.append((name, given.get("value", "")))
    return found


Form = list[tuple[str, str]]


def come_to_pay(browser: Browser, slugs: Sequence[str], phone: str, district: str) -> Form:
    """Put one of each product into the cart, fill the address, and return the form that would place the order."""
    for slug in slugs:
        status, _, page = browser.ask("GET", f"/id/p/{slug}")
        variant = re.search(r'name="variant_id" value="(\d+)"', page)
        if status != 200 or variant is None:
            raise OrderFailed(f"product {slug}: {status}")
        given = [("variant_id", variant[1]), ("quantity", "1"), ("act", "add")]
        status, where, _ = browser.ask("POST", "/id/cart/lines", given)
        if status != 303:
            raise OrderFailed(f"cart: {status}")
    _, _, page = browser.ask("GET", "/id/checkout")
    typed = {"name": "Sari Dewi", "phone": phone, "place": district, "street": "Jl. Multatuli 5"}
    status = 0
    for act in ("quote", "next"):  # the deliveries appear, the cheapest of each shop is chosen, and on it goes
        kept = [pair for pair in fields_of(page) if pair[0] not in typed]
        status, where, page = browser.ask("POST", "/id/checkout", [*kept, *typed.items(), ("act", act)])
        if act == "quote" and status == 303:
            _, _, page = browser.ask("GET", where)
    if status != 303:
        raise OrderFailed(f"address: {status}")
    _, _, page = browser.ask("GET", where)
    return [*(pair for pair in fields_of(page) if pair[0] != "method"), ("method", "transfer")]


def place(browser: Browser, form: Form) -> tuple[int, str]:
    """Send the form; return the status and where it leads (an order's page when it was placed)."""
    status, where, _ = browser.ask("POST", "/id/checkout/pay", form)
    return status, where


def buy(browser: Browser, slugs: Sequence[str], phone: str, district: str) -> str:
    """Order one of each product and return where the order lives. Raises: OrderFailed."""
    status, where = place(browser, come_to_pay(browser, slugs, phone, district))
    if status != 303 or "/orders/" not in where:
        raise OrderFailed(f"placing: {status}")
    return where


@dataclass(slots=True)
class Bought:
    """What a load of buyers did."""

    orders: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Return placed orders a second."""
        return self.orders / self.seconds if self.seconds else 0.0


def _phones() -> Iterator[str]:
    return (f"08129{number:07d}" for number in count(1))


_numbers = _phones()
_lock = threading.Lock()


def buyers(origin: str, slugs: tuple[str, str], district: str, *, clients: int, seconds: float) -> Bought:
    """Let `clients` buyers order one after the other for `seconds`; each order has a phone number of its own."""
    bought, begun = Bought(), time.perf_counter()

    def one() -> None:
        while time.perf_counter() - begun < seconds:
            with _lock:
                phone = next(_numbers)
            try:
                with Browser(origin, f"10.{phone[-6:-4]}.{phone[-4:-2]}.1") as browser:
                    buy(browser, slugs, phone, district)
            except (OrderFailed, OSError, http.client.HTTPException) as failure:
                with _lock:
                    bought.failures.append(str(failure))
            else:
                with _lock:
                    bought.orders += 1

    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 120)
    bought.seconds = time.perf_counter() - begun
    return bought
