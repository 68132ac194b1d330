"""The colours of pictures and paper by role; roles, never values, stand in the rest of the code."""

from __future__ import annotations

LIGHT = {
    "paper": "#FFFFFF",
    "sunken": "#F6F7F8",
    "hair": "#E3E6EA",
    "edge": "#C4CAD2",
    "ctl": "#838A95",
    "land": "#ECEEF1",
    "text": "#1A1E23",
    "text2": "#525A65",
    "text3": "#5E6671",
    "accent": "#1D5C9E",
    "ok": "#0E6F5C",
    "warn": "#BE7A0C",
    "bad": "#B92B24",
    "rev": "#7E57C2",
    "nil": "#868C97",
    "ok_soft": "#E4F3EF",
    "warn_soft": "#FCF2DF",
    "bad_soft": "#FCECEA",
    "rev_soft": "#F1ECFA",
    "nil_soft": "#EEF0F2",
    "ok-text": "#0B6E5A",
    "rev-text": "#6840A8",
    "nil-text": "#525A65",
    "bad-text": "#A61B1B",
    "warn-text": "#835200",
}


def colour(role: str) -> str:
    """The colour of a role on paper as ``#RRGGBB``. Raises KeyError for an unknown role."""
    return LIGHT[role]
