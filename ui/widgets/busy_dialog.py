"""Said over the window while something goes on that it waits for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.widgets.buttons import plain_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.progress_line import ThinBar


class BusyDialog(Dialog):
    """A moving bar and Cancel; `rejected` tells that it was chosen, or Esc."""

    def __init__(
        self, heading: str, sentence: str, parent: QWidget | None, cancel: str = ""
    ) -> None:
        """`cancel`: what the button says, where Cancel alone could be taken the wrong way."""
        super().__init__(heading, sentence, parent, wide=460)
        bar = ThinBar(4, ground="hair", parent=self)
        bar.setAccessibleName(heading)
        bar.set_fraction(None)
        self.body.addWidget(bar)
        self.cancel = self.add_button(plain_button(cancel or _("Cancel"), parent=self))
        self.cancel.clicked.connect(self.reject)
        self.set_first(self.cancel)
        self._is_over = False

    def done(self, result: int) -> None:
        """Close, once: what was waited for may end when it is cancelled already."""
        if not self._is_over:
            self._is_over = True
            super().done(result)
