"""Commands that tell and write: check, reference, layouts, export."""

from __future__ import annotations

from pathlib import Path

import click

from ropa_app import clock
from ropa_app.cli.common import (
    AS_AT,
    JSON,
    LANGUAGE,
    REGISTER,
    put_json,
    put_table,
    reading,
    view_of,
)
from ropa_app.cli.main import FOUND
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _, current_language, set_language
from ropa_app.model.countries import country_name

SEVERITY_WORDS = {
    "error": N_("Error"), "warning": N_("Warning"), "question": N_("Question"), "info": N_("Note"),
}  # fmt: skip


@click.command("check")
@REGISTER
@AS_AT
@LANGUAGE
@JSON
def check_command(register: Path, as_at: str | None, lang: str | None, as_json: bool) -> int:
    """Say what Art. 30 makes obligatory and is empty, what is open, unread or broken."""
    from ropa_app.rules import findings

    if lang:
        set_language(lang)
    with reading(register) as opened:
        view = view_of(opened, as_at)
    found = findings.run(view)
    counts = findings.summary(found)
    rows = [findings.to_json(finding, view, current_language()) for finding in found]
    if as_json:
        put_json({
            "day": view.day.isoformat(), "operation": view.head.operation,
            "hash": view.head.hash, "summary": counts, "findings": rows,
        })  # fmt: skip
    else:
        for row in rows:
            word = _(SEVERITY_WORDS[row["severity"]])
            click.echo(f"{word}  {row['ref']}  {row['message']}  [{row['article'] or row['rule']}]")
            if row["remedy"]:
                click.echo(f"    → {row['remedy']}")
        sentence = _("{errors} errors, {warnings} warnings, {questions} questions.")
        click.echo(
            sentence.format(
                errors=counts["error"], warnings=counts["warning"], questions=counts["question"]
            )
        )
        click.echo(_("This is help for the one who keeps the record, not legal advice."))
    return FOUND if counts["error"] else 0


@click.command("reference")
@JSON
def reference_command(as_json: bool) -> None:
    """Show the law data on countries: who is inside, adequate or approved, and from when."""
    from ropa_app.rules import standing

    rows = list(standing.rows())
    if as_json:
        put_json({"checked": standing.checked().isoformat(), "rows": rows})
        return
    language = current_language()
    table = [
        [row["regime"], row["code"], country_name(row["code"], language), row["standing"],
         row["from"] or "", row["to"] or "", row["instrument"] or "", row["confidence"]]
        for row in rows
    ]  # fmt: skip
    put_table(
        table,
        [_("Regime"), _("Code"), _("Country"), _("Standing"), _("From"), _("To"),
         _("Instrument"), _("Known from")],
    )  # fmt: skip
    sentence = _("Law data last checked {day}; what is recalled or uncertain says so.")
    click.echo(sentence.format(day=standing.checked().isoformat()))


@click.command("layouts")
@JSON
def layouts_command(as_json: bool) -> None:
    """List the layouts a register can be exported in."""
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
        title = layout.title.get(language) or next(iter(layout.title.values()))
        click.echo(f"{layout.id:<16}{title}  ({', '.join(layout.languages)})")


@click.command("export")
@REGISTER
@click.argument("layout")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@LANGUAGE
@AS_AT
@click.option("--ref", "refs", multiple=True, metavar="REF", help="Only this activity or transfer.")
@click.option("--organisation", metavar="O", help="Only what this organisation does.")
@click.option("--regime", type=click.Choice(["eu", "uk"]), help="For “safeguards”: one regime.")
def export_command(
    register: Path, layout: str, out: Path, lang: str | None, as_at: str | None,
    refs: tuple[str, ...], organisation: str | None, regime: str | None,
) -> None:  # fmt: skip
    """Write a workbook or PDF in a layout; “ropa layouts” lists them."""
    from ropa_app.exports.write import export

    with reading(register) as opened:
        view = view_of(opened, as_at)
    chosen = None
    if organisation is not None:
        chosen = view.by_ref(organisation)
        if chosen is None or chosen.kind_key != "organisation":
            raise UserError(_("There is no organisation {ref}.").format(ref=organisation))
    result = export(
        view, layout, out, language=lang, organisation=chosen, refs=list(refs) or None,
        regime=regime, moment=clock.export_moment(),
    )  # fmt: skip
    click.echo(_("Wrote {path}: {n} records.").format(path=out, n=result.records))
    for note in result.notes:
        click.echo(note)
    if result.replaced:
        sentence = _("{n} characters cannot be printed and were replaced; the last page says so.")
        click.echo(sentence.format(n=result.replaced))
