"""What the states in the overview are called, and how they look."""

from __future__ import annotations

from typing import Final, NamedTuple

from ropa_app.i18n import N_


class State(NamedTuple):
    """Icon and colour of a state of a transfer, the fill of blocks and map, and its word."""

    icon: str
    role: str
    word: str


#: From good to bad. They tell what is recorded; whether a transfer may go on is not said here.
STATES: Final = {
    "adequate": State("check-circle-fill", "ok", N_("Adequacy decision")),
    "recorded": State("circle-wavy-check-fill", "ok", N_("Safeguard recorded")),
    "open": State("question-fill", "rev", N_("To be confirmed")),
    "missing": State("x-circle-fill", "bad", N_("Safeguard missing")),
}
INSIDE: Final = State("minus-circle-fill", "nil", N_("Inside the area"))
HOME: Final = State("house-simple-fill", "accent", N_("Exporter"))

#: Icons of the colours of a status, for what has no icon of its own.
ROLE_ICONS: Final = {
    "ok": "check-circle-fill",
    "warn": "warning-fill",
    "bad": "x-circle-fill",
    "rev": "question-fill",
    "nil": "minus-circle-fill",
}
