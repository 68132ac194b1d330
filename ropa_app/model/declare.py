"""Words for declaring fields: one readable line per field."""

from __future__ import annotations

from typing import Any

from ropa_app.i18n import N_
from ropa_app.model.field import Field

__all__ = ["N_", "lines", "link", "links", "period_of", "plain", "term", "terms"]


def plain(kind: str, key: str, label: str, help_text: str, **more: Any) -> Field:
    """A field of a kind that needs nothing but its label and help (text, date, country …)."""
    return Field(key, kind, label, help_text, **more)


def term(key: str, vocabulary: str, label: str, help_text: str, **more: Any) -> Field:
    """One term out of a vocabulary."""
    return Field(key, "term", label, help_text, vocabulary=vocabulary, **more)


def terms(key: str, vocabulary: str, label: str, help_text: str, **more: Any) -> Field:
    """Any number of terms out of a vocabulary."""
    return Field(key, "terms", label, help_text, vocabulary=vocabulary, **more)


def link(key: str, to: str, label: str, help_text: str, **more: Any) -> Field:
    """One record; `to` names the kinds it may be, separated by spaces."""
    return Field(key, "link", label, help_text, links_to=tuple(to.split()), **more)


def links(key: str, to: str, label: str, help_text: str, **more: Any) -> Field:
    """Any number of records; `to` names the kinds they may be, separated by spaces."""
    return Field(key, "links", label, help_text, links_to=tuple(to.split()), **more)


def lines(key: str, label: str, help_text: str, *columns: Field, **more: Any) -> Field:
    """A small table; every line has a stable id of its own."""
    return Field(key, "lines", label, help_text, columns=columns, **more)


def period_of(key: str, label: str, help_text: str, *columns: Field, **more: Any) -> Field:
    """A retention period: its columns belong together and occur once."""
    return Field(key, "period", label, help_text, columns=columns, **more)
