"""What a shop's name gives for its address and its papers."""

from __future__ import annotations

import pytest

from marketplace.sellers.names import code_from, slug_from


@pytest.mark.row("L1")
@pytest.mark.parametrize(
    ("name", "slug", "code"),
    [
        ("Batik Sari", "batik-sari", "BATI"),
        ("  Kué & Café  ", "kue-cafe", "KUEC"),
        ("김치", "toko", "TOKO"),
        ("", "toko", "TOKO"),
        ("../../etc/passwd", "etc-passwd", "ETCP"),
        ("<script>", "script", "SCRI"),
        ("B", "b", "BTOK"),
        ("x" * 80, "x" * 60, "XXXX"),
    ],
)
def test_a_name_gives_an_address_and_a_code(name: str, slug: str, code: str) -> None:
    assert (slug_from(name), code_from(name)) == (slug, code)
