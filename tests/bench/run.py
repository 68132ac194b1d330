"""`make bench`: every budget of the register, search, save, checks and exports, side by side
with a bare baseline in the same run. Writes docs/performance.md.

`--large` adds 100,000 activities (some minutes, 3 GB of disk).
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from pathlib import Path

from ropa_app import clock

# `make bench` runs Python without the script's own folder on its path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import registers
import window
import writing
from measure import Result, table

ROOT = Path(__file__).resolve().parents[2]
HEAD = """# Performance

Made by `make bench` on {day}, {cores} cores, Python {python}, SQLite {sqlite}. Each figure stands
beside a bare baseline taken in the same run; the ratio is what counts, the times depend on the
machine. Registers are generated from a seed; their texts are drawn from few words, so a search
matches nearly every record, which is the worst case.

"""
FOOT = """
## Reading the table

- *Save* is one field with its history, hash chain, links and search text, on disk; its baseline is
  a bare `UPDATE` with a commit on a table of the same size.
- *First page* is one keystroke up to the first 50 rows; its baseline is the bare FTS5 query.
- *Window*: offscreen, everything painted. *Usable* is when the list takes keys; the form of the
  first record follows. *Go to another record* ends when what is seen of its form is painted.
- *Keystroke* begins with a key pressed in the search field, one every 120 ms, whatever still goes
  on from the one before, and ends when the rows have been painted.
- *ICO workbook* is set beside openpyxl writing the same cells with the same styles.
- *PDF record* is set beside reportlab laying out the same paragraphs on plain pages.
- Growth is linear: see the rows of the same name for 1,000, 10,000 and 100,000 activities. *Load
  everything* reads some 2.4 records for each activity. In processor time that is linear, too (55 µs
  a record at 1,000 and at 10,000 activities); by the clock a large register waits for the file
  (218 MB at 10,000), which is larger than SQLite's cache, and for the memory it fills (190 MB).
"""


def main() -> None:
    """Measure everything and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="also 100,000 activities")
    parser.add_argument("--keep", type=Path, help="folder for the generated registers")
    options = parser.parse_args()
    sizes = [1000, 10_000] + ([100_000] if options.large else [])
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        os.environ["ROPA_HOME"] = str(place / "home")
        results: list[Result] = [*registers.creation(place)]
        for size in sizes:
            results += registers.daily(place, size)
        results += registers.checks(place)
        results += window.start(place)
        for size in sizes:
            results += window.daily(place, size)
        results += writing.exports(place)
    day = clock.now().date().isoformat()
    head = HEAD.format(
        day=day, cores=os.cpu_count(), python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
    )  # fmt: skip
    text = head + table(results) + "\n" + FOOT
    (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
