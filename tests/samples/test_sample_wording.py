"""What the samples print reads as finished: whole questions, no notes to self, no stutter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ropa_app.paths import resources

SAMPLES = {
    name: json.loads(resources("samples", f"{name}.json").read_text(encoding="utf-8"))
    for name in ("smartgroup", "nordlys")
}
LABELS = {
    "lia": "balancing test",
    "dpia": "impact assessment",
    "tia": "transfer assessment",
    "tra": "transfer risk assessment",
    "appropriate-policy-document": "appropriate policy document",
    "impact-assessment": "impact assessment",
    "transfer-assessment": "transfer assessment",
}
each_sample = pytest.mark.parametrize("name", SAMPLES)


def items(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and fields of everything a step adds or sets."""
    for step in SAMPLES[name]["steps"]:
        for item in (*step.get("add", ()), *step.get("set", ())):
            yield item.get("key") or item["record"], item["fields"]


def texts(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text with the keys that lead to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, (*path, key))
    elif isinstance(data, list):
        for value in data:
            yield from texts(value, path)
    elif isinstance(data, str):
        yield path, data


def all_texts(name: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for key, fields in items(name):
        for path, text in texts(fields):
            yield key, path, text


@each_sample
def test_open_points_end_as_questions(name: str) -> None:
    asked = [text for _, path, text in all_texts(name) if path[-1] == "open"]
    assert asked
    assert not [text for text in asked if not re.fullmatch(r"[^?]+[^?.\s]\?", text)]


@each_sample
def test_only_a_note_may_say_that_something_is_to_be_confirmed(name: str) -> None:
    unsure = re.compile(r"\(confirm|[;,] confirm\b|to be confirmed|from memory", re.IGNORECASE)
    found = [
        (key, path, text)
        for key, path, text in all_texts(name)
        if unsure.search(text) and path[0] != "note"
    ]
    assert not found


@each_sample
def test_a_name_does_not_begin_with_the_label_it_is_printed_beside(name: str) -> None:
    named = {
        key: (fields["name"], LABELS[fields["kind"]])
        for key, fields in items(name)
        if "name" in fields and fields.get("kind") in LABELS
    }
    assert not {k: pair for k, pair in named.items() if pair[0].lower().startswith(pair[1])}


@each_sample
def test_every_purpose_is_served_by_data(name: str) -> None:
    for key, fields in items(name):
        if not (isinstance(fields.get("purposes"), list) and isinstance(fields.get("data"), list)):
            continue
        lines = [line.get("purposes") for line in fields["data"]]
        if all(isinstance(line, list) for line in lines):
            served = {purpose for line in lines for purpose in line}
            assert {line["id"] for line in fields["purposes"]} == served, key


def test_the_complete_register_says_of_all_data_whether_they_are_special_or_criminal() -> None:
    lines = [line for _, fields in items("nordlys") for line in fields.get("data", ())]
    assert len(lines) > 40
    assert all({"special", "criminal"} <= set(line) for line in lines)


def test_authorities_stand_under_the_rules_they_supervise() -> None:
    lines = next(f for key, f in items("nordlys") if key == "nordlys")["supervisory_authorities"]
    assert [(line["regime"], line["authority"]) for line in lines] == [
        ("eu", "Datatilsynet"),
        ("uk", "Information Commissioner's Office (ICO)"),
    ]
