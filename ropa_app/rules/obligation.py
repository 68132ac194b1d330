"""Which fields the law demands of a record, and under which provision.

The fields say it themselves (Field.obligatory); here stands what their conditions mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ropa_app.model.field import ALWAYS, CONTROLLER, PROCESSOR, Field
from ropa_app.model.record import Record
from ropa_app.model.state import NotApplicable, Value

_CONTROLLERS = ("controller", "joint-controller")

#: What a declaration may say in Field.obligatory, and for which records it holds.
CONDITIONS: dict[str, Callable[[Record], bool]] = {
    ALWAYS: lambda record: True,
    CONTROLLER: lambda record: record.text("role") in _CONTROLLERS,
    PROCESSOR: lambda record: record.text("role") == "processor",
}

# The same particulars in the record of a processor, Art. 30(2).
_OF_A_PROCESSOR = {"30(1)(a)": "30(2)(a)", "30(1)(e)": "30(2)(c)", "30(1)(g)": "30(2)(d)"}

#: What a line must say for Art. 30 or Chapter V to be met: columns of which one must be filled.
#: A purpose may stand in words of one's own, retention in a rule of the register, and a
#: recipient may be named, described by its category or be a function inside (Art. 30(1)(d)).
NEEDED_IN_LINES: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {
    ("activity", "purposes"): (("purpose", "detail"), ("legal_basis",)),
    ("activity", "data"): (("subject",), ("categories",), ("retention", "retention_rule")),
    ("activity", "recipients"): (("party", "category", "internal_function"),),
    ("activity", "controllers_served"): (("controller",), ("processing",)),
    ("transfer", "safeguards"): (("regime",), ("mechanism",)),
}

# A period that says only why, or what follows, gives no time limit.
_LENGTH = ("amount", "amount_to", "condition", "event")


def demanded(field: Field, record: Record) -> bool:
    """True if the field is obligatory for this record.

    An activity whose role is not known owes only what every role owes: silence about the role
    proves neither duty. Source: Art. 30(1) for controllers, 30(2) for processors.
    """
    return bool(field.obligatory) and CONDITIONS[field.obligatory](record)


def obligatory_fields(record: Record) -> Iterator[Field]:
    """The fields that are obligatory for this record, in the order of their declaration."""
    return (field for field in record.kind.obligatory_fields if demanded(field, record))


def needed_columns(field: Field, record: Record) -> tuple[tuple[Field, ...], ...]:
    """For each thing a line of this field must say: the columns that can say it."""
    if not demanded(field, record):
        return ()
    needed = NEEDED_IN_LINES.get((record.kind_key, field.key), ())
    return tuple(tuple(field.column(key) for key in keys) for keys in needed)


def column_article(columns: tuple[Field, ...], field: Field) -> str:
    """The provision these columns of a field serve: the first they name, else the field's."""
    return next((column.article for column in columns if column.article), field.article)


def article_for(article: str, record: Record) -> str:
    """The provision as it applies to the record: Art. 30(2) where we act as a processor."""
    if record.kind_key == "activity" and record.text("role") == "processor":
        return _OF_A_PROCESSOR.get(article, article)
    return article


def approved(record: Record) -> bool:
    """True for an activity that somebody has approved."""
    return record.kind_key == "activity" and record.text("status") == "approved"


def is_gap(field: Field, value: Value) -> bool:
    """True if the field holds nothing: no value and no statement about one."""
    if field.kind == "period" and isinstance(value, dict):
        return all(value.get(key) is None for key in _LENGTH)
    return value is None or value == []


def says_nothing(columns: tuple[Field, ...], line: dict[str, Value]) -> bool:
    """True if a line leaves open what these columns can say.

    “Not applicable” answers for all of them only in the column that serves the provision: that
    no party can be named is no reason to leave out the category of recipients.
    """
    serving = next((column for column in columns if column.article), columns[0])
    if isinstance(line.get(serving.key), NotApplicable):
        return False
    values = [(column, line.get(column.key)) for column in columns]
    return all(isinstance(value, NotApplicable) or is_gap(c, value) for c, value in values)
