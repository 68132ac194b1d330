"""What stands below a line: the line folded out, then its findings."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.model.field import Field
from ropa_app.model.words import Words
from ropa_ui.forms.line_findings import LineFindings
from ropa_ui.forms.line_form import LineForm


class Below(QWidget):
    """Holds the form and the findings of one line, either of which may be missing."""

    def __init__(self, field: Field, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # that of a table has another ink
        self.form: LineForm | None = None
        self.findings = LineFindings(field, words, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.findings)
        self.findings.hide()

    def set_form(self, form: LineForm | None) -> None:
        """Show this form above the findings, or none."""
        if self.form is not None:
            self._layout.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = form
        if form is not None:
            self._layout.insertWidget(0, form)

    @property
    def is_needed(self) -> bool:
        """True while there is anything to show."""
        return self.form is not None or bool(self.findings.rows)
