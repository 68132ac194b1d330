"""State of the register: completeness, agreements and transfers, each a figure and a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.languages import number
from ropa_ui.models.mechanism_words import full_mechanism, short_mechanism
from ropa_ui.models.session import Session
from ropa_ui.views.overview_parts import StateBlock
from ropa_ui.views.overview_words import ROLE_ICONS, STATES
from ropa_ui.widgets.bars import (
    BlocksRow,
    FigureButton,
    ShareRow,
    StackedBar,
    StatusRow,
)
from ropa_ui.widgets.press_row import PressRow

MOST_MECHANISMS = 7
UNNAMED = ("open", "")  # which mechanism is a question, or none is recorded: never left out

#: Asks for the list behind a number: kind of record, ids, title.
Ask = Callable[[str, list[str], str], None]


def blocks(session: Session, figures: Mapping[str, Any], ask: Ask) -> list[StateBlock]:
    """The three blocks in their order."""
    return [
        _completeness(figures, ask),
        _agreements(session, figures["agreements"], ask),
        _transfers(session, figures, ask),
    ]


def _opens(row: PressRow, ask: Ask, kind: str, ids: Sequence[str], title: str) -> PressRow:
    row.clicked.connect(partial(_tell, ask, kind, list(ids), title))
    row.setEnabled(bool(ids))
    return row


def _tell(ask: Ask, kind: str, ids: list[str], title: str, _checked: bool = False) -> None:
    ask(kind, ids, title)


def _figure(text: str, ask: Ask, kind: str, ids: Sequence[str], title: str) -> FigureButton:
    button = FigureButton(text, f"{text} {title}")
    _opens(button, ask, kind, ids, title)
    return button


def _completeness(figures: Mapping[str, Any], ask: Ask) -> StateBlock:
    total, complete = figures["activities"], figures["complete"]
    share = f"{len(complete) * 100 // total} %" if total else "–"
    sentence = _("{done} of {total} without a gap, Art. 30").format(
        done=number(len(complete)), total=number(total)
    )
    rows = [_part(part, ask) for part in figures["completeness"] if part["done"] or part["missing"]]
    rows += _questions(figures, ask)
    figure = _figure(share, ask, "activity", complete, sentence)
    return StateBlock(_("Completeness"), figure, sentence, rows)


def _questions(figures: Mapping[str, Any], ask: Ask) -> list[QWidget]:
    """The activities about which something is still open: that is no gap, but no answer either."""
    used = {i for p in figures["completeness"] for i in (*p["done"], *p["missing"])}
    asked = [identifier for identifier in figures["questions"] if identifier in used]
    if not asked:
        return []
    label = _("With open questions")
    row = StatusRow("question-fill", "rev", label, len(asked), f"{label}: {len(asked)}")
    return [_opens(row, ask, "activity", asked, label)]


def _part(part: Mapping[str, Any], ask: Ask) -> QWidget:
    """A point of Art. 30: its row opens what is missing, or all where nothing is."""
    label, done, missing = _(part["label"]), part["done"], part["missing"]
    total = len(done) + len(missing)
    if missing:
        name = _("{label}: missing in {count} of {total} activities")
    else:
        name = _("{label}: complete in all {total} activities")
    said = name.format(label=label, count=len(missing), total=total)
    row = ShareRow(label, len(done), total, said)
    return _opens(row, ask, "activity", missing or done, said)


def _agreements(session: Session, groups: Sequence[Mapping[str, Any]], ask: Ask) -> StateBlock:
    needing = [p for g in groups if g["status"] != "not-required" for p in g["parties"]]
    one = len(needing) == 1
    sentence = _("processor needs one, Art. 28(3)") if one else _("processors need one, Art. 28(3)")
    rows: list[QWidget] = []
    said = [_status(session, group, ask) for group in groups]
    if said:
        name = ", ".join(f"{row.text()}" for row in said)
        parts = [(group["role"], len(group["parties"])) for group in groups]
        rows = [StackedBar(parts, name), *said]
    figure = _figure(number(len(needing)), ask, "party", needing, sentence)
    return StateBlock(_("Data processing agreements"), figure, sentence, rows)


def _status(session: Session, group: Mapping[str, Any], ask: Ask) -> PressRow:
    label = session.words.term("agreement-status", group["status"])
    count = len(group["parties"])
    name = f"{label}: {count}"
    row = StatusRow(ROLE_ICONS[group["role"]], group["role"], label, count, name)
    title = _("Processors, agreement: {status}").format(status=label.lower())
    return _opens(row, ask, "party", group["parties"], title)


def _transfers(session: Session, figures: Mapping[str, Any], ask: Ask) -> StateBlock:
    groups = by_mechanism(figures["mechanisms"])
    named = [group for group in groups if group[0] not in UNNAMED]
    unnamed = [group for group in groups if group[0] in UNNAMED]
    room = MOST_MECHANISMS - len(unnamed)
    shown = named if len(named) <= room + 1 else named[:room]
    most = max((len(states) for _mechanism, states in (*shown, *unnamed)), default=0)
    rows: list[QWidget] = [_mechanism(session, *group, most, ask) for group in shown]
    rows += _further(named[len(shown) :], ask)
    rows += [_mechanism(session, *group, most, ask) for group in unnamed]
    leaving = figures["leaving"]
    one = len(leaving) == 1
    sentence = (
        _("leaves the EEA or the UK, Chapter V") if one else _("leave the EEA or the UK, Chapter V")
    )
    figure = _figure(number(len(leaving)), ask, "transfer", leaving, sentence)
    return StateBlock(_("Transfers by mechanism"), figure, sentence, rows)


def _further(groups: Sequence[tuple[str, dict[str, str]]], ask: Ask) -> list[QWidget]:
    """One row for the mechanisms that come least often."""
    if not groups:
        return []
    ids = list(dict.fromkeys(transfer for _mechanism, states in groups for transfer in states))
    name = _("{count} further mechanisms").format(count=len(groups))
    row = StatusRow("dots-three", "text2", name, len(ids), f"{name}: {len(ids)}")
    return [_opens(row, ask, "transfer", ids, name)]


def by_mechanism(groups: Sequence[Mapping[str, Any]]) -> list[tuple[str, dict[str, str]]]:
    """For each mechanism its transfers with the worst state over the regimes, best first.

    The most come first, what has no mechanism last.
    """
    order = list(STATES)
    found: dict[str, dict[str, str]] = {}
    for group in groups:
        states = found.setdefault(group["mechanism"], {})
        for transfer, state in zip(group["transfers"], group["states"], strict=True):
            states[transfer] = max(states.get(transfer, state), state, key=order.index)
    for mechanism, states in found.items():
        best_first = sorted(states.items(), key=lambda item: order.index(item[1]))
        found[mechanism] = dict(best_first)
    return sorted(found.items(), key=lambda item: (item[0] in UNNAMED, -len(item[1])))


def _mechanism(
    session: Session, mechanism: str, states: Mapping[str, str], most: int, ask: Ask
) -> PressRow:
    whole = full_mechanism(mechanism, session.words)
    known = [STATES[state] for state in states.values()]
    counts = (f"{_(state.word)}: {known.count(state)}" for state in dict.fromkeys(known))
    name = f"{whole}: {len(known)} ({', '.join(counts)})"
    label = short_mechanism(mechanism, session.words)
    row = BlocksRow(label, [state.role for state in known], most, name)
    return _opens(row, ask, "transfer", list(states), whole)
