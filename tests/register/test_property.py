"""Whatever is done to a register, in whichever order: it proves whole, and nothing is lost."""

from __future__ import annotations

import base64
import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ropa_app import clock
from ropa_app.errors import UserError
from ropa_app.model.field import Field
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.record import Record
from ropa_app.model.state import AsTyped, NotApplicable, Open, Redacted, Value
from ropa_app.register.change import Create, Edit, label, new_id
from ropa_app.register.documents import attach_bytes
from ropa_app.register.dump import dump, load
from ropa_app.register.entry import set_deleted
from ropa_app.register.generate import Maker, generated
from ropa_app.register.loading import load_view
from ropa_app.register.merge import merge
from ropa_app.register.redact import redact
from ropa_app.register.sample import make_sample
from ropa_app.register.store import Register
from ropa_app.register.verify import verify
from ropa_app.register.view import View

NASTY = (
    "=1+1", "+47", "-1", "@SUM(A1)", "\tTab", "\rReturn", '"', '"quoted"', "{", "{}",
    '{"open":"x"}', "[", "[1]", "null", "0", "007", "1e5", "NaN", "\x00", "a\x00b",
    "\x0b\x1f\x7f", "\ud800", "x\udfffy", "\u202eevil\u202c", "שלום עליכם", "😀👩‍👩‍👧",
    "<b>&amp;<img src=x>", "'; DROP TABLE op; --", "%s {ref}", "Ærlig Øystein Ås\n\nny linje",
    "\ufeffbom", "é" * 3000, " ", "None", "\\u0000", "1000000000000000000",
)  # fmt: skip
NUMBERS = (0, 1, -1, 5, 10**18, -(10**18), 2**63 - 1)
TEXT = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
KIND = st.sampled_from([kind for kind in ALL_KINDS if kind.key != "register"])
SEED = st.integers(0, 2**32)
SOAK_EXAMPLES, SOAK_STEPS = 300, 60
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def without_redacted(view: View) -> dict[str, Any]:
    """The records of a view, each with what can still be compared after redactions."""
    return {
        identifier: (record.ref, record.deleted, record.merged_into, dict(record.values))
        for identifier, record in view.records.items()
    }


