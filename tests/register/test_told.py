"""What an operation did, in words: also where its label says only that it is of a sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa_app.i18n import LANGUAGES
from ropa_app.register.change import Change, Create, Edit, label, new_id
from ropa_app.register.live import LiveView
from ropa_app.register.sample import make_sample, sample_names
from ropa_app.register.store import Register
from ropa_app.register.told import told_words


def told(register: Register, language: str = "en") -> str:
    view = LiveView(register)
    newest = register.operation(register.head().operation)
    return told_words(register, newest, view, view.words(language))


def do(register: Register, *changes: Change) -> str:
    register.apply(changes, label("sample", count=33))
    return told(register)


def party(name: str, kind: str = "party") -> Create:
    return Create(kind, new_id(), {"name": name})


def test_a_step_of_a_sample_is_told_by_what_it_changed(register: Register) -> None:
    first, second = party("One"), party("Two")
    assert do(register, first, second) == "Added 2 processors and recipients"
    assert do(register, party("Three"), party("Mail", "system")) == "Added 2 records"
    one = register.by_id(first.id)
    assert do(register, Edit(first.id, "address", None, "x")) == (
        f"Changed “Address” of {one.ref} One"
    )
    several = [Edit(each.id, "email", None, "a@b.example") for each in (first, second)]
    assert do(register, *several) == "Changed “E-mail” of 2 processors and recipients"
    whole = [Edit(second.id, key, None, "x") for key in ("address", "phone", "note", "source")]
    assert do(register, *whole) == f"Changed {register.by_id(second.id).ref} Two"
    gone = Edit(first.id, "deleted", None, "2026-11-24T09:00:00+00:00")
    assert do(register, gone).startswith(f"Deleted {one.ref}")
    register.undo()
    assert told(register) == f"Undone: Deleted {one.ref} One"
    register.redo()
    assert told(register).startswith(f"Done again: Deleted {one.ref}")


@pytest.mark.parametrize("sample", sample_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_sample_is_told_as_a_step(
    tmp_path: Path, sample: str, language: str
) -> None:
    with make_sample(sample, tmp_path / "s.ropa") as register:
        view = LiveView(register)
        words = view.words(language)
        said = [told_words(register, each, view, words) for each in register.operations()]
    assert all(text and "{" not in text for text in said)
    assert not [text for text in said if words.say("Part of the sample") in text]
