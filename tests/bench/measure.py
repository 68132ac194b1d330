"""Small tools for measuring: medians, memory of a child process, a table of results."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Result:
    """One measurement beside its bare baseline (seconds) and what the budget asks."""

    what: str
    size: str
    seconds: float
    baseline: float | None = None
    bare: str = ""
    budget: str = ""
    note: str = ""

    @property
    def ratio(self) -> str:
        """How many times the baseline it took."""
        return f"{self.seconds / self.baseline:.1f} ×" if self.baseline else "–"


def median(work: Callable[[], object], runs: int) -> float:
    """The median time of some runs, in seconds."""
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def once(work: Callable[[], object]) -> float:
    """The time of one run, in seconds."""
    return median(work, 1)


def child(code: str, *arguments: str) -> tuple[float, float]:
    """Run Python code in a new process: wall time in seconds, greatest memory in MB so far."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-P", "-c", code, *arguments], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def words(seconds: float) -> str:
    """A time for reading."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(results: list[Result]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| What | Size | Measured | Bare baseline | Ratio | Budget | |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in results:
        baseline = f"{words(r.baseline)} ({r.bare})" if r.baseline else r.bare or "–"
        lines.append(
            f"| {r.what} | {r.size} | {words(r.seconds)} | {baseline} | {r.ratio} | "
            f"{r.budget or '–'} | {r.note} |"
        )
    return "\n".join(lines)