class Desk(RuleBasedStateMachine):
    """Does what a user can do, and remembers what every operation left."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ropa-property-"))
        self.moment = BEGIN
        self.states: dict[int, dict[str, Any]] = {}
        self.redacted: set[tuple[str, str]] = set()
        self.files = 0
        self.register = Register.create(self._path(), {"name": "Desk"}, now=self._now, who="desk")
        self._hurry()

    def _hurry(self) -> None:
        """Not wait for the disk: no power failure is tried here."""
        self.register.connection.execute("PRAGMA synchronous = OFF")

    def _now(self) -> datetime:
        self.moment += timedelta(seconds=7)
        return self.moment

    def _path(self) -> Path:
        self.files += 1
        return self.folder / f"register {self.files}.ropa"

    def _remember(self) -> None:
        self.states[self.register.head().operation] = without_redacted(load_view(self.register))

    def _records(self, live: bool | None = None) -> list[Record]:
        found = [
            r for kind in ALL_KINDS if kind.key != "register" for r in self.register.records(kind)
        ]
        return [r for r in found if live is None or live != bool(r.deleted)]

    def _pick(self, number: int, live: bool | None = None) -> Record | None:
        found = self._records(live)
        return found[number % len(found)] if found else None

    def _value(self, field: Field, record: Record, seed: int, text: str) -> Value:
        source = random.Random(seed)
        state = source.randrange(6)
        if state < 3:
            return (Open, NotApplicable, AsTyped)[state](text)
        if state == 3:
            return None
        if field.is_text:
            return text
        if field.kind == "texts":
            return [text, f"{text}2"]
        if field.kind == "number":
            return source.choice(NUMBERS)
        maker = Maker(seed, full=0.2)
        for other in self._records():
            maker.ids[other.kind_key].append(other.id)
        if field.kind == "file":
            return record[field.key]
        value = maker.value(field, dict(record.values))
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value[0] |= {c.key: text for c in field.columns if c.is_text}
        return value

    @initialize()
    def begin(self) -> None:
        """Two of the kinds that link most, so that every rule has something to work on."""
        self._remember()
        for number, kind in enumerate(("party", "party", "document", "agreement"), 1):
            self.add(KINDS[kind], number, f"{kind} {number}")

    @rule(kind=KIND, seed=SEED, text=TEXT)
    def add(self, kind: Any, seed: int, text: str) -> None:
        maker = Maker(seed, full=0.2)
        for other in self._records():
            maker.ids[other.kind_key].append(other.id)
        values = maker.values(kind, 1) | {"name": text}
        self.register.apply([Create(kind.key, new_id(), values)], label("add", kind=kind.key))
        self._remember()

    @rule(number=SEED, field=SEED, seed=SEED, text=TEXT)
    def set(self, number: int, field: int, seed: int, text: str) -> None:
        record = self._pick(number)
        if record is None:
            return
        chosen = record.kind.fields[field % len(record.kind.fields)]
        new = self._value(chosen, record, seed, text)
        edit = Edit(record.id, chosen.key, record[chosen.key], new)
        self.register.apply([edit], label("set", ref=record.ref, fields=[chosen.key]))
        assert self.register.find_exact(record.id)[chosen.key] == new  # type: ignore[index]
        self._remember()

    @rule(number=SEED)
    def delete(self, number: int) -> None:
        record = self._pick(number, live=True)
        if record:
            set_deleted(self.register, record.id, True, clock.stamp(self._now()))
            self._remember()

    @rule(number=SEED)
    def restore_record(self, number: int) -> None:
        record = self._pick(number, live=False)
        if record:
            set_deleted(self.register, record.id, False, clock.stamp(self._now()))
            self._remember()

    @rule(one=SEED, two=SEED)
    def merge(self, one: int, two: int) -> None:
        kept = self._pick(one, live=True)
        others = [r for r in self._records(live=True) if kept and r.kind_key == kept.kind_key]
        if kept and len(others) > 1:
            other = others[two % len(others)]
            if other.id != kept.id:
                merge(self.register, kept.id, other.id, clock.stamp(self._now()))
                assert self.register.get(other.ref).id == kept.id
                self._remember()

    @rule(number=SEED, content=st.binary(max_size=60), name=st.sampled_from(("a.pdf", "=æ\ud800")))
    def attach(self, number: int, content: bytes, name: str) -> None:
        record = self._pick(number, live=True)
        if record and (record.kind_key == "document" or record.kind.has("documents")):
            attach_bytes(self.register, record.id, name, content)
            self._remember()

    @rule()
    def undo(self) -> None:
        if self.register.next_undo():
            target = self.register.undo().seq
            self._remember()
            assert self._live() == self._live_then(target - 1)

    @rule()
    def redo(self) -> None:
        if self.register.next_redo():
            target = self.register.redo().seq
            self._remember()
            assert self._live() == self._live_then(target - 1)

    @precondition(lambda self: self.register.head().operation % 5 == 0)  # it stands in undo's way
    @rule(number=SEED, field=SEED)
    def redact(self, number: int, field: int) -> None:
        record = self._pick(number)
        if record is None:
            return
        held = [f.key for f in record.kind.fields if record[f.key] is not None]
        if held:
            key = held[field % len(held)]
            redact(self.register, record.ref, key)
            self.redacted.add((record.id, key))
            self._remember()

    @rule()
    def dump_and_load(self) -> None:
        one, two = self.folder / "one.json", self.folder / "two.json"
        dump(self.register, one)
        with load(one, self._path(), now=self._now) as again:
            dump(again, two)
            loaded = again.path
        assert one.read_bytes() == two.read_bytes()
        self.register.close()
        self.register = Register.open(loaded, writable=True, now=self._now, who="desk")
        self._hurry()

    @precondition(lambda self: self.register.head().operation % 3 == 0)
    @rule()
    def verify(self) -> None:
        assert verify(self.register) == []

    def _live(self) -> dict[str, Any]:
        """The live records now, by id, without fields that were ever redacted."""
        return self._comparable(without_redacted(load_view(self.register)), live=True)

    def _live_then(self, operation: int) -> dict[str, Any]:
        return self._comparable(self.states[operation], live=True)

    def _comparable(self, state: dict[str, Any], live: bool) -> dict[str, Any]:
        return {
            identifier: (ref, deleted, merged, {
                k: v for k, v in values.items() if (identifier, k) not in self.redacted
            })
            for identifier, (ref, deleted, merged, values) in state.items()
            if not (live and deleted)
        }  # fmt: skip

    def teardown(self) -> None:
        try:
            self._prove()
        finally:
            self.register.close()
            shutil.rmtree(self.folder)

    def _prove(self) -> None:
        assert verify(self.register) == []
        for operation, state in self.states.items():
            at = self.register.operation(operation).at
            view = without_redacted(load_view(self.register, at))
            assert self._comparable(view, live=False) == self._comparable(state, live=False)
            for identifier, key in self.redacted:
                value = view.get(identifier, ("", None, None, {}))[3].get(key)
                later = max(self._redactions(identifier, key))
                assert value is None or operation >= later or isinstance(value, Redacted)
        barrier = max(
            (op.seq for op in self.register.operations() if op.kind in ("redact", "new")), default=1
        )
        while self.register.next_undo():
            self.register.undo()
        assert self._live() == self._live_then(barrier)
        assert verify(self.register) == []

    def _redactions(self, identifier: str, key: str) -> list[int]:
        found = self.register.find_exact(identifier)
        assert found is not None
        wanted = label("redact", ref=found.ref, fields=[key])
        return [op.seq for op in self.register.operations() if op.label == wanted]


def work(profile: str, examples: int, steps: int) -> None:
    chosen = settings(
        settings.get_profile(profile), max_examples=examples, stateful_step_count=steps
    )
    run_state_machine_as_test(Desk, settings=chosen)  # type: ignore[no-untyped-call]


def test_whatever_is_done_the_register_is_whole() -> None:
    work("suite", examples=40, steps=40)


@pytest.mark.soak
def test_whatever_is_done_for_long(note: Callable[[str, str], None]) -> None:
    work("soak", examples=SOAK_EXAMPLES, steps=SOAK_STEPS)
    note(
        "Random work",
        f"{datetime.now(UTC):%Y-%m-%d}: {SOAK_EXAMPLES} registers, each with up to {SOAK_STEPS} "
        "random steps (add, set in every state with awkward text, delete, restore, merge, attach, "
        "undo, redo, redact, dump and load). After each: `ropa verify` clean, every earlier "
        "operation seen as at its moment as it was then, everything undone to where it began.",
    )


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_text_comes_back_as_it_went_in(register: Register, text: str) -> None:
    for state in (str, Open, NotApplicable, AsTyped):
        record = register.get("O-001")
        value = state(text)
        register.apply([Edit(record.id, "note", record["note"], value)], label("set"))
        assert register.get("O-001")["note"] == value
    assert verify(register) == []


# Dump and load


def round_trip(register: Register, folder: Path) -> bytes:
    one, two = folder / "one.json", folder / "two.json"
    dump(register, one)
    with load(one, folder / "loaded.ropa") as again:
        assert verify(again) == []
        dump(again, two)
    assert one.read_bytes() == two.read_bytes()
    return one.read_bytes()


@pytest.mark.parametrize("name", ["smartgroup", "nordlys"])
def test_a_sample_goes_through_a_dump_unchanged(name: str, tmp_path: Path) -> None:
    with make_sample(name, tmp_path / "sample.ropa") as register:
        assert verify(register) == []
        round_trip(register, tmp_path)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_generated_register_goes_through_a_dump_unchanged(seed: int, tmp_path: Path) -> None:
    with generated(tmp_path / "generated.ropa", 10, seed) as register:
        assert verify(register) == []
        round_trip(register, tmp_path)


def test_undo_still_works_after_loading(rich: Register, tmp_path: Path) -> None:
    dump(rich, tmp_path / "one.json")
    with load(tmp_path / "one.json", tmp_path / "again.ropa") as again:
        again.redo()
        assert again.get("S-001")["location"] == "Bergen"
        again.undo()
        again.undo()
        assert again.get("S-001")["location"] is None
        assert verify(again) == []


def test_a_dump_holds_everything(rich: Register, tmp_path: Path, secret: str) -> None:
    text = round_trip(rich, tmp_path).decode("utf-8")
    assert base64.b64encode(b"A short agreement.\n" * 20).decode() in text
    assert '"deleted":"2' in text
    assert '"merged_into":"' in text
    assert secret not in text


# What a person may have done to a dump: each is refused in one sentence, and leaves no file.
SPOILT: dict[str, Callable[[str], str]] = {
    "a value": lambda text: text.replace("First party", "Firzt party", 1),
    "a logged value": lambda text: text.replace("First party", "Firzt party"),
    "a record is missing": lambda text: text.replace('{"kind":"party"', '{"kind":"measure"', 1),
    "an unknown kind": lambda text: text.replace('{"kind":"party"', '{"kind":"pirate"', 1),
    "an unknown field": lambda text: text.replace('"country":', '"shoe_size":', 1),
    "a section is missing": lambda text: text.replace('"documents":', '"dokumenter":', 1),
    "a newer version": lambda text: text.replace('"schema":1', '"schema":99', 1),
    "not JSON": lambda text: text[: len(text) // 2],
    "another JSON": lambda text: "[]",
    "records is no list": lambda text: '{"format":"ropa-dump","version":1,"schema":1,"records":5}',
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_dump_is_refused(rich: Register, tmp_path: Path, name: str) -> None:
    source, target = tmp_path / "dump.json", tmp_path / "target.ropa"
    dump(rich, source)
    text = source.read_text("utf-8")
    spoilt = SPOILT[name](text)
    assert spoilt != text
    source.write_text(spoilt, "utf-8")
    with pytest.raises(UserError) as caught:
        load(source, target)
    assert "\n" not in str(caught.value)
    assert not target.exists()


def test_loading_overwrites_nothing(rich: Register, tmp_path: Path) -> None:
    dump(rich, tmp_path / "dump.json")
    with pytest.raises(UserError, match="exists already"):
        load(tmp_path / "dump.json", rich.path)
    assert verify(rich) == []
