"""The blueprint of the seller's wing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("seller", __name__, url_prefix="/seller")
