"""What Lighthouse says of the pages that search engines see, on a phone: accessibility, good practice and SEO are a gate."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import FLAGS, chromium_path
from tools.market import Market

# What it looks at does not depend on the database.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

LIGHTHOUSE = Path(__file__).resolve().parents[2] / "node_modules" / "lighthouse" / "cli" / "index.js"
LEAST = {"accessibility": 100, "best-practices": 95, "seo": 100}
PAGES = ("/id/", "/en/products", "/id/p/gula-semut-aren-original-250-g", "/ko/c/batik")


@pytest.mark.lighthouse
@pytest.mark.row("S1")
@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_finds_little(market: Market, tmp_path: Path, path: str) -> None:
    report = tmp_path / "report.json"
    node = shutil.which("node")
    assert node is not None
    # The scores that count are read from the page as it stands; slowing it down would only cost time.
    words = [
        node, str(LIGHTHOUSE), market.url + path, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(LEAST)}", "--throttling-method=provided",
        f"--chrome-flags={' '.join([*FLAGS, '--headless=new'])}",
    ]  # fmt: skip
    environ = {**os.environ, "CHROME_PATH": chromium_path()}
    done = subprocess.run(words, env=environ, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(report.read_text("utf-8"))
    scores = {name: round(100 * found["categories"][name]["score"]) for name in LEAST}
    failed = [f"{audit['id']}: {audit['title']}" for audit in found["audits"].values() if audit["score"] == 0]
    assert all(scores[name] >= least for name, least in LEAST.items()), (scores, failed)
