"""Which data protection law applies to an activity, as recorded (Art. 3)."""

from __future__ import annotations

from collections.abc import Sequence

from ropa_app.model.record import Record
from ropa_app.model.state import STATES, NotApplicable
from ropa_app.register.view import View
from ropa_app.rules.standing import standing

REGIMES = ("eu", "uk")
DOES_NOT_APPLY = "does-not-apply"
# The reason that says “established here” (Art. 3(1)), by regime.
_ESTABLISHED = {"eu": "eu-3-1", "uk": "uk-3-1"}


def applies(regime: str, activity: Record, organisation: Record | None) -> bool | None:
    """Whether a regime applies to an activity of an organisation; None where it is not settled.

    The activity's own lines count, without them those of the organisation. Where lines are
    recorded and none of them names the regime, it does not apply; an open line leaves it open.
    """
    for record in (activity, organisation):
        value = record["regimes"] if record is not None else None
        if value is None or value == []:
            continue
        if not isinstance(value, list):
            return None
        return _in_lines(value, regime)
    return None


def _in_lines(lines: Sequence[object], regime: str) -> bool | None:
    found: bool | None = False
    for line in lines:
        if not isinstance(line, dict):
            found = None
        elif line.get("regime") == regime:
            reason = line.get("reason")
            if reason == DOES_NOT_APPLY or isinstance(reason, NotApplicable):
                return False
            return None if isinstance(reason, STATES) else True
        elif not isinstance(line.get("regime"), str):
            found = None
    return found


def concerns(regimes: Sequence[str], activity: Record, organisation: Record | None) -> bool:
    """False only where it is recorded that none of the regimes applies to the activity."""
    return any(applies(regime, activity, organisation) is not False for regime in regimes)


def possible(activity: Record, organisations: Sequence[Record] = ()) -> tuple[str, ...]:
    """The regimes that apply or may apply to an activity for any of the organisations that act.

    All where none does: what is then left of the record has no other law to be read by. An
    organisation may stand in the place of the activity.
    """
    found = (r for r in REGIMES
             if any(concerns((r,), activity, one) for one in organisations or (None,)))  # fmt: skip
    return tuple(found) or REGIMES


def established(view: View, organisation: Record, regime: str) -> bool:
    """True if the organisation is recorded as established in the area of the regime (Art. 3(1)).

    Then it needs no representative there (Art. 27(1)).
    """
    reasons = (line.get("reason") for line in organisation.lines("regimes"))
    if _ESTABLISHED[regime] in reasons:
        return True
    code = organisation.text("country")
    try:
        return bool(code) and standing(code, regime, view.day, view.overlay).domestic
    except KeyError:
        return False
