"""Commands that tell and write: check, reference, layouts, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa_app import clock
from ropa_app.cli.common import (
    AS_AT,
    JSON,
    LANGUAGE,
    OUT,
    REGISTER,
    put_table,
    reading,
    view_of,
)
from ropa_app.cli.main import FOUND
from ropa_app.cli.output import answering, put, put_json
from ropa_app.cli.speech import OneOf, command
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _, current_language, in_language, set_language
from ropa_app.model.countries import country_name

if TYPE_CHECKING:
    from ropa_app.rules.standing import Row

SEVERITY_WORDS = {
    "error": N_("Error"), "warning": N_("Warning"), "question": N_("Question"), "info": N_("Note"),
}  # fmt: skip

STANDING_WORDS = {
    "eea": N_("in the EEA"), "uk": N_("in the United Kingdom"), "adequate": N_("adequate"),
    "approved": N_("approved"), "review": N_("under review"),
    "third-country": N_("third country"),
}  # fmt: skip
CONFIDENCE_WORDS = {
    "source": N_("read in a source"), "recalled": N_("recalled, not checked"),
    "uncertain": N_("uncertain"), "own": N_("your own entry"),
}  # fmt: skip


@command("check", N_(
    "Say what Art. 30 demands and is missing, what is open, unread or broken.\n\n"
    "Also processors without an agreement in force (Art. 28(3)), recipients whose role is not "
    "settled (Art. 4(7) and (8)) and more time taken to answer a request than Art. 12(3) allows; "
    "on other provisions it is silent. "
    "Exit status 1 if there are errors. It is help for the one who keeps the record, not legal "
    "advice."
))
@REGISTER
@AS_AT
@LANGUAGE
@JSON
def _check(register: Path, as_at: str | None, lang: str | None, as_json: bool) -> int:
    from ropa_app.rules import findings

    if lang:
        set_language(lang)
    with reading(register) as opened:
        view = view_of(opened, as_at)
    found = findings.run(view)
    counts = findings.summary(found)
    rows = [findings.to_json(finding, view, current_language()) for finding in found]
    status = FOUND if counts["error"] else 0
    with answering(status):
        if as_json:
            put_json({
                "day": view.day.isoformat(), "operation": view.head.operation,
                "hash": view.head.hash, "summary": counts, "findings": rows,
            })  # fmt: skip
        else:
            _put_findings(rows, counts)
    return status


def _put_findings(rows: list[dict[str, str]], counts: dict[str, int]) -> None:
    for row in rows:
        word = _(SEVERITY_WORDS[row["severity"]])
        put(f"{word}  {row['ref']}  {row['message']}  [{row['article'] or row['rule']}]")
        if row["remedy"]:
            put(f"    → {row['remedy']}")
    sentence = _("Errors: {errors}; warnings: {warnings}; questions: {questions}.")
    put(
        sentence.format(
            errors=counts["error"], warnings=counts["warning"], questions=counts["question"]
        )
    )
    put(_("This is help for the one who keeps the record, not legal advice."))


@command("reference", N_(
    "Show which countries the law counts as inside, adequate or approved, and since when."
))
@JSON
def _reference(as_json: bool) -> None:
    from ropa_app.rules import standing

    rows = standing.rows()
    if as_json:
        put_json({
            "checked": standing.checked().isoformat(), "rows": [_row_json(row) for row in rows]
        })  # fmt: skip
        return
    language = current_language()
    table = [
        [row.regime.upper(), row.code, country_name(row.code, language),
         _(STANDING_WORDS[row.standing]), row.start.isoformat(), _day(row.end), row.instrument,
         _(CONFIDENCE_WORDS[row.confidence])]
        for row in rows
    ]  # fmt: skip
    put_table(
        table,
        [_("Regime"), _("Code"), _("Country"), _("Standing"), _("From"), _("To"),
         _("Instrument"), _("Known from")],
    )  # fmt: skip
    sentence = _(
        "Law data last checked {day}, with sources up to {until}; what is recalled or uncertain "
        "says so."
    )
    until = standing.sources_until().isoformat()
    put(sentence.format(day=standing.checked().isoformat(), until=until))


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "id": row.id, "regime": row.regime, "country": row.code, "standing": row.standing,
        "limited": row.limited, "from": row.start.isoformat(), "to": _day(row.end) or None,
        "instrument": row.instrument, "scope": row.scope, "source": row.source,
        "confidence": row.confidence, "checked": row.checked.isoformat(), "follows": row.follows,
    }  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


@command("layouts", N_("List the layouts a register can be exported in."))
@JSON
def _layouts(as_json: bool) -> None:
    from ropa_app.exports.layout import layouts

    found = layouts()
    language = current_language()
    if as_json:
        put_json([
            {"id": layout.id, "writer": layout.writer, "authority": layout.authority,
             "title": dict(layout.title), "languages": list(layout.languages),
             "role": layout.role, "source": layout.source, "confirmed": layout.confirmed}
            for layout in found
        ])  # fmt: skip
        return
    for layout in found:
        title = in_language(layout.title, language)
        put(f"{layout.id:<16}{title}  ({', '.join(layout.languages)})")


@command("export", N_("Write a workbook or PDF in a layout; “ropa layouts” lists them."))
@REGISTER
@click.argument("layout")
@OUT
@LANGUAGE
@AS_AT
@click.option(
    "--ref", "refs", multiple=True, metavar="REF",
    help=N_("Only this activity or transfer; may be given several times."),
)
@click.option(
    "--organisation", metavar="O",
    help=N_("Only what this organisation does, by reference or name."),
)
@click.option("--regime", type=OneOf(["eu", "uk"]), help=N_("For “safeguards”: one regime."))
def _export(
    register: Path, layout: str, out: Path, lang: str | None, as_at: str | None,
    refs: tuple[str, ...], organisation: str | None, regime: str | None,
) -> None:  # fmt: skip
    from ropa_app.exports.layout import OF_ONE_REGIME
    from ropa_app.exports.layout import layout as layout_of
    from ropa_app.exports.write import export

    if regime and layout_of(layout).writer not in OF_ONE_REGIME:
        raise UserError(_("--regime is for the layout “safeguards” only."))
    with reading(register) as opened:
        view = view_of(opened, as_at)
    result = export(
        view, layout, out, lang, organisation, refs or None, clock.export_moment(), regime
    )
    put(_("Wrote {path}; records: {n}.").format(path=out, n=result.records))
    for note in result.notes:
        put(note)
    if result.replaced:
        sentence = _("Characters that cannot be printed and were replaced: {n}.")
        put(sentence.format(n=result.replaced))
