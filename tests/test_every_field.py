"""Every field of every kind, in each of its five states, is found again wherever one looks.

A marker is put into the field and looked for in the `full` workbook, in `dump`, in `show` (as
text and as JSON) and by `list --search`. All fields of a batch lie in one register.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ropa_app.model.countries import countries
from ropa_app.model.field import Field, RecordKind, walk
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register import entry
from ropa_app.register.change import label
from ropa_app.register.store import Register

STATES = {"open": "open", "not applicable": "not_applicable", "as typed": "as_typed"}
CASES = [(kind, path) for kind in ALL_KINDS for path, _field in walk(kind.fields)]
NUMBERS = {f"{kind.key}.{path}": n for n, (kind, path) in enumerate(CASES)}
COUNTRIES = [(code, name) for code, name in countries("en") if name.isalpha()]
# Texts that are checked when they are entered: typed, and what to look for.
# Fields that take none but known words.
KNOWN_WORDS = {
    "time_zone": ("Pacific/Chatham", "Chatham"), "vocabulary": ("sector", "sector"),
    "reference_overlay.row": ("eu-eea-AT", "eu-eea-AT"), "reference_overlay.regime": ("eu", "eu"),
    "reference_overlay.standing": ("adequate", "adequate"),
}  # fmt: skip
FIELDS_SHEET = "Fields"


@dataclass
class Put:
    """What goes into a field, the words it must be found by, and how JSON holds it.

    `held` is a function of what the records are called by their key: ids in a dump, references
    in `show`. `records` are those the field names.
    """

    typed: Any
    said: str
    held: Callable[[dict[str, str]], Any]
    records: list[dict[str, Any]] = field(default_factory=list)


def plain(typed: Any, said: str) -> Put:
    return Put(typed, said, lambda names: typed)


class Markers:
    """Values that occur nowhere else in the register, one for each field of a kind."""

    def __init__(self, kind: RecordKind) -> None:
        self.kind = kind

    def value(self, path: str, declared: Field) -> Put:
        """A value for a field other than lines and period."""
        number = NUMBERS[f"{self.kind.key}.{path}"]
        marker = f"Zq{number:04}v"
        if path in KNOWN_WORDS:
            return plain(*KNOWN_WORDS[path])
        if declared.choices:
            return plain(declared.choices[-1], declared.choices[-1])
        if declared.limits:
            return plain(declared.limits[1] - number, str(declared.limits[1] - number))
        match declared.kind:
            case "text" | "long_text" | "texts":
                return plain(marker, marker)
            case "email":
                return plain(f"{marker}@example.com", marker)
            case "phone":
                return plain(f"+47 7000{number:04}", f"+47 7000{number:04}")
            case "url":
                return plain(f"https://example.com/{marker}", marker)
            case "organisation_number":
                return plain(f"EX {marker}", marker)
            case "number":
                return plain(70000 + number, str(70000 + number))
            case "date":
                day = date(2100, 1, 1) + timedelta(days=number)
                said = f"{day.day} {day:%b} {day.year}"
                return plain(day.isoformat(), said)
            case "country" | "countries":
                code, name = COUNTRIES[number % len(COUNTRIES)]
                return Put(name, name, lambda names: code)
            case "link" | "links":
                return self._other(path, declared.links_to[-1], {"name": marker}, marker)
            case "term" | "terms" if vocabulary(declared.vocabulary).closed:
                terms = list(vocabulary(declared.vocabulary).terms.values())
                chosen = terms[number % len(terms)]
                said = chosen.labels["en"]
                return Put(said, said, lambda names: chosen.id)
            case "term" | "terms":
                own = {"name": marker, "vocabulary": declared.vocabulary}
                return self._other(path, "term", own, marker)
            case "line_links":
                key = declared.lines_of
                column = self.kind.field(key).columns[0]
                return plain(f"of-{key}", self.value(f"{key}.{column.key}", column).said)
            case "file":
                return Put(None, f"{marker}.txt", lambda names: f"{marker}.txt")
        raise AssertionError(f"no marker for the kind {declared.kind}")

    def _other(self, path: str, kind: str, fields: dict[str, Any], said: str) -> Put:
        """A further record that the field names."""
        key = f"{self.kind.key}.{path}"
        other = {"kind": kind, "key": key, "fields": fields}
        return Put(key, said, lambda names: names[key], [other])

    def put(self, path: str, declared: Field) -> Put:
        """The value of any field; of lines and a period that of a column says it is there."""
        if not declared.columns:
            return self.value(path, declared)
        columns = {c.key: self.put(f"{path}.{c.key}", c) for c in declared.columns}
        typed = {key: put.typed for key, put in columns.items()}
        records = [record for put in columns.values() for record in put.records]
        best = columns.get("condition") or next(iter(columns.values()))

        def held(names: dict[str, str]) -> dict[str, Any]:
            single = {key: put.held(names) for key, put in columns.items()}
            return {c.key: [single[c.key]] if c.many else single[c.key] for c in declared.columns}

        if declared.kind == "period":
            return Put(typed, best.said, held, records)
        name = {"id": f"of-{declared.key}"}
        return Put([name | typed], best.said, lambda names: name | held(names), records)


def full_record(kind: RecordKind) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Every field of a record with its value, and the records these name."""
    puts = {f.key: Markers(kind).put(f.key, f) for f in kind.fields}
    typed = {key: put.typed for key, put in puts.items() if put.typed is not None}
    return typed, [record for put in puts.values() for record in put.records]


