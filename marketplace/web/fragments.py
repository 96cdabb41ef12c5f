"""Parts of pages for scripts: a block of the same template, never a second one."""

from __future__ import annotations

from flask import current_app, render_template
from jinja2 import Template

from marketplace.web import current


def render_page(name: str, block: str, **values: object) -> str:
    """Return the page, or only this block of it where scripts ask for a part. The block imports its own macros."""
    if not current.wants_fragment():
        return render_template(name, is_fragment=False, **values)
    shown: dict[str, object] = {**values, "is_fragment": True}
    current_app.update_template_context(shown)
    template: Template = current_app.jinja_env.get_template(name)
    return "".join(template.blocks[block](template.new_context(shown)))
