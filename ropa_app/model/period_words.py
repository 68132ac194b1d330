"""A period in words: how long data are kept, or how often something is looked over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ropa_app.i18n import N_
from ropa_app.model.field import Field
from ropa_app.model.state import STATES, Open, State, Value, is_value

if TYPE_CHECKING:
    from ropa_app.model.words import Words

UNITS = {
    "hours": (N_("{n} hour"), N_("{n} hours")),
    "days": (N_("{n} day"), N_("{n} days")),
    "weeks": (N_("{n} week"), N_("{n} weeks")),
    "months": (N_("{n} month"), N_("{n} months")),
    "years": (N_("{n} year"), N_("{n} years")),
}
# Bokmål counts “hvert 2. år”, so amount and unit are said together.
CYCLES = {
    "hours": (N_("every hour"), N_("every {n} hours")),
    "days": (N_("every day"), N_("every {n} days")),
    "weeks": (N_("every week"), N_("every {n} weeks")),
    "months": (N_("every month"), N_("every {n} months")),
    "years": (N_("every year"), N_("every {n} years")),
}
# Conditions that come before the counted time: “while active, then 24 months after …”.
_BEFORE = ("until ", "while ", "as long as ", "till ", "til ", "så lenge ", "inntil ", "mens ")
_ENDS = (".", "?", "!")


def period_words(words: Words, field: Field, period: Mapping[str, Value], full: bool = True) -> str:
    """A period as it is read aloud: condition, time and event, what happens then, the ground.

    `full` adds the ground and what happens then. What is open or does not apply stands at the
    end, each in a sentence of its own (Art. 30(1)(f)).
    """
    main = _kept(words, field, period)
    if full and is_value(fate := period.get("fate")):
        then = words.phrase("deletion-fate", str(fate))
        mark = "; " if is_value(period.get("condition")) else ", "
        main = f"{main}{mark}{then}" if main else then
    sentences = [main] if main else []
    if full and is_value(ground := period.get("ground")):
        sentences.append(words.say(N_("Reason: {text}"), text=ground))
    hidden = () if full else ("ground", "fate")
    for column in field.columns:
        state = period.get(column.key)
        if isinstance(state, STATES) and column.key not in hidden:
            sentences.append(_said(words, column, state))
    return joined_sentences(sentences)


def _kept(words: Words, field: Field, period: Mapping[str, Value]) -> str:
    """The time and its condition in their natural order."""
    length = _cycle(words, period) if field.repeats else ""
    length = length or _length(words, period)
    condition = period.get("condition")
    if not isinstance(condition, str):
        return length
    if not length:
        return condition
    if condition.lower().startswith(_BEFORE):
        return words.say(N_("{condition}, then {period}"), condition=condition, period=length)
    return f"{length}, {condition}"


def _cycle(words: Words, period: Mapping[str, Value]) -> str:
    """“every 2 years”; a range or half a period has no such form."""
    amount, unit = period.get("amount"), period.get("unit")
    simple = period.get("amount_to") is None and period.get("event") is None
    if not (simple and isinstance(amount, int) and isinstance(unit, str) and unit in CYCLES):
        return ""
    one, many = CYCLES[unit]
    return words.say(one) if amount == 1 else words.say(many, n=amount)


def _length(words: Words, period: Mapping[str, Value]) -> str:
    text = _amount(words, period)
    event = period.get("event")
    if not isinstance(event, str):
        return text
    phrase = words.phrase("retention-event", event)
    return words.say(N_("{period} after {event}"), period=text, event=phrase).strip()


def _amount(words: Words, period: Mapping[str, Value]) -> str:
    amount, upper, unit = (period.get(key) for key in ("amount", "amount_to", "unit"))
    if isinstance(amount, int) and isinstance(unit, str) and unit in UNITS:
        one, many = UNITS[unit]
        if isinstance(upper, int):
            span = words.say(N_("{least} to {most}"), least=amount, most=upper)
            return words.say(many, n=span)
        return words.say(one if amount == 1 else many, n=amount)
    known = [str(part) for part in (amount, upper) if is_value(part)]
    known += [words.term("period-unit", unit)] if isinstance(unit, str) else []
    return " – ".join(known)


def _said(words: Words, column: Field, state: State) -> str:
    """A question says itself what it is about; anything else needs the label of its column."""
    text = words.state(state)
    return text if isinstance(state, Open) else f"{words.label(column)}: {text}"


def joined_sentences(sentences: list[str]) -> str:
    """Sentences one after the other; the last keeps the end it has."""
    ended = [text if text.endswith(_ENDS) else f"{text}." for text in sentences[:-1]]
    return " ".join([*ended, *sentences[-1:]])
