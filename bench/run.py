"""`make bench`: the market at 20,000 products on both databases, every figure beside its target.

Targets are ratios to a view that selects one row by its primary key, in the same run and on the same server, so that they
mean the same on any machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.measures import Run, run_on
from bench.stage import filled_stage

LAST = Path(__file__).parent / "last.json"
KINDS = ("sqlite", "postgresql")
TARGETS: dict[str, dict[str, float]] = {
    "product": dict.fromkeys(KINDS, 0.20),
    "listing": dict.fromkeys(KINDS, 0.20),
    "search": dict.fromkeys(KINDS, 0.15),
    "cached": {"sqlite": 1.5, "postgresql": 2.0},
    "orders": {"sqlite": 0.010, "postgresql": 0.012},
}
MOST_STATEMENTS = {"product": 4, "listing": 6, "search": 6, "home": 6}
MOST_MB = {"web": 110, "worker": 180}
FIRST_ANSWER_S = 4.0


def lines_of(run: Run) -> list[str]:
    """Return the table of one database."""
    lines = [f"{run.kind}", f"  {'':10} {'per s':>8} {'ratio':>7} {'target':>7}  {'CPU ms':>7} {'p95 ms':>7} {'KiB':>6}"]
    for name, found in run.results.items():
        target = TARGETS.get(name, {}).get(run.kind)
        ratio = run.ratio(name)
        verdict = "" if target is None else ("ok" if ratio >= target else "below")
        shown = f"{target:7.3f}" if target is not None else " " * 7
        failed = f"  failed: {found.failures}" if found.failures else ""
        lines.append(
            f"  {name:10} {found.per_second:8.1f} {ratio:7.3f} {shown}  {found.cpu_ms:7.2f} {found.p95_ms:7.1f} {found.kib:6.1f}"
            f"  {verdict}{failed}"
        )
    for name, count in run.statements.items():
        lines.append(f"  statements {name}: {count} (at most {MOST_STATEMENTS[name]})")
    for name, sizes in run.memory_mb.items():
        lines.append(f"  memory {name}: {', '.join(f'{size:.0f}' for size in sizes)} MB a process (at most {MOST_MB[name]})")
    lines.append(f"  first good answer after {run.first_answer_s:.1f} s (at most {FIRST_ANSWER_S:.0f})")
    return lines


def misses_of(run: Run) -> list[str]:
    """Return which targets were missed."""
    missed = [name for name, targets in TARGETS.items() if run.ratio(name) < targets[run.kind]]
    missed += [f"{name} failures" for name, found in run.results.items() if found.failures]
    missed += [f"statements {name}" for name, count in run.statements.items() if count > MOST_STATEMENTS[name]]
    missed += [f"memory {name}" for name, sizes in run.memory_mb.items() if max(sizes) > MOST_MB[name]]
    return missed + (["first answer"] if run.first_answer_s > FIRST_ANSWER_S else [])


def main() -> int:
    """Measure, print, keep; end with 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 products and short loads: to see that it works")
    parser.add_argument("--products", type=int, default=0)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this database")
    given = parser.parse_args()
    products = given.products or (2_000 if given.quick else 20_000)
    seconds = 2.0 if given.quick else 8.0
    runs: list[Run] = []
    for kind in given.kind or KINDS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="market-bench-") as folder, filled_stage(kind, Path(folder), products) as stage:
            print(f"{kind}: {products} products in {time.monotonic() - begun:.0f} s", flush=True)
            runs.append(run_on(stage, seconds=seconds))
        print("\n".join(lines_of(runs[-1])), flush=True)
    kept = {"products": products, "is_quick": given.quick, "runs": {run.kind: asdict(run) for run in runs}}
    LAST.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    missed = [f"{run.kind} {name}" for run in runs for name in misses_of(run)]
    print("All targets met." if not missed else f"Missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
