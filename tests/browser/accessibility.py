"""What axe-core finds on a page; nothing may be found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, {
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
})).violations.map(found => ({
  rule: found.id, impact: found.impact, help: found.help,
  nodes: found.nodes.slice(0, 5).map(node => node.html + ' · ' + node.failureSummary),
}))"""


def axe_findings(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds on the page as it stands. Our content policy refuses a script tag, so axe comes by the debugger."""
    page.evaluate(AXE.read_text("utf-8"))
    findings: list[dict[str, Any]] = page.evaluate(RUN)
    return findings


def assert_accessible(page: Page, *, apart_from: str = "") -> None:
    """Fail with every finding and where it is, apart from rules whose name begins as told."""
    findings = [found for found in axe_findings(page) if not apart_from or not found["rule"].startswith(apart_from)]
    assert findings == [], "\n".join(
        f"{page.url}: {found['rule']} ({found['help']})\n  " + "\n  ".join(found["nodes"]) for found in findings
    )
