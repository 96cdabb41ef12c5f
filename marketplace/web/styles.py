"""The page that shows every component in every state; demo and test profiles only."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.web.guards import public
from marketplace.web.styleguide import samples

bp = Blueprint("styles", __name__)


@bp.get("/_styleguide")
@public()
def styleguide() -> ResponseReturnValue:
    """Show the style guide."""
    return render_template("pages/styleguide.html", samples=samples())
