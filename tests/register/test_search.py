"""Search finds what is stored, typed as it is stored, in every script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa_app.model.kinds import KINDS
from ropa_app.register.change import Create, label, new_id
from ropa_app.register.entry import add, set_fields
from ropa_app.register.search import Search, WordList, words_of
from ropa_app.register.store import Register
from ropa_app.register.upkeep import renew_derived
from ropa_app.register.verify import verify

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))


@pytest.mark.parametrize(
    "name",
    ["Straße", "край", "Россий", "한국", "Σίσυφος", "ØRSTED", "Ångström", "naïve", "I\u0307zmir"],
)
def test_a_name_is_found_as_it_is_stored(register: Register, name: str) -> None:
    (made,) = add(register, KINDS["party"], {"name": f"{name} AS"})
    search = Search(register)
    for text in (name, name[: len(name) // 2 + 1], f"as {name}"):
        assert search.ids(text, "party") == [made.number]
        assert search.first(text, "party", 10) == [made.number]


@pytest.mark.parametrize(
    "text", ["999615147", "999 615 147", "615147", "+4764959444", "64959444", "+47 649 59 444"]
)
def test_a_number_is_found_however_it_is_grouped(register: Register, text: str) -> None:
    numbers = {"organisation_number": "999615147", "phone": "+47 649 59 444"}
    (made, _other) = add(register, KINDS["party"], [{"name": "Ours"} | numbers, {"name": "Other"}])
    assert Search(register).ids(text, "party") == [made.number]


def test_every_word_of_any_title_finds_its_record(register: Register) -> None:
    @given(st.text(LETTERS | st.just(" "), min_size=1, max_size=30))
    def holds(title: str) -> None:
        identifier = new_id()
        register.apply([Create("party", identifier, {"name": title})], label("add"))
        number = register.get(identifier).number
        search = Search(register)
        for word in [w for w in re.split(r"\s+", title) if words_of(w)]:
            assert number in search.ids(word, "party"), word
            assert number in search.first(word, "party", 1 << 20), word

    holds()


def test_a_part_of_very_many_words_finds_all_of_them(register: Register) -> None:
    names = [f"Data{n:03}behandler" for n in range(450)]
    made = add(register, KINDS["party"], [{"name": name} for name in names])
    linked: Any = {"name": "Lager", "recipients": [{"party": made[-1].id}]}
    (activity,) = add(register, KINDS["activity"], linked)
    search = Search(register)
    numbers = [record.number for record in made]
    assert search.ids("behandler", "party") == numbers
    assert search.ids("behandler data449", "party") == numbers[-1:]
    assert search.first("behandler", "party", 1000) == numbers
    assert search.first("behandler", "party", 7) == numbers[:7]
    assert search.ids("behandler", "activity") == [activity.number]
    assert search.ids("behandler tulleord", "party") == []


def test_a_part_is_found_inside_words_but_not_at_their_beginning() -> None:
    words = WordList("behandler\ndatabehandler\nforbehandlerne\nandre")
    assert words.around("behandler") == ["databehandler", "forbehandlerne"]
    assert words.around("andre") == []
    words.add(["underdatabehandler", "behandlere", "databehandler"])
    assert sorted(words.around("behandler")) == [
        "databehandler", "forbehandlerne", "underdatabehandler",
    ]  # fmt: skip


def test_what_is_learned_while_the_words_are_read_is_not_forgotten(register: Register) -> None:
    search = Search(register, WordList())
    read = WordList.read(register.connection)
    (made,) = add(register, KINDS["party"], {"name": "Zyxbehandler AS"})
    assert search.ids("behandler", "party") == []
    search.learn([register.get(made.ref)])
    assert search.ids("behandler", "party") == [made.number]
    search.take(read)
    assert search.ids("behandler", "party") == [made.number]


def test_all_words_are_read_however_many(register: Register) -> None:
    names = [f"ord{n:05}slutt" for n in range(6000)]
    parts = [" ".join(names[start : start + 100]) for start in range(0, len(names), 100)]
    add(register, KINDS["party"], [{"name": part} for part in parts])
    assert WordList.read(register.connection).around("slutt") == names


def test_search_words_of_another_version_are_made_anew_once(
    register_path: Path, outside: Callable[..., None]
) -> None:
    outside("UPDATE derived_from SET words = 'of another version'")
    outside("DELETE FROM search")
    with Register.open(register_path, writable=True) as register:
        log = register.head()
        assert Search(register).ids("Prøve", "organisation") == []
        assert renew_derived(register) is True
        assert Search(register).ids("Prøve", "organisation") != []
        assert renew_derived(register) is False
        assert register.head() == log


def test_others_read_and_write_while_search_words_are_made_anew(
    register_path: Path, outside: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register.open(register_path, writable=True) as register:
        register.apply(
            [Create("party", new_id(), {"name": f"Vendor {n}"}) for n in range(250)], label("add")
        )
    outside("UPDATE derived_from SET words = 'of another version'")
    edited: list[str] = []

    def another_writes(_seconds: float) -> None:
        with Register.open(register_path, writable=True, patience=0) as other:
            assert Search(other).ids("Vendor 249", "party")
            edited.append(f"Renamed {len(edited)}")
            set_fields(other, "P-001", {"name": edited[-1]})

    monkeypatch.setattr("ropa_app.register.upkeep.time.sleep", another_writes)
    with Register.open(register_path, writable=True) as register:
        assert renew_derived(register) is True
        assert len(edited) >= 2
        assert len(Search(register).ids(edited[-1], "party")) == 1
        assert len(Search(register).ids("Vendor", "party")) == 249
        assert renew_derived(register) is False
        assert verify(register) == []
    with Register.open(register_path) as register:
        assert verify(register) == []
