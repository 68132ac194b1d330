"""Files dropped on a page of records: documents of the record shown, or new ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS

if TYPE_CHECKING:
    from ropa_ui.views.records import RecordsPage


def files_in(data: QMimeData) -> list[Path]:
    """The files of this computer that are dragged; none if anything else is among them."""
    urls = data.urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return files if len(files) == len(urls) and all(file.is_file() for file in files) else []


def refusal(page: RecordsPage) -> str:
    """Why the page takes no files, as a sentence; empty if it does."""
    if not page.writable:
        return _("The past cannot be changed; go back to today first.")
    if page.kind == "document":
        return ""
    if not KINDS[page.kind].has("documents"):
        return _("Records of this kind hold no documents; drop the file on the list of documents.")
    if page.shown_record() is None:
        return _("Choose the record that the file belongs to first.")
    return ""


def take(page: RecordsPage, files: list[Path]) -> None:
    """Put files into the register: as documents of the record shown, or as new documents."""
    shown = page.shown_record()
    record = shown.id if page.kind != "document" and shown is not None else None
    page.flush()
    for file in files:
        page.attach(record, file)