def marker_of(kind: RecordKind, path: str, state: str) -> str:
    return f"Zq{NUMBERS[f'{kind.key}.{path}']:04}{state[0]}"


def in_state(kind: RecordKind, state: str) -> dict[str, Any]:
    """Every field of a record in a state other than a value."""
    return {f.key: {STATES[state]: marker_of(kind, f.key, state)} for f in kind.fields}


def columns_in_state(kind: RecordKind, state: str) -> dict[str, Any]:
    """Every column of every small table and period in that state."""
    typed: dict[str, Any] = {}
    for declared in kind.fields:
        here = [
            _columns(kind, path, below, state) for path, below in walk((declared,)) if below.columns
        ]
        if declared.kind == "period":
            typed[declared.key] = here[0]
        elif here:
            inner = [f.key for f in declared.columns if f.columns]
            nested = [{key: columns} for key, columns in zip(inner, here[1:], strict=True)]
            typed[declared.key] = [here[0], *nested]
    return typed


def _columns(kind: RecordKind, path: str, declared: Field, state: str) -> dict[str, Any]:
    return {
        c.key: {STATES[state]: marker_of(kind, f"{path}.{c.key}", state)} for c in declared.columns
    }


def empty_lines(kind: RecordKind) -> dict[str, Any]:
    return {f.key: [{}] for f in kind.fields if f.kind == "lines"}


def record_for(kind: RecordKind, state: str, columns: bool) -> dict[str, Any]:
    if state == "nothing":
        return empty_lines(kind) if columns else {}
    return columns_in_state(kind, state) if columns else in_state(kind, state)


@dataclass
class Batch:
    """A register with one record of each kind under test, and everything that shows it."""

    path: Path
    refs: dict[str, str]
    names: tuple[dict[str, str], dict[str, str]]
    dump: dict[str, dict[str, Any]]
    cells: dict[tuple[str, str], Any]
    shown: dict[str, dict[str, Any]]
    text: dict[str, str]


def build(folder: Path, state: str, columns: bool, cli: Callable[..., Any]) -> Batch:
    path = folder / "batch.ropa"
    items: list[dict[str, Any]] = []
    values: dict[str, dict[str, Any]] = {}
    for kind in ALL_KINDS:
        typed, others = full_record(kind)
        values[kind.key] = typed if state == "value" else record_for(kind, state, columns)
        items += others
        if state == "nothing" and kind.key != "register":
            items.append({"kind": kind.key, "key": f"full {kind.key}", "fields": typed})
        if kind.key != "register":
            items.append({"kind": kind.key, "key": kind.key, "fields": values[kind.key]})
    keys: dict[str, tuple[str, str]] = {}
    with Register.create(path, {"name": "Settings"}, who="tester") as register:
        changes = entry.creations(register, items, keys)
        register.apply(changes, label("add", kind="activity", count=len(changes)))
        settings = register.get("REG-001")
        keys["register"] = ("register", settings.id)
        fields = {"name": None} | values["register"]
        register.apply(entry.edits(register, settings, fields, keys), label("set", ref="REG-001"))
        ids = {key: identifier for key, (_kind, identifier) in keys.items()}
        refs = {key: register.get(identifier).ref for key, identifier in ids.items()}
    if state == "value":
        _attach(path, refs, cli)
    return Batch(path, refs, (ids, refs), *_look(folder, path, refs, cli))


def _attach(path: Path, refs: dict[str, str], cli: Callable[..., Any]) -> None:
    """Files come by a command of their own."""
    for kind in ALL_KINDS:
        for declared in kind.fields:
            if declared.kind == "file":
                file = path.with_name(Markers(kind).value(declared.key, declared).said)
                file.write_text("content", "utf-8")
                said(cli, "attach", path, refs[kind.key], file)


def said(cli: Callable[..., Any], *arguments: object) -> str:
    answer = cli(*arguments)
    assert answer.status == 0, answer.err
    text: str = answer.out
    return text


