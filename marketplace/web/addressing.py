"""How languages and numbers stand in addresses."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, UnicodeConverter, ValidationError

from marketplace.language.languages import Language


class LanguagePart(BaseConverter):
    """The first part of a public path: one of our languages."""

    regex = "id|en|ko"

    def to_python(self, value: str) -> Language:
        """Return the language."""
        try:
            return Language(value)
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: str) -> str:
        """Return its code."""
        return str(value)


class TextPart(UnicodeConverter):
    """Any other part of a path: no control character is in an address of ours, and no driver is asked to send a NUL."""

    regex = r"[^/\x00-\x1f\x7f]+"

    def __init__(self, map: Any, minlength: int = 1, maxlength: int | None = None, length: int | None = None) -> None:
        """Keep this regex, which the lengths would replace."""
        super().__init__(map, minlength, maxlength, length)
        self.regex = type(self).regex


def attach(app: Flask) -> None:
    """Teach this application's addresses the parts above."""
    app.url_map.converters |= {"language": LanguagePart, "default": TextPart, "string": TextPart}
