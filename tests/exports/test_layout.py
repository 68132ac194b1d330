"""Layouts: those that exist say what the authorities write; faulty ones are refused in words."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ropa_app.errors import UserError
from ropa_app.exports.expressions import expression
from ropa_app.exports.layout import WRITERS, Layout, language_for, layout, layouts, read_layout
from ropa_app.exports.write import export
from ropa_app.i18n import LANGUAGES
from ropa_app.paths import resources
from ropa_app.register.view import Head, View

DATA = Path(__file__).resolve().parents[1] / "data"
ALL = layouts()


def facts(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def stored(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        resources("layouts", f"{name}.json").read_text(encoding="utf-8")
    )
    return data


def identify(found: Layout) -> str:
    return found.id


def test_the_layouts_that_are_promised() -> None:
    names = {"ico-controller", "protokoll", "full", "record", "safeguards"}
    assert names <= {found.id for found in ALL}
    assert [found.id for found in ALL] == sorted(found.id for found in ALL)


@pytest.mark.parametrize("found", ALL, ids=identify)
def test_every_layout_says_where_it_comes_from(found: Layout) -> None:
    for language in LANGUAGES:
        assert found.title[language]
        assert found.about[language]
        assert found.source[language]
    assert found.confirmed in (True, False, "recalled", "second-hand")
    assert found.languages


@pytest.mark.parametrize("found", ALL, ids=identify)
def test_every_column_is_filled_by_something(found: Layout) -> None:
    for column in found.columns:
        assert callable(expression(column.fills))
        assert column.source
        assert column.confirmed in (True, False, "recalled", "second-hand")


def test_ico_headings_are_those_of_the_authority() -> None:
    expected = facts("ico_controller_headings.json")
    found = layout("ico-controller")
    titles = {group.id: group.title["en"] for group in found.groups}
    assert [c.heading["en"] for c in found.columns] == [fact["heading"] for fact in expected]
    assert [titles[c.group] for c in found.columns] == [fact["group"] for fact in expected]
    assert (found.group_row, found.heading_row) == (8, 9)


def test_protokoll_uses_the_terms_of_datatilsynet_and_does_not_claim_more() -> None:
    expected = facts("protokoll_terms.json")
    found = layout("protokoll")
    assert [c.heading["nb"].casefold() for c in found.columns] == expected["columns"]
    assert [b.title["nb"].casefold() for b in found.blocks] == expected["boxes"]
    assert found.confirmed is False
    assert "ikke en offisiell mal" in found.about["nb"]
    assert "not an official template" in found.about["en"]


def test_protokoll_holds_what_article_30_1_asks_for_and_no_more() -> None:
    for column in layout("protokoll").columns:
        assert column.article.startswith("30(1)(")
        assert column.obligatory == "yes"


def test_headings_nobody_here_compared_are_not_called_confirmed() -> None:
    found = layout("ico-controller")
    assert {found.confirmed, *(column.confirmed for column in found.columns)} == {"second-hand"}


def test_every_writer_a_layout_may_name_writes(tmp_path: Path) -> None:
    view = View([], date(2026, 11, 22), Head(0, "", ""), "r.ropa")
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    assert {found.writer for found in ALL} == set(WRITERS)
    for found in ALL:
        out = tmp_path / f"{found.id}.{WRITERS[found.writer]}"
        export(view, found.id, out, None, None, None, moment)
        start = {"pdf": b"%PDF", "xlsx": b"PK"}[WRITERS[found.writer]]
        assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["columns"][0].update(fills="activity.no_such_field"), "no_such_field"),
        (lambda d: d["columns"][0].update(fills="no_such_expression"), "no_such_expression"),
        (lambda d: d["columns"].append(copy.deepcopy(d["columns"][0])), "stands twice"),
        (lambda d: d["columns"][0].update(width="enormous"), "enormous"),
        (lambda d: d["columns"][0].update(obligatory="perhaps"), "perhaps"),
        (lambda d: d["columns"][0].update(group="no-such-group"), "no-such-group"),
        (lambda d: d["columns"][3].update(editable=True), "not one field"),
        (lambda d: d["columns"][0].pop("heading"), "heading"),
        (lambda d: d["blocks"][0]["rows"][0].update(fills="nothing.here"), "nothing.here"),
        (lambda d: d.update(writer="typewriter"), "typewriter"),
        (lambda d: d.update(writer="pdf"), "pdf"),
        (lambda d: d.update(confirmed="perhaps"), "perhaps"),
        (lambda d: d["columns"][0].update(confirmed="maybe"), "maybe"),
        (lambda d: d["columns"][0].update(empty={"nb": "Ingenting"}), "en"),
        (lambda d: d.update(row="planet"), "planet"),
        (lambda d: d.update(languages=["tlh"]), "tlh"),
        (lambda d: d.pop("source"), "source"),
    ],
)
def test_a_faulty_layout_is_refused_in_a_sentence(change: Any, said: str) -> None:
    data = stored("ico-controller")
    change(data)
    with pytest.raises(UserError, match=said):
        read_layout(data)


def test_an_unknown_layout_names_those_there_are() -> None:
    with pytest.raises(UserError, match="protokoll"):
        layout("no-such-layout")


@pytest.mark.parametrize(
    ("name", "asked", "default", "expected"),
    [
        ("protokoll", None, "en", "en"), ("protokoll", None, "nb", "nb"),
        ("protokoll", "nb", "en", "nb"), ("ico-controller", None, "nb", "en"),
    ],
)  # fmt: skip
def test_language(name: str, asked: str | None, default: str, expected: str) -> None:
    assert language_for(layout(name), asked, default) == expected


def test_a_language_the_authority_does_not_use_is_refused() -> None:
    with pytest.raises(UserError, match="en"):
        language_for(layout("ico-controller"), "nb", "nb")
