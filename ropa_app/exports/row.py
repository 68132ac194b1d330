"""What one row of an export is about: an activity, perhaps one purpose of it, seen by a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ropa_app.errors import UserError
from ropa_app.i18n import N_, _
from ropa_app.model.record import Record
from ropa_app.model.state import Open, State, Value
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.party_states import organisations_of

Line = Mapping[str, Value]
BOTH_REGIMES = ("eu", "uk")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an activity, or one purpose line of it where `purpose` is given.

    `organisation` is the one whose record this is, `alone` if the record is of it alone; `regimes`
    are those the reader asks about ("eu", "uk"), which decides what counts as a third country.
    """

    view: View
    activity: Record
    organisation: Record | None = None
    purpose: Line | None = None
    regimes: tuple[str, ...] = BOTH_REGIMES
    alone: bool = False

    @property
    def day(self) -> date:
        """The day the record is shown as at."""
        return self.view.day

    def lines(self, key: str) -> list[Line | State]:
        """The lines of a field that concern this row, states among them included.

        A row of one purpose has that purpose only, and the data lines that serve it or serve all.
        """
        value = self.activity.values.get(key)
        if not isinstance(value, list):
            return [] if value is None else [value]
        if self.purpose is None:
            return value
        if key == "purposes":
            return [self.purpose]
        if key == "data":
            return [line for line in value if self._serves(line)]
        return value

    def proper_lines(self, key: str) -> list[Line]:
        """The same without the states."""
        return [line for line in self.lines(key) if isinstance(line, dict)]

    def _serves(self, line: Line | State) -> bool:
        purposes = line.get("purposes") if isinstance(line, dict) else None
        if self.purpose is None or not isinstance(purposes, list) or not purposes:
            return True
        return self.purpose.get("id") in purposes


def selected(
    view: View, organisation: Record | None = None, refs: Sequence[str] | None = None
) -> list[Record]:
    """The activities of an organisation (all without one), or those of the references given.

    An activity that names no organisation belongs to all of them, so that none is lost.
    Raises UserError for a reference that is no activity of this register.
    """
    activities = view.of("activity")
    if organisation is not None:
        activities = [a for a in activities if organisation.id in organisations_of(a, view)]
    if refs is None:
        return activities
    wanted = {_known(view, ref).id: ref for ref in refs}
    found = [activity for activity in activities if activity.id in wanted]
    missing = set(wanted) - {activity.id for activity in found}
    if missing and organisation is not None:
        message = _("{ref} is not carried out by {organisation}; choose another activity.")
        ref = min(wanted[identifier] for identifier in missing)
        raise UserError(message.format(ref=ref, organisation=organisation.ref))
    return found


def _known(view: View, ref: str) -> Record:
    record = view.by_ref(ref)
    found = view.get(record.id) if record else None
    if found is None or found.kind_key != "activity" or found.deleted:
        message = _("There is no activity {ref} in this register on this day; check the list.")
        raise UserError(message.format(ref=ref))
    return found


def acting(view: View, activity: Record, organisation: Record | None) -> Record | None:
    """The organisation whose record an activity stands in: the one asked for, else its first."""
    if organisation is not None:
        return organisation
    first = organisations_of(activity, view)[0]
    return view.get(first) if first else None


def is_one_of(party: Record, organisations: Iterable[Record]) -> bool:
    """True if a party is an organisation of the register, entered as a party as well.

    An agreement within a group has it so; it is the same company by its number or name.
    """
    return any(
        (said := party.text(key).casefold()) and said == one.text(key).casefold()
        for one in organisations
        for key in ("organisation_number", "name")
    )


def activity_rows(
    view: View,
    activities: Sequence[Record],
    organisation: Record | None = None,
    regimes: tuple[str, ...] = BOTH_REGIMES,
    by_purpose: bool = False,
) -> Iterator[Row]:
    """The rows of the activities, one each or one per purpose; one without purposes has one."""
    for activity in activities:
        whose = acting(view, activity, organisation)
        purposes: Sequence[Line | None] = activity.lines("purposes") if by_purpose else ()
        for purpose in purposes or (None,):
            yield Row(view, activity, whose, purpose, regimes, organisation is not None)


def unique(items: Iterator[str] | Sequence[str]) -> list[str]:
    """The items, each once, in order."""
    return list(dict.fromkeys(items))


def labelled(label: str, text: str) -> str:
    """What is said of something, after its name."""
    return f"{label}: {text}"


def told(label: str, text: str, value: Value) -> str:
    """What is said of a field, after its label; a question says itself what it is about."""
    items = value if isinstance(value, list) else [value]
    asks = bool(items) and all(isinstance(item, Open) for item in items)
    return text if asks else labelled(label, text)


def beside(text: str, more: str) -> str:
    """A text and what is said of it: in brackets, unless that has brackets or an end of its own."""
    if "(" in more or more.endswith((".", "?", "!")):
        return f"{text} – {more}"
    return f"{text} ({more})"


def listed(words: Words, names: Sequence[str]) -> str:
    """Names as a running text, “and” before the last."""
    if len(names) < 2:
        return "".join(names)
    return words.say(N_("{first} and {last}"), first=", ".join(names[:-1]), last=names[-1])


def column_items(row: Row, words: Words, key: str, column_key: str) -> list[str]:
    """One column of a lines field of the activity in words, each item once."""
    field = row.activity.kind.field(key)
    column = field.column(column_key)
    found: list[str] = []
    for line in row.lines(key):
        if isinstance(line, dict):
            found += words.items(column, line.get(column_key), row.activity.values)
        else:
            found.append(words.state(line))  # type: ignore[arg-type]
    return unique(found)
