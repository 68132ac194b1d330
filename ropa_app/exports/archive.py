"""The zip file of a workbook: the same bytes for the same content, rows streamed into place.

openpyxl writes everything but the rows of the record: those were written to a file of their own,
which is put into the sheet while it is packed. So no row is held in memory, and no clock is read.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')
_END = b"</sheetData>"


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one sheet as XML, and the range the whole sheet covers."""

    rows: IO[bytes]
    dimension: str


class FixedZip(zipfile.ZipFile):
    """A zip file whose entries all bear one moment and which puts rows into the sheets named."""

    def __init__(self, file: IO[bytes], moment: datetime, bodies: Mapping[str, Body]) -> None:
        super().__init__(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        at = max(moment.astimezone(UTC), _FIRST)
        self._time = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        self._bodies = bodies

    def give_up(self) -> None:
        """Leave it unfinished, for its file is gone; else Python would finish it later, aloud."""
        self.fp = None

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._time)
        info.compress_type = zipfile.ZIP_DEFLATED
        # The same on every system; otherwise the one that wrote it would show.
        info.create_system = 0
        info.external_attr = 0
        return info

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Write an entry from memory."""
        super().writestr(self._info(str(zinfo_or_arcname)), data)

    def write(
        self, filename: str | os.PathLike[str], arcname: str | os.PathLike[str] | None = None,
        *_: Any, **__: Any,
    ) -> None:  # fmt: skip
        """Write an entry from a file, with its rows if it is one of the sheets with rows."""
        name = os.fspath(arcname if arcname is not None else filename)
        body = self._bodies.get(name)
        content = Path(filename).read_bytes()
        if body is None:
            super().writestr(self._info(name), content)
            return
        dimension = f'<dimension ref="{body.dimension}"/>'.encode("ascii")
        before, end, after = _DIMENSION.sub(dimension, content, count=1).partition(_END)
        with self.open(self._info(name), "w", force_zip64=True) as entry:
            entry.write(before)
            body.rows.seek(0)
            shutil.copyfileobj(body.rows, entry, 1 << 20)
            entry.write(end + after)
