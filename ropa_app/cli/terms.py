"""Commands on vocabularies: term add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ropa_app.cli.common import REGISTER, writing
from ropa_app.cli.output import put
from ropa_app.cli.speech import COMMANDS, SpokenGroup, command, show_help
from ropa_app.errors import UserError
from ropa_app.i18n import N_, _
from ropa_app.model.vocabulary import Vocabulary, open_vocabulary
from ropa_app.register import entry
from ropa_app.register.change import Create, label, new_id


@click.group(
    "term", cls=SpokenGroup, invoke_without_command=True,
    help=N_("Add terms of your own to the vocabularies."),
)  # fmt: skip
@click.pass_context
def _term(context: click.Context) -> None:
    show_help(context)


COMMANDS["term"] = _term


@command("add", N_(
    "Add a term of your own to a vocabulary.\n\n"
    "LABEL is its name in English. A wrong VOCABULARY is answered with those there are."
), _term.commands)
@REGISTER
@click.argument("vocabulary_id", metavar="VOCABULARY")
@click.argument("term_label", metavar="LABEL")
@click.option("--nb", help=N_("The label in bokmål."))
@click.option("--help-text", help=N_("One sentence of help."))
@click.option(
    "--flag", "flags", multiple=True, metavar="FLAG",
    help=N_("What the law sees in it: special, criminal, vulnerable, internal …"),
)  # fmt: skip
def _add(
    register: Path, vocabulary_id: str, term_label: str, nb: str | None, help_text: str | None,
    flags: tuple[str, ...],
) -> None:  # fmt: skip
    _check(open_vocabulary(vocabulary_id), term_label, flags)
    values = {
        "name": term_label, "name_nb": nb, "vocabulary": vocabulary_id, "help_text": help_text,
        "flags": list(flags) or None,
    }  # fmt: skip
    with writing(register) as opened:
        if entry.RegisterReader(opened).terms.find(vocabulary_id, term_label):
            raise UserError(_("“{label}” is in that vocabulary already.").format(label=term_label))
        identifier = new_id()
        filled = {key: value for key, value in values.items() if value is not None}
        change = Create("term", identifier, filled)
        opened.apply([change], label("term", vocabulary=vocabulary_id))
        put(opened.get(identifier).ref)


def _check(chosen: Vocabulary, term_label: str, flags: Sequence[str]) -> None:
    if not term_label.strip():
        raise UserError(_("LABEL is empty; give the term a name."))
    known = {flag for term in chosen.terms.values() for flag in term.flags}
    for flag in flags:
        if flag not in known:
            sentence = _("There is no flag “{flag}” in “{name}”; there are {known}.")
            if not known:
                sentence = _("The terms of “{name}” take no flags; leave --flag out.")
            there = ", ".join(sorted(known))
            raise UserError(sentence.format(flag=flag, name=chosen.id, known=there))
