"""What is said of a field without a long help: the article it answers, and how it is filled."""

from __future__ import annotations

from ropa_app.i18n import N_, _, current_language
from ropa_app.model.field import Field
from ropa_app.model.words import Words
from ropa_app.rules.articles import article_words
from ropa_ui.actions import key_words

_ONE = N_("Choose one from a list: type part of its name, or F4 for the whole list.")
_SEVERAL = N_("Choose any number from a list: type part of a name, or F4 for the whole list.")
_HOW = {
    "term": _ONE,
    "country": _ONE,
    "link": _ONE,
    "terms": _SEVERAL,
    "countries": _SEVERAL,
    "links": _SEVERAL,
    "texts": N_("Several texts: Enter ends one and begins the next."),
    "date": N_("A day, typed as 24.11.2026 or 2026-11-24."),
    "number": N_("A whole number."),
    "text": N_("Free text, one line."),
    "long_text": N_("Free text, as long as need be."),
}


def plain_help(field: Field, words: Words, shown: str = "") -> str:
    """The help without `shown`, which stands above already, and what else helps to fill it."""
    rest = words.say(field.help).removeprefix(shown).strip()
    article = article_words(field.article, current_language())
    said = [rest, _("The field serves {article}.").format(article=article) if article else ""]
    if field.kind in _HOW:
        said.append(_(_HOW[field.kind]))
    marks = _("{key} marks it as an open question or as not applicable.")
    said.append(marks.format(key=key_words("Ctrl+.")))
    return " ".join(filter(None, said))
