"""The editor of a document's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ropa_app.i18n import set_language
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.register.documents import content_of
from ropa_ui.forms.editor import Context
from ropa_ui.forms.file_copies import is_shown, safe_name
from ropa_ui.forms.files import FileEditor, size_words
from ropa_ui.models.session import Session

FIELD = KINDS["document"].field("file")

Rest = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def document(session: Session) -> Callable[[], Record]:
    """A document without a file, as it stands now."""
    made = session.create("document", {"name": "Agreement"})
    assert made is not None
    return lambda: session.view.records[made]


@pytest.fixture
def editor(session: Session, document: Callable[[], Record], qtbot: QtBot) -> Iterator[FileEditor]:
    """On a page, loaded anew at each change as a form does."""
    page = QWidget()
    QVBoxLayout(page).setAlignment(Qt.AlignmentFlag.AlignTop)
    page.resize(700, 300)
    qtbot.addWidget(page)
    context = Context(session, page)
    made = FileEditor(FIELD, context, page)
    page.layout().addWidget(made)

    def load() -> None:
        context.record = document()
        made.load(context.record["file"])

    session.changed.connect(load)
    load()
    made.name("File", "The file itself.")
    page.show()
    page.activateWindow()
    yield made
    session.changed.disconnect(load)


@pytest.fixture
def failures(session: Session) -> list[str]:
    said: list[str] = []
    session.failed.connect(said.append)
    return said


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Signed agreement.pdf"
    path.write_bytes(b"%PDF-1.7 signed")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What would have been opened in another program."""
    found: list[Path] = []

    def open_url(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


@pytest.fixture
def at_rest(session: Session, qtbot: QtBot) -> Rest:
    """Waits, after what is done inside, until nothing goes on beside the window any more."""

    @contextmanager
    def rest() -> Iterator[None]:
        ended: list[bool] = []
        session.busy.connect(ended.append)
        yield
        qtbot.waitUntil(lambda: False in ended, timeout=20_000)
        session.busy.disconnect(ended.append)

    return rest


def shown(editor: FileEditor) -> str:
    labels = [label for label in editor.findChildren(QLabel) if label.isVisible()]
    return " ".join(label.text() for label in labels)


def drag(file: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def enter(editor: FileEditor, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(editor, event)
    return event.isAccepted()


def drop(editor: FileEditor, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(editor, event)


# Attaching


def test_a_file_is_attached_as_one_step_that_can_be_undone(
    editor: FileEditor, session: Session, document: Callable[[], Record], paper: Path,
    at_rest: Rest,
) -> None:
    assert editor.attach_button.text() == "Attach…"
    assert not editor.open_button.isVisible()
    with at_rest():
        editor.attach(paper)
        assert document()["file"] is None  # read and written beside the window
    assert content_of(session.register, document().ref) == (paper.name, b"%PDF-1.7 signed")
    assert "Signed agreement.pdf" in shown(editor)
    assert "15 bytes" in shown(editor)
    assert document()["file"]["sha256"][:12] in shown(editor)
    assert editor.attach_button.text() == "Replace…"
    assert "Agreement" in session.undo_words()
    session.undo()
    assert document()["file"] is None
    assert editor.attach_button.text() == "Attach…"


def test_a_dialog_chooses_the_file(
    editor: FileEditor, paper: Path, qtbot: QtBot, at_rest: Rest
) -> None:
    qtbot.keyClick(editor.attach_button, Qt.Key.Key_Return)
    dialog = editor.findChild(QFileDialog)
    assert dialog is not None
    with at_rest(), qtbot.waitSignal(dialog.destroyed):
        dialog.fileSelected.emit(str(paper))
        dialog.close()
    assert "Signed agreement.pdf" in shown(editor)


def test_a_file_is_dropped(editor: FileEditor, paper: Path, at_rest: Rest) -> None:
    quiet = editor.grab().toImage()
    assert enter(editor, drag(paper))
    assert editor.grab().toImage() != quiet
    with at_rest():
        drop(editor, drag(paper))
    assert "Signed agreement.pdf" in shown(editor)


def test_only_one_file_of_this_computer_is_taken(
    editor: FileEditor, paper: Path, tmp_path: Path
) -> None:
    two = drag(paper)
    two.setUrls([QUrl.fromLocalFile(str(paper)), QUrl.fromLocalFile(str(paper))])
    web = QMimeData()
    web.setUrls([QUrl("https://example.com/a.pdf")])
    text = QMimeData()
    text.setText("words")
    assert not any(enter(editor, data) for data in (two, web, text, drag(tmp_path)))


def test_what_cannot_be_attached_is_said(
    editor: FileEditor, session: Session, failures: list[str], tmp_path: Path, at_rest: Rest
) -> None:
    for file in (tmp_path / "nowhere.pdf", session.path):
        with at_rest():
            editor.attach(file)
    assert len(failures) == 2
    assert "register itself" in failures[1]


def test_the_past_takes_no_files(
    editor: FileEditor, session: Session, failures: list[str], paper: Path
) -> None:
    session.as_at = "2026-01-01"
    editor.attach(paper)
    session.as_at = None
    assert len(failures) == 1
    assert "past" in failures[0]


# Looking at it


def test_it_is_opened_as_a_private_copy_that_cannot_be_written(
    editor: FileEditor, paper: Path, opened: list[Path], at_rest: Rest
) -> None:
    with at_rest():
        editor.attach(paper)
    for _time in range(2):
        with at_rest():
            editor.open_button.click()
    copy = opened[0]
    assert copy == opened[1]
    assert copy.name == "Signed agreement.pdf"
    assert copy.read_bytes() == b"%PDF-1.7 signed"
    assert copy.stat().st_mode & 0o377 == 0
    assert copy.parent.parent.stat().st_mode & 0o077 == 0


def test_a_program_is_not_run(
    editor: FileEditor, failures: list[str], opened: list[Path], tmp_path: Path, at_rest: Rest
) -> None:
    program = tmp_path / "invoice.pdf.exe"
    program.write_bytes(b"MZ")
    with at_rest():
        editor.attach(program)
    editor.open_button.click()
    assert opened == []
    assert "invoice.pdf.exe" in failures[0]


def test_a_copy_is_saved(
    editor: FileEditor, session: Session, paper: Path, tmp_path: Path, qtbot: QtBot, at_rest: Rest
) -> None:
    with at_rest():
        editor.attach(paper)
    editor.save_button.click()
    dialog = editor.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "copy.pdf"
    with qtbot.waitSignal(session.said), qtbot.waitSignal(dialog.destroyed):
        dialog.fileSelected.emit(str(target))
        dialog.close()
    assert target.read_bytes() == b"%PDF-1.7 signed"


def test_a_copy_is_never_saved_over_a_register(
    editor: FileEditor, session: Session, failures: list[str], paper: Path, at_rest: Rest
) -> None:
    with at_rest():
        editor.attach(paper)
    with at_rest():
        editor.save(session.path)
    assert len(failures) == 1
    session.register.head()


def test_read_only_opens_and_saves_but_takes_nothing(
    editor: FileEditor, paper: Path, opened: list[Path], document: Callable[[], Record],
    at_rest: Rest,
) -> None:
    with at_rest():
        editor.attach(paper)
    editor.set_read_only(True)
    assert not editor.attach_button.isVisible()
    assert not enter(editor, drag(paper))
    before = document()["file"]
    editor.attach(Path(__file__))
    assert document()["file"] == before
    with at_rest():
        editor.open_button.click()
    assert len(opened) == 1
    assert editor.save_button.isVisible()


def test_names_for_readers(editor: FileEditor, paper: Path, at_rest: Rest) -> None:
    assert editor.attach_button.accessibleName() == "Attach… File"
    with at_rest():
        editor.attach(paper)
    editor.name("File", "The file itself.")
    assert editor.attach_button.accessibleName() == "Replace… File"
    assert "Signed agreement.pdf" in editor.open_button.accessibleDescription()


# Names and sizes


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Avtale nr. 3.pdf", "Avtale nr. 3.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\a\\b.pdf", "C__a_b.pdf"),
        ("con.txt", "_con.txt"),
        ("", "file"),
        ("...", "file"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("a\nb.pdf", "a_b.pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_names_keep_their_ending() -> None:
    assert len(safe_name("a" * 400 + ".pdf")) <= 120
    assert safe_name("a" * 400 + ".pdf").endswith(".pdf")


@pytest.mark.parametrize("name", ["a.exe", "a.docm", "a.sh", "a.desktop", "a.lnk", "a.html", "a"])
def test_what_may_be_run_is_not_shown(name: str) -> None:
    assert not is_shown(name)


@pytest.mark.parametrize(
    ("size", "english", "bokmaal"),
    [
        (0, "0 bytes", "0 byte"),
        (999, "999 bytes", "999 byte"),
        (1_234, "1.2 kB", "1,2 kB"),
        (184_104, "184 kB", "184 kB"),
        (999_600, "1.0 MB", "1,0 MB"),
        (12_345_678, "12 MB", "12 MB"),
    ],
)
def test_sizes_are_said_as_people_read_them(size: int, english: str, bokmaal: str) -> None:
    assert size_words(size) == english
    set_language("nb")
    assert size_words(size) == bokmaal
