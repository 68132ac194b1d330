"""What the button says that leads to where a finding is put right: the same words everywhere."""

from __future__ import annotations

from ropa_app.i18n import N_, _

_OPEN = N_("Open")
# By rule; any other opens the record.
_LABELS = {
    "R-art28-01": N_("See agreement"),
    "R-art30-01": N_("Fill in"),
    "R-art30-02": N_("Fill in"),
    "R-art4-01": N_("Set the role"),
    "R-link-01": N_("Choose another"),
    "R-open-01": N_("Answer"),
    "R-text-01": N_("Correct"),
}


def remedy_label(rule: str) -> str:
    """The words of the button for a finding of a rule."""
    label = _LABELS.get(rule, _OPEN)
    return _(label)
