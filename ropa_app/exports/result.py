"""What an export hands back, the same for workbooks and PDFs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: `records` of the register, on how many `rows` or `pages`.

    `replaced` counts the characters no file of this kind can hold, which were replaced; `notes`
    are sentences for the person who exported, in the language in use.
    """

    records: int
    rows: int = 0
    pages: int = 0
    replaced: int = 0
    notes: tuple[str, ...] = ()
