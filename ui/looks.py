"""How verdicts and severities look: icon, colour role, soft ground. One vocabulary everywhere."""

from __future__ import annotations

from typing import Final, NamedTuple

from ropa_app.i18n import N_


class Look(NamedTuple):
    """Icon name, role of icon and text, role of the panel, role of bars and map."""

    icon: str
    role: str
    soft: str
    fill: str


VERDICTS: Final = {
    "ok": Look("check-circle-fill", "ok", "ok_soft", "ok_fill"),
    "ok_with_condition": Look("circle-wavy-check-fill", "warn", "warn_soft", "warn_fill"),
    "missing_safeguard": Look("x-circle-fill", "bad", "bad_soft", "bad_fill"),
    "wrong_mechanism": Look("warning-octagon-fill", "bad", "bad_soft", "bad_fill"),
    "not_a_restricted_transfer": Look("minus-circle-fill", "nil", "nil_soft", "nil_fill"),
    "needs_review": Look("question-fill", "rev", "rev_soft", "rev_fill"),
}
SEVERITIES: Final = {
    "error": Look("x-circle-fill", "bad", "bad_soft", "bad_fill"),
    "warning": Look("warning-fill", "warn", "warn_soft", "warn_fill"),
    "question": Look("question-fill", "rev", "rev_soft", "rev_fill"),
    "info": Look("info-fill", "accent", "asoft", "accent"),
}
SEVERITY_WORDS: Final = {
    "error": N_("Error"),
    "warning": N_("Warning"),
    "question": N_("Question"),
    "info": N_("Info"),
}
#: How a finding looks that is no more.
SETTLED: Final = Look("check-circle-fill", "ok", "ok_soft", "ok_fill")
