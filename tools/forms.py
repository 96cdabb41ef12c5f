"""The forms of a page, as a browser without scripts would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit


@dataclass(slots=True)
class Form:
    """One form: where it goes and what it would send untouched."""

    action: str
    method: str
    is_multipart: bool = False
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def names(self) -> list[str]:
        """Return every name this form can send, once each."""
        every = [name for name, _ in (*self.fields, *self.buttons)] + [*self.choices, *self.files]
        return list(dict.fromkeys(every))

    def filled(self, **given: str) -> dict[str, str]:
        """Return what is sent when these fields are filled in and the rest is left alone."""
        return dict(self.fields) | given


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.url, given["href"]))
        if tag == "form":
            self._open = Form(
                urljoin(self.url, given.get("action") or self.url),
                given.get("method", "get").upper(),
                "multipart" in given.get("enctype", ""),
            )
            self.forms.append(self._open)
        elif self._open is not None and "disabled" not in given:
            self._control(self._open, tag, given, {name for name, _ in attrs})

    def _control(self, form: Form, tag: str, given: dict[str, str], present: set[str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if tag == "option" and self._select:
            form.choices[self._select].append(value)
            if "selected" in present or len(form.choices[self._select]) == 1:
                form.fields = [(n, v) for n, v in form.fields if n != self._select] + [(self._select, value)]
        if not name:
            return
        if tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "textarea":
            self._area = name
            form.fields.append((name, ""))
        elif tag == "button" or (tag == "input" and kind in ("submit", "image")):
            form.buttons.append((name, value))
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in present:
                form.fields.append((name, value or "on"))
        elif tag == "input":
            form.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            form = self._open
            form.fields = [(n, v + data if n == self._area else v) for n, v in form.fields]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def read_page(url: str, html: str) -> tuple[list[Form], list[str]]:
    """Return the forms and the links of a page at `url`."""
    reader = _Reader(url)
    reader.feed(html)
    return reader.forms, reader.links


def form_to(forms: list[Form], ending: str, *, method: str = "POST") -> Form:
    """Return the first form whose action's path ends like this. Raises: LookupError naming what there is."""
    for form in forms:
        if form.method == method and urlsplit(form.action).path.endswith(ending):
            return form
    raise LookupError(f"no {method} form to …{ending}; there are {[(form.method, form.action) for form in forms]}")


def query_names(link: str) -> list[str]:
    """Return the names in a link's query."""
    return [name for name, _ in parse_qsl(urlsplit(link).query, keep_blank_values=True)]
