"""Every template compiles, and every word that templates and views ask for exists, with the values it shows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from marketplace.language.catalogue import PLACEHOLDER, catalogue
from marketplace.language.languages import WORK_LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VIEWS = sorted((ROOT / "marketplace" / "web").rglob("*.py"))


@dataclass(frozen=True)
class Asked:
    """One place that asks for words: key, names of the values it gives, and whether more may come (`**values`)."""

    where: str
    key: str
    values: frozenset[str]
    is_open: bool


def asked_by_template(app: Flask, path: Path) -> Iterator[Asked]:
    """Yield every `t("…")`, `m("…")` and `say.t("…")` of a template."""
    name = path.relative_to(ROOT).as_posix()
    for call in app.jinja_env.parse(path.read_text("utf-8"), name).find_all(nodes.Call):
        asks = (isinstance(call.node, nodes.Name) and call.node.name in ("t", "m")) or (
            isinstance(call.node, nodes.Getattr) and call.node.attr in ("t", "m")
        )
        if asks and call.args and isinstance(call.args[0], nodes.Const) and isinstance(call.args[0].value, str):
            given = frozenset(keyword.key for keyword in call.kwargs)
            yield Asked(f"{name}:{call.lineno}", call.args[0].value, given, call.dyn_kwargs is not None)


def asked_by_view(path: Path) -> Iterator[Asked]:
    """Yield every `….t("…")` and `….m("…")` of a module."""
    name = path.relative_to(ROOT).as_posix()
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (
            isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("t", "m") and call.args
        ):
            continue
        key = call.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and "." in key.value:
            given = frozenset(keyword.arg for keyword in call.keywords if keyword.arg)
            yield Asked(f"{name}:{call.lineno}", key.value, given, any(keyword.arg is None for keyword in call.keywords))


def is_work(where: str) -> bool:
    """Tell whether this is a page for work, whose words exist in Indonesian and English only."""
    return "/seller/" in where or "/staff/" in where


def problems(asked: Asked) -> Iterator[str]:
    """Yield what is wrong with one place, in every language its page is shown in."""
    name, languages = ("work", WORK_LANGUAGES) if is_work(asked.where) else ("public", tuple(Language))
    for language in languages:
        words = catalogue("work" if name == "work" else "public", language)
        if not words.has(asked.key):
            yield f"{asked.where}: no words for {asked.key} in {name}/{language}"
            continue
        shown = {found for form in words.forms(asked.key) for found in PLACEHOLDER.findall(form)}
        if len(words.forms(asked.key)) > 1:
            shown.add("count")
        if not asked.is_open and shown - asked.values:
            yield f"{asked.where}: {asked.key} in {language} needs {', '.join(sorted(shown - asked.values))}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_compiles_and_finds_its_words(plain_app: Flask, path: Path) -> None:
    plain_app.jinja_env.get_template(path.relative_to(ROOT / "templates").as_posix())
    assert [found for asked in asked_by_template(plain_app, path) for found in problems(asked)] == []


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.relative_to(ROOT / "marketplace" / "web").as_posix())
def test_a_view_finds_its_words(path: Path) -> None:
    assert [found for asked in asked_by_view(path) for found in problems(asked)] == []


def test_the_check_finds_what_is_missing() -> None:
    assert list(problems(Asked("x", "nav.no_such_word", frozenset(), False)))
    assert list(problems(Asked("x", "common.error_reference", frozenset(), False)))
    assert not list(problems(Asked("x", "common.error_reference", frozenset({"code"}), False)))
