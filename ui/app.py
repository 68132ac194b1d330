"""Starting the application: one window per register, the welcome page where none is open."""

from __future__ import annotations

import gc
import re
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from sqlite3 import OperationalError
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ropa_app
from ropa_app.errors import InUseError, UserError
from ropa_app.i18n import (
    LANGUAGES,
    _,
    asked_for_pseudo,
    current_language,
    language_of_the_session,
)
from ropa_app.register.file import friendly
from ropa_ui import files, languages, settings, text_size, theme
from ropa_ui.main_window import MainWindow
from ropa_ui.private_folder import clear_left_folders

if TYPE_CHECKING:
    from ropa_ui.views.remembered import Whereabouts

# What Qt puts before a sentence of ours that was raised while it painted or laid out.
_QT_BEFORE = re.compile(r"^(Error calling Python override of \S+\(\): )+")
STARTED = 2000  # milliseconds after which the start is over, whatever was to be shown


class Application(QObject):
    """The windows, and going from one register to another."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._window: MainWindow | None = None
        self._welcome: QWidget | None = None

    @property
    def window(self) -> MainWindow | None:
        """The window of the register that is open; None once it has been closed."""
        return None if self._window is None or self._window.closed else self._window

    def first(self, path: Path) -> None:
        """Show the first window of all: empty at once, the register as soon as it is painted."""
        window = MainWindow()
        window.show()
        self._app.processEvents()  # painted before anything else is even imported
        QTimer.singleShot(0, window, partial(self._open_into, window, path))

    def _open_into(self, window: MainWindow, path: Path) -> None:
        if window.closed:
            return  # closed before the register was read
        self._open(path, window, _nothing, partial(self._welcome_instead, window))

    def _welcome_instead(self, window: MainWindow) -> None:
        if not window.closed:
            window.close()
        self.welcome()

    def open(self, path: Path) -> bool:
        """Show a register; what cannot be opened is said, and nothing else changes.

        True if it is shown now. If another program has it, that is waited for, beside the window.
        """
        return self._open(path, None, _nothing, _nothing)

    def _open(
        self, path: Path, window: MainWindow | None,
        then: Callable[[], object], otherwise: Callable[[], object],
    ) -> bool:  # fmt: skip
        """Show a register, in a window that has none yet if one is given.

        `then` is done once it is shown, `otherwise` once it is clear that it will not be.
        """
        if self.window is not None:
            self.window.keep_typed()  # before the next window looks for drafts
        try:
            self._show(path, window)
        except InUseError:
            self._wait(path, window, then, otherwise)
            return False
        except UserError as error:
            self._say(str(error))
            otherwise()
            return False
        then()
        return True

    def _wait(
        self, path: Path, window: MainWindow | None,
        then: Callable[[], object], otherwise: Callable[[], object],
    ) -> None:  # fmt: skip
        """Open a register as soon as the other program has done with it, unless cancelled."""
        from ropa_ui.views.waiting import WaitingDialog

        dialog = WaitingDialog(path, window or self.window or self._welcome)
        dialog.time_to_try.connect(partial(self._try_again, dialog, path, window))
        dialog.accepted.connect(then)
        dialog.rejected.connect(otherwise)
        dialog.open()

    def _try_again(self, dialog: QDialog, path: Path, window: MainWindow | None) -> None:
        try:
            self._show(path, window)
        except InUseError:
            return  # the next try is in a moment
        except UserError as error:
            self._say(str(error))
            dialog.reject()
        else:
            dialog.accept()

    def _show(self, path: Path, window: MainWindow | None) -> None:
        """Show a register. Raises UserError; nothing has changed then."""
        from ropa_ui.models.session import Session

        session = Session.open(path)
        before, shown = self.window, window or MainWindow()
        try:
            # Nobody takes the file from a half-made window.
            with friendly(path), session.present.reading():
                shown.attach(session)
        except BaseException as error:
            session.close()
            if window is None or not isinstance(error, InUseError):
                shown.close()
            raise
        settings.remember(path)
        self._window = shown
        shown.register_asked.connect(self._asked)
        shown.language_asked.connect(self.language_chosen)
        shown.show()
        if before is not None:
            before.close()
        if self._welcome is not None:
            self._welcome.close()
            self._welcome = None
        # The register first, then what takes time.
        session.later(shown.start)

    def _say(self, sentence: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self.window or self._welcome)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("ropa")
        box.setText(sentence)
        box.exec()

    def welcome(self) -> None:
        """Show the welcome page."""
        from ropa_ui.views.welcome import WelcomeWindow

        if self._welcome is None:
            page = WelcomeWindow()
            page.register_asked.connect(self._asked)
            page.closed.connect(self._welcome_closed)
            self._welcome = page
        self._welcome.show()
        self._welcome.raise_()

    def _welcome_closed(self) -> None:
        self._welcome = None

    def _asked(self, path: str) -> None:
        """Another register: a path, "?" to choose a file, nothing for the welcome page."""
        if path == "?":
            from PySide6.QtWidgets import QFileDialog

            title, kinds = _("Open a register"), _("Registers (*.ropa);;All files (*)")
            path, _kind = QFileDialog.getOpenFileName(self.window, title, self._folder(), kinds)
            if not path:
                return
        if path:
            self.open(Path(path))
        else:
            self.welcome()

    def _folder(self) -> str:
        """Where registers are looked for first: beside the one open, or the one open last."""
        known = [self.window.session.path] if self.window is not None else settings.recent()
        return str(known[0].parent if known else files.documents())

    def language_chosen(self, language: str) -> None:
        """Say everything in another language from now on: the window is made anew."""
        from ropa_ui.views.remembered import whereabouts

        before, spoken = self.window, current_language()
        if before is None:
            self._speak(language)
            return
        place = whereabouts(before)  # saves what is half typed in the language it is typed in
        self._speak(language)
        settings.keep("geometry", before.saveGeometry())
        settings.keep("page", before.page_key)
        frame = None if before.isMaximized() else before.geometry()
        self._open(
            before.session.path, None,
            partial(self._come_back, place, frame), partial(self._speak, spoken),
        )  # fmt: skip

    def _speak(self, language: str) -> None:
        settings.keep("language", language)
        languages.speak(language)

    def _come_back(self, place: Whereabouts, frame: QRect | None) -> None:
        """Be in the new window where the user was in the one before it."""
        from ropa_ui.views.remembered import come_back

        after = self.window
        if after is not None:
            if frame is not None and not after.isMaximized():
                after.setGeometry(frame)
            # After what the new window does first of all.
            QTimer.singleShot(0, after, partial(come_back, after, place))


def _nothing() -> None:
    """What is to be done where nothing is."""


def start(arguments: Sequence[str]) -> tuple[QApplication, Application]:
    """Make the application as its settings say; shows nothing yet."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("ropa")
    app.setApplicationVersion(ropa_app.__version__)
    chosen = "" if asked_for_pseudo() else settings.text("language")
    languages.speak(chosen if chosen in LANGUAGES else language_of_the_session())
    choice = settings.text("theme", "system")
    theme.set_theme(choice if choice in theme.CHOICES else "system")
    theme.apply(app)
    text_size.wear()
    QTimer.singleShot(STARTED, app, _collect_again)
    application = Application(app)
    sys.excepthook = partial(_said_plainly, application)
    return app, application


