"""How languages and numbers stand in addresses."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

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


def attach(app: Flask) -> None:
    """Teach this application's addresses the parts above."""
    app.url_map.converters["language"] = LanguagePart
