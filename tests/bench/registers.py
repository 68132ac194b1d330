"""Measurements of the register itself: making, saving, searching, loading, proving, undoing."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from measure import Result, median, once

from ropa_app.model.kinds import KINDS
from ropa_app.register.change import Edit, label
from ropa_app.register.derived import search_row
from ropa_app.register.dump import dump, load
from ropa_app.register.generate import benchmark_set, generated
from ropa_app.register.loading import load_view
from ropa_app.register.search import Search
from ropa_app.register.store import Register
from ropa_app.register.verify import verify
from ropa_app.rules import findings

QUERIES = ("avt", "avtale", "behandler", "kundeservice", "sam")


def register_of(place: Path, activities: int) -> Path:
    """The generated register of that size, made once per folder."""
    path = place / f"generated-{activities}.ropa"
    if not path.exists():
        generated(path, activities, seed=1).close()
    return path


def fresh(place: Path, name: str) -> Register:
    """A new, empty register."""
    path = place / name
    path.unlink(missing_ok=True)
    return Register.create(path, {"name": "Bench", "time_zone": "Europe/Oslo"})


def creation(place: Path) -> Iterator[Result]:
    """1,000 activities with five linked records each: as one import, and singly; and its undo."""
    with fresh(place, "creation.ropa") as register:
        changes = [change for group in benchmark_set(1000, 1) for change in group]
        seconds = once(lambda: register.apply(changes, label("import", count=len(changes))))
        bare = _bare_inserts(place, register)
        yield Result(
            "create 1,000 activities with five linked records each", "one import", seconds, bare,
            "the same cells into bare tables", "≤ 2 s",
        )  # fmt: skip
        yield Result("undo that import", "6,000 records", once(register.undo))
        groups = list(benchmark_set(200, 2))
        seconds = once(lambda: [register.apply(g, label("add")) for g in groups]) / len(groups)
        yield Result(
            "create one activity with five linked records", "singly", seconds, budget="≤ 10 ms"
        )


def _bare_inserts(place: Path, register: Register) -> float:
    """The rows of the record tables into tables of the same columns, one transaction."""
    rows = {
        kind: register.connection.execute(f'SELECT * FROM "{kind}"').fetchall() for kind in KINDS
    }
    target = place / "bare.db"
    target.unlink(missing_ok=True)
    bare = sqlite3.connect(target, isolation_level=None)
    try:
        for (sql,) in register.connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN "
            f"({', '.join('?' * len(KINDS))})",
            list(KINDS),
        ):
            bare.execute(sql)

        def insert() -> None:
            bare.execute("BEGIN")
            for kind, found in rows.items():
                if found:
                    marks = ", ".join("?" * len(found[0]))
                    bare.executemany(f'INSERT INTO "{kind}" VALUES ({marks})', found)
            bare.execute("COMMIT")

        return once(insert)
    finally:
        bare.close()


def daily(place: Path, size: int) -> Iterator[Result]:
    """What a day brings, on a register of a size."""
    path = register_of(place, size)
    words = f"{size:,} activities, {path.stat().st_size / 1e6:.0f} MB"
    with Register.open(path, writable=True) as register:
        yield _save(place, register, size, words)
        yield from _search(register, size, words)
        yield Result("load everything into a view", words, once(lambda: load_view(register)))
        if size <= 10_000:
            yield Result("verify", words, once(lambda: verify(register)))
            yield from _dump(place, register, words)


def _save(place: Path, register: Register, size: int, words: str) -> Result:
    numbers = iter(range(10_000))
    run = time.time_ns()  # a register kept from an earlier run must differ, too

    def save() -> None:
        number = next(numbers)
        record = register.get(f"A-{number % size + 1}")
        edit = Edit(record.id, "name", record["name"], f"Changed {number} {run}")
        register.apply([edit], label("set", ref=record.ref, fields=["name"]))

    copy = place / "bare-save.db"
    shutil.copyfile(register.path, copy)
    bare = sqlite3.connect(copy, isolation_level=None)
    bare_numbers = iter(range(10_000))

    def bare_save() -> None:
        number = next(bare_numbers)
        bare.execute(
            "UPDATE activity SET name = ? WHERE number = ?", (f"Bare {number}", number % size + 1)
        )

    seconds, baseline = median(save, 41), median(bare_save, 41)
    bare.close()
    copy.unlink()
    budget = "≤ 10 ms" if size == 10_000 else ""
    return Result("save one field, with its history", words, seconds, baseline, "UPDATE", budget)


def _search(register: Register, size: int, words: str) -> Iterator[Result]:
    search = Search(register)
    yield Result("read the word list (in the background)", words, once(search.refresh))
    low = search_row(KINDS["activity"], 0)
    budget = {10_000: "≤ 16 ms", 100_000: "≤ 50 ms"}.get(size, "")

    def first() -> None:
        for query in QUERIES:
            search.first(query, "activity", 50)

    def bare() -> None:
        for query in QUERIES:
            register.connection.execute(
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? LIMIT 50",
                (f'"{query}"*', low),
            ).fetchall()

    count = len(QUERIES)
    seconds, baseline = median(first, 9) / count, median(bare, 9) / count
    yield Result("search: keystroke to first page", words, seconds, baseline, "FTS5", budget)
    seconds = once(lambda: search.ids("avtale", "activity"))
    yield Result("search: the full count", words, seconds)


def _dump(place: Path, register: Register, words: str) -> Iterator[Result]:
    out, target = place / "bench.json", place / "loaded.ropa"
    yield Result("dump", words, once(lambda: dump(register, out)))
    target.unlink(missing_ok=True)
    yield Result("load that dump and prove it", words, once(lambda: load(out, target).close()))


def checks(place: Path) -> Iterator[Result]:
    """Checking everything, small and large, and after one edit."""
    for size, budget in ((200, "≤ 0.2 s"), (10_000, "≤ 5 s")):
        with Register.open(register_of(place, size)) as register:
            view = load_view(register)
        findings.run(view, [])
        counts = {kind: len(view.of(kind)) for kind in ("party", "transfer")}
        words = (
            f"{size:,} activities, {counts['party']:,} parties, {counts['transfer']:,} transfers"
        )
        yield Result("check everything", words, once(lambda v=view: findings.run(v)), budget=budget)
    record = view.of("activity")[0]
    seconds = median(lambda: findings.run(view, [record]), 21)
    yield Result("check after one edit", words, seconds, budget="≤ 50 ms")