def _said_plainly(
    application: Application, kind: type[BaseException], error: BaseException,
    trace: TracebackType | None,
) -> None:  # fmt: skip
    """Say in the window what kept it from reading, such as another program in the file.

    Qt asks for rows and cells whenever it paints; no caller is there to hear of it.
    """
    window = application.window
    if window is not None and isinstance(error, (UserError, OperationalError)):
        try:
            with friendly(window.session.path):
                raise error
        except UserError as plain:
            # Nothing waits for the file any more until it can be read; then all of it is.
            window.session.unsaved.hinder(plain)
            window.session.failed.emit(_QT_BEFORE.sub("", str(plain)))
    else:
        sys.__excepthook__(kind, error, trace)


def _collect_again() -> None:
    """Search for cyclic garbage from now on, but never among what the start has made."""
    gc.freeze()
    gc.enable()


def _clear_up() -> None:
    """Take away what programs that were killed have left, beside the window."""
    threading.Thread(target=clear_left_folders, daemon=True).start()


def main(register: str | None = None) -> int:
    """Run the application; with a path it shows that register, else the last one or the welcome."""
    app, application = start([])
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends it
    last = settings.recent()
    path = Path(register) if register else (last[0] if last else None)
    if path is None:
        application.welcome()
    else:
        application.first(path)
    QTimer.singleShot(STARTED, app, _clear_up)
    status = app.exec()
    from ropa_ui.models.jobs import see_off

    see_off()
    return status