def _look(
    folder: Path, path: Path, refs: dict[str, str], cli: Callable[..., Any]
) -> tuple[Any, Any, Any, Any]:
    """What stands in the dump, in the workbook, and in both answers of `show`."""
    said(cli, "dump", path, "--out", folder / "dump.json")
    said(cli, "export", path, "full", "--out", folder / "full.xlsx", "--lang", "en")
    dumped = json.loads((folder / "dump.json").read_text("utf-8"))
    by_ref = {record["ref"]: record["fields"] for record in dumped["records"]}
    shown = {k: json.loads(said(cli, "show", path, refs[k], "--json")) for k in KINDS}
    text = {kind: said(cli, "show", path, refs[kind]) for kind in KINDS}
    return by_ref, dict(_cells(folder / "full.xlsx", refs)), shown, text


def _cells(file: Path, refs: dict[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Kind and path of every field with its cell, as the sheet that lists the fields says."""
    from openpyxl import load_workbook
    from openpyxl.utils import column_index_from_string

    book = load_workbook(file, read_only=True)
    kinds = {kind.label: kind for kind in ALL_KINDS}
    rows: dict[str, list[Any]] = {
        sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets
    }
    book.close()
    for kind_label, _label, path, sheet, column, *_rest in rows[FIELDS_SHEET][1:]:
        if kind_label is None:
            continue
        kind = kinds[kind_label]
        mine = [row for row in rows[sheet] if str(row[0]).split(",", 1)[0] == refs[kind.key]]
        assert mine, f"{refs[kind.key]} is not in the sheet {sheet}"
        number = column_index_from_string(column) - 1
        yield (kind.key, path), "".join(row[number] or "" for row in mine)


BUILT: dict[tuple[str, bool], Batch] = {}


@pytest.fixture
def batch(
    kind: RecordKind, path: str, state: str,
    tmp_path_factory: pytest.TempPathFactory, cli: Callable[..., Any],
) -> Batch:  # fmt: skip
    """The register for a state; a field inside a small table needs one in which that stands."""
    wanted = state, "." in path and state != "value"
    if wanted not in BUILT:
        BUILT[wanted] = build(tmp_path_factory.mktemp("batch"), *wanted, cli)
    return BUILT[wanted]


def found_at(fields: Any, path: str) -> list[Any]:
    """Everything that stands at a path, lists gone through item by item."""
    if isinstance(fields, list):
        return [found for item in fields for found in found_at(item, path)]
    if not path:
        return [fields]
    key, _dot, rest = path.partition(".")
    return found_at(fields[key], rest) if isinstance(fields, dict) and key in fields else []


def searched(batch: Batch, kind: RecordKind, text: str, cli: Callable[..., Any]) -> list[str]:
    """The references that `ropa list --search` gives."""
    out = said(cli, "list", batch.path, kind.key, "--search", text, "--json")
    return [record["ref"] for record in json.loads(out)]


@pytest.mark.parametrize("state", ["value", *STATES, "nothing"])
@pytest.mark.parametrize(
    ("kind", "path"), CASES, ids=[f"{kind.key}.{path}" for kind, path in CASES]
)
def test_every_field_is_found_again(
    kind: RecordKind, path: str, state: str, batch: Batch, cli: Callable[..., Any]
) -> None:
    ref, top = batch.refs[kind.key], path.partition(".")[0]
    put = Markers(kind).put(path, dict(walk(kind.fields))[path])
    dumped = found_at(batch.dump[ref], path)
    shown = found_at(batch.shown[kind.key]["fields"], path)
    in_words = batch.shown[kind.key]["words"].get(top, "")
    cell, text = batch.cells[kind.key, path], batch.text[kind.key]
    if state == "nothing":
        said_of_it = f"  {kind.field(top).label}:"
        assert dumped == shown == []
        assert in_words == ""
        # Of a line of a small table it is said column by column what the law misses in it.
        parts = cell.replace("\n", " · ").split(" · ")
        assert {part.rpartition(": ")[2] for part in parts} <= {"", "not stated"}
        assert {line.strip() for line in text.split("\n") if line.startswith(said_of_it)} <= {
            said_of_it.strip()
        }
        assert ref not in searched(batch, kind, put.said, cli)
        return
    if state == "value":
        marker = put.said
        ids, names = batch.names
        assert put.held(ids) in (found_names(dumped) if put.typed is None else dumped)
        assert put.held(names) in (found_names(shown) if put.typed is None else shown)
    else:
        marker = marker_of(kind, path, state)
        assert {STATES[state]: marker} in dumped
        assert {STATES[state]: marker} in shown
    # A term within a sentence begins with a small letter.
    places = {"cell": cell, "words": in_words, "text": text}
    assert [name for name in places if marker.casefold() not in places[name].casefold()] == []
    assert ref in searched(batch, kind, marker, cli)


def found_names(files: list[dict[str, Any]]) -> list[str]:
    """The names of files; their digests and sizes say nothing to a reader."""
    return [file["name"] for file in files]


def test_no_marker_stands_inside_another() -> None:
    markers = sorted(marker_of(kind, path, "value") for kind, path in CASES)
    assert all(not after.startswith(before) for before, after in pairwise(markers))
