"""Copies of files out of the register, for other programs to show: private, read-only, passing."""

from __future__ import annotations

import re
import stat
from hashlib import sha256
from pathlib import Path, PurePath

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_ui.private_folder import private_folder

#: Kinds of file that are shown and not run. Anybody may have put the file into the register.
_SHOWN = (
    ".pdf .txt .md .csv .tsv .log .json .xml .rtf .odt .ods .odp .doc .docx .xls .xlsx .ppt .pptx "
    ".pages .numbers .key .png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .svg .eml .msg "
    ".mp3 .m4a .wav .mp4 .mov .zip"
)
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


def safe_name(name: str) -> str:
    """A file name that every system takes, without folders or marks that turn text around."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "file"
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    path = PurePath(plain)
    return f"{path.stem[:100]}{path.suffix[:20]}"


def is_shown(name: str) -> bool:
    """True if a file of that name is opened by a program that shows it."""
    return PurePath(safe_name(name)).suffix.lower() in _SHOWN.split()


def passing_copy(name: str, content: bytes) -> Path:
    """Write a read-only copy into the folder that only this user can read; it goes at the end.

    Raises UserError if it cannot be written.
    """
    try:
        folder = private_folder() / sha256(content).hexdigest()[:16]
        folder.mkdir(mode=0o700, exist_ok=True)
        copy = folder / safe_name(name)
        if copy.exists():
            copy.chmod(stat.S_IRUSR | stat.S_IWUSR)
        copy.write_bytes(content)
        copy.chmod(stat.S_IRUSR)
    except OSError as error:
        sentence = _("The file cannot be opened: {reason}. Save it to a folder of your own.")
        raise UserError(sentence.format(reason=error.strerror or error)) from error
    return copy
