"""How a message is put together: one shape for all, as mail (text and HTML) and as a short WhatsApp text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from marketplace.language.catalogue import catalogue
from marketplace.language.languages import Language

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "mail"
LONGEST_WHATSAPP = 300
LONGEST_SUBJECT = 200
# Unicode's control, format and line or paragraph separator characters. The joiners of names lose nothing people read here.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})

_pages = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html"]), undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says. `facts` are (label, value) rows; one button at most."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    button: tuple[str, str] | None = None
    footer: tuple[str, ...] = field(default=())


def flat(words: str) -> str:
    """Return words on one line, without control and direction characters: a name cannot pretend to be a paragraph of ours."""
    return " ".join("".join(" " if unicodedata.category(letter) in _UNSEEN else letter for letter in words).split())


def flattened(body: Body) -> Body:
    """Return the message with every piece of it on one line."""

    def pairs(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((flat(left), flat(right)) for left, right in rows)

    return Body(
        subject=flat(body.subject)[:LONGEST_SUBJECT], greeting=flat(body.greeting),
        paragraphs=tuple(flat(words) for words in body.paragraphs), facts=pairs(body.facts), items=pairs(body.items),
        button=body.button, footer=tuple(flat(words) for words in body.footer),
    )  # fmt: skip


def as_text(body: Body) -> str:
    """Return the mail's text part."""
    body = flattened(body)
    blocks = [body.greeting, *body.paragraphs]
    if body.items:
        blocks.append("\n".join(f"{what} — {amount}" for what, amount in body.items))
    if body.facts:
        blocks.append("\n".join(f"{label}: {value}" for label, value in body.facts))
    if body.button:
        blocks.append(f"{body.button[0]}:\n{body.button[1]}")
    if body.footer:
        blocks.append("-- \n" + "\n".join(body.footer))
    return "\n\n".join(blocks) + "\n"


def as_html(body: Body, *, language: Language, market_name: str) -> str:
    """Return the mail's HTML part: one column, live text, readable with pictures off."""
    return _pages.get_template("letter.html").render(body=flattened(body), language=str(language), market_name=market_name)


def as_whatsapp(sentences: tuple[str, ...], link: str) -> str:
    """Return a WhatsApp text of at most 300 characters; the link always stays whole."""
    room = LONGEST_WHATSAPP - len(link) - 1
    words = flat(" ".join(sentences))
    if len(words) > room:
        words = words[: max(0, room - 1)].rstrip() + "…"
    return f"{words}\n{link}"


def words_for(language: Language, key: str, **values: object) -> str:
    """Return public words in the reader's language."""
    return catalogue("public", language).text(key, **values)
