"""What the editors of lines have in common, so that a form can lead to one of them."""

from __future__ import annotations

from ropa_ui.forms.editor import Editor
from ropa_ui.models.checks import Row


class HoldsLines(Editor):
    """An editor whose value is a list of lines, whatever it looks like.

    `adds_lines` is False where the lines follow from something else.
    """

    adds_lines = True

    def add_line(self) -> None:
        """Add an empty line and put the cursor into it."""

    def open_line(self, line: str, column: str = "") -> None:
        """Put the cursor into a column of a line."""
        raise NotImplementedError

    def set_findings(self, rows: list[Row]) -> None:
        """Show each finding under the line it concerns."""
        raise NotImplementedError
