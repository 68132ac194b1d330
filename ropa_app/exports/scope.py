"""Which activities stand in a record for a reader, on which sheet, and which were left out why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa_app.errors import UserError
from ropa_app.exports.layout import Layout
from ropa_app.exports.record_sheet import Part
from ropa_app.exports.row import selected
from ropa_app.i18n import N_, _
from ropa_app.model.record import Record
from ropa_app.model.words import Words
from ropa_app.register.view import View
from ropa_app.rules.party_states import organisations_of
from ropa_app.rules.regimes import concerns
from ropa_app.rules.transfers import leaves, perhaps_serving, unsettled

# How many references a remark names one by one.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An activity the record does not hold: as a processor's, or for want of the regime."""

    activity: Record
    organisation: Record | None
    as_processor: bool


class Scope:
    """The parts of a record: one for each organisation, unless one is asked for.

    Every organisation keeps its own record (Art. 30(1) “each controller”); what is done for
    others stands in another record (Art. 30(2)), and what the reader's law does not apply to is
    not the reader's business (Art. 3).
    """

    def __init__(
        self, view: View, layout: Layout, organisation: Record | None, refs: Sequence[str] | None
    ) -> None:
        self.view = view
        self.layout = layout
        self.whole = refs is None
        self.left_out: list[LeftOut] = []
        self.asked = organisation
        ours: list[Record | None] = [organisation] if organisation else [*view.of("organisation")]
        self.several = len(ours) > 1
        # One who asks for an activity need not know which organisation carries it out.
        chosen = selected(view, organisation, refs)
        parts = [
            Part(whose, self._of(self._mine(chosen, whose), whose)) for whose in ours or [None]
        ]
        if refs and self.left_out and not any(part.activities for part in parts):
            raise UserError(_nothing_left(self.left_out[0], layout))
        # A sheet without rows says nothing that the notes do not say; one there must be.
        self.parts = [part for part in parts if part.activities] or parts[:1]

    @property
    def activities(self) -> dict[str, Record]:
        """The activities of all parts by id, each once."""
        return {activity.id: activity for part in self.parts for activity in part.activities}

    def _mine(self, found: Sequence[Record], organisation: Record | None) -> list[Record]:
        mine = organisation.id if organisation else None
        return [a for a in found if mine is None or mine in organisations_of(a, self.view)]

    def _of(self, found: Sequence[Record], organisation: Record | None) -> list[Record]:
        kept = []
        for activity in found:
            as_processor = activity.values.get("role") == "processor"
            if as_processor != (self.layout.role == "processor") and self.layout.role != "any":
                self.left_out.append(LeftOut(activity, organisation, True))
            elif not concerns(self.layout.regimes, activity, organisation):
                self.left_out.append(LeftOut(activity, organisation, False))
            else:
                kept.append(activity)
        return kept


def _nothing_left(item: LeftOut, layout: Layout) -> str:
    """Why an activity that somebody asked for stands in no record of this layout."""
    ref = item.activity.ref
    if item.as_processor:
        return _("{ref} is carried out as a processor and belongs in the record under Art. 30(2), "
                 "not in “{layout}”; choose another activity or the layout “record”.").format(
                     ref=ref, layout=layout.id)  # fmt: skip
    return _("As the register records it, the law of the layout “{layout}” does not apply to "
             "{ref}; choose another activity or another layout.").format(
                 ref=ref, layout=layout.id)  # fmt: skip


def remarks(scope: Scope, words: Words) -> Iterator[str]:
    """What a reader has to know about what is in the record and what is not."""
    yield from _of_several(scope, words)
    yield from _of_left_out(scope, words)
    if told := _refs(words, _nowhere(scope)):
        message = N_("Transfers not tied to any activity of this record: {refs}.")
        yield words.say(message, refs=told)
    for status, message in (
        ("draft", N_("Still drafts: {refs}.")), ("retired", N_("Marked as retired: {refs}."))
    ):  # fmt: skip
        found = [a for a in scope.activities.values() if a.values.get("status") == status]
        if told := _refs(words, found):
            yield words.say(message, refs=told)


def _of_several(scope: Scope, words: Words) -> Iterator[str]:
    if not scope.several:
        return
    yield words.say(
        N_(
            "The register holds several organisations, each with a record of its own: one sheet "
            "for each, with its own contact details. Activities they share are on the sheet "
            "of each that has one."
        )
    )
    shown = {part.organisation.id for part in scope.parts if part.organisation}
    for whose in scope.view.of("organisation"):
        if scope.whole and whose.id not in shown:
            message = N_("No sheet for {name}: no activity of it belongs in this record.")
            yield words.say(message, name=scope.view.title(whose, words))
    nobody = [a for a in scope.activities.values() if not scope.view.linked(a, "organisations")]
    if told := _refs(words, nobody):
        message = N_("No organisation is recorded for {refs}; they stand on the sheet of each.")
        yield words.say(message, refs=told)


# By whether it is left out as a processor's: for one activity, and for several.
_LEFT_OUT = {
    True: (
        N_("Left out: 1 activity carried out as a processor, which belongs in the record under "
           "Art. 30(2): {refs}."),
        N_("Left out: {count} activities carried out as a processor, which belong in the record "
           "under Art. 30(2): {refs}."),
    ),
    False: (
        N_("Left out: 1 activity to which, as the register records it, {law} does not apply: "
           "{refs}."),
        N_("Left out: {count} activities to which, as the register records it, {law} does not "
           "apply: {refs}."),
    ),
}  # fmt: skip


def _of_left_out(scope: Scope, words: Words) -> Iterator[str]:
    """How many activities are left out and why; of several organisations, for each of them."""
    law = " / ".join(words.term("regime", regime) for regime in scope.layout.regimes)
    for as_processor, (one, many) in _LEFT_OUT.items():
        by_owner: dict[str, list[Record]] = {}
        for item in scope.left_out:
            if item.as_processor == as_processor:
                whose = scope.view.title(item.organisation, words) if item.organisation else ""
                by_owner.setdefault(whose, []).append(item.activity)
        for whose, found in by_owner.items():
            sentence = one if len(found) == 1 else many
            text = words.say(sentence, count=len(found), law=law, refs=_refs(words, found))
            yield f"{whose}: {text}" if scope.several else text


def _nowhere(scope: Scope) -> list[Record]:
    """Running transfers out of the area that no row shows and no activity left out explains."""
    if not scope.whole:
        return []
    view, regimes = scope.view, scope.layout.regimes
    told = {t.id for a in scope.activities.values() for t in perhaps_serving(view, a, regimes)}
    listed = [t for t in unsettled(view) if leaves(view, t, regimes)]
    return [t for t in listed if t.id not in told and _unnamed(scope, t)]


def _unnamed(scope: Scope, transfer: Record) -> bool:
    exporter = scope.view.get(transfer.text("exporter"))
    foreign = exporter is not None and exporter.kind_key == "organisation"
    if scope.asked and foreign and exporter and exporter.id != scope.asked.id:
        return False
    return not scope.view.linked(transfer, "activities")


def _refs(words: Words, found: Sequence[Record]) -> str:
    """The references, or the first of very many and how many more there are."""
    refs = [record.ref for record in found]
    text, more = ", ".join(refs[:MOST_NAMED]), len(refs) - MOST_NAMED
    return words.say(N_("{refs} and {count} more"), refs=text, count=more) if more > 0 else text
