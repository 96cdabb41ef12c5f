"""The blueprint of the public pages: everything under `/id/ /en/ /ko/`."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("storefront", __name__, url_prefix="/<language:language>")
