"""A buyer over plain HTTP, as a browser without scripts: from the first product to the placed order in eight requests."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="(token|seen_total_minor)" value="([^"]*)"')
VALUE = re.compile(r'\bvalue="([^"]*)"')
NAME = re.compile(r'\bname="(delivery-\d+)"')
INPUT = re.compile(r"<input\b[^>]*>")
ADDRESS = {
    "name": "Ibu Ratna", "email": "", "place": "Rangkasbitung, Lebak, Banten", "district": "36.02.14",
    "street": "Jl. Multatuli 5", "landmark": "Dekat pasar", "postal_code": "42311",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str


class Refused(RuntimeError):
    """A step before the last did not go as it goes for people."""

    def __init__(self, step: str, answer: Answer) -> None:
        """Keep the step and what came back."""
        super().__init__(f"{step}: {answer.status} {answer.location}")
        self.step, self.answer = step, answer


@dataclass(slots=True)
class Buyer:
    """One browser: a connection, its cookies, an address of its own as a proxy would tell it."""

    url: str
    address: str = "10.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    timeout: float = 60.0
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Answer:
        """Send one request. Raises: OSError and http.client.HTTPException when the market is gone."""
        if self._connection is None:
            parts = urlsplit(self.url)
            self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=self.timeout)
        headers = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": self.address, "Accept-Language": "id"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form).encode()
        self.requests += 1
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, response.headers.get("Location", ""), text)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _step(self, name: str, wanted: int, method: str, path: str, form: Mapping[str, str] | None = None) -> Answer:
        answer = self.ask(method, path, form)
        if answer.status != wanted:
            raise Refused(name, answer)
        return answer

    def fill_cart(self, variants: Sequence[int], *, quantity: int = 1) -> None:
        """Put these into the cart, one request each. Raises: Refused."""
        for variant in variants:
            self._step("add", 303, "POST", "/id/cart/lines", {"variant_id": str(variant), "quantity": str(quantity)})

    def fill_in(self, phone: str) -> None:
        """Do the first page: address, deliveries asked for and picked. Raises: Refused."""
        contact = ADDRESS | {"phone": phone}
        self._step("checkout", 200, "GET", "/id/checkout")
        self._step("quote", 303, "POST", "/id/checkout", contact | {"act": "quote"})
        page = self._step("deliveries", 200, "GET", "/id/checkout")
        self._step("next", 303, "POST", "/id/checkout", contact | {"act": "next"} | first_deliveries(page.text))

    def review(self, *, method: str = "transfer") -> dict[str, str]:
        """Open the second page and return its form, filled in. Raises: Refused."""
        page = self._step("pay", 200, "GET", "/id/checkout/pay")
        return dict(HIDDEN.findall(page.text)) | {"method": method}

    def place(self, form: Mapping[str, str]) -> Answer:
        """Press the button."""
        return self.ask("POST", "/id/checkout/pay", form)

    def buy(self, variants: Sequence[int], *, phone: str, method: str = "transfer", quantity: int = 1) -> Answer:
        """Buy these and return the answer to the last press. Raises: Refused for anything earlier."""
        self.fill_cart(variants, quantity=quantity)
        self.fill_in(phone)
        return self.place(self.review(method=method))


def first_deliveries(page: str) -> dict[str, str]:
    """Return the first delivery that each shop's part of the page offers."""
    picked: dict[str, str] = {}
    for control in INPUT.findall(page):
        name, value = NAME.search(control), VALUE.search(control)
        if name and value and "disabled" not in control:
            picked.setdefault(name[1], value[1])
    return picked


def order_number(answer: Answer) -> str:
    """Return the number of the order an answer leads to, empty when it leads to none."""
    path = urlsplit(answer.location).path
    return path.rsplit("/", 1)[-1] if answer.status == 303 and "/orders/" in path else ""


def phone_of(number: int) -> str:
    """Return an invented mobile number, another one for every buyer."""
    return f"0812{10_000_000 + number % 80_000_000:08d}"


def address_of(number: int) -> str:
    """Return a private address, another one for every buyer."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
