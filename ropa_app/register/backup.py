"""Backups: whole copies by SQLite's backup call, kept by age, restored only after a check."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ropa_app.clock import day_of
from ropa_app.errors import UserError
from ropa_app.outfile import beside, written
from ropa_app.paths import data_folder
from ropa_app.register.file import check_new, connect, friendly
from ropa_app.register.view import DEFAULT_ZONE

if TYPE_CHECKING:
    from ropa_app.register.store import Register

DAILY, WEEKLY, MONTHLY = 7, 4, 12
MOST_BYTES = 2_000_000_000
_TIME = "%Y%m%dT%H%M%SZ"
_PLACES, _MOST_PLACES = "places.json", 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: its register's file name, the moment and the head of the log it holds."""

    path: Path
    stem: str
    moment: datetime
    head: str
    size: int


def folder() -> Path:
    """The folder that holds all backups, a folder per register in it."""
    return data_folder() / "backups"


def _read(path: Path) -> Backup | None:
    parts = path.stem.rsplit("~", 2)
    if len(parts) != 3:
        return None
    try:
        moment = datetime.strptime(parts[1], _TIME).replace(tzinfo=UTC)
        return Backup(path, parts[0], moment, parts[2], path.stat().st_size)
    except (ValueError, OSError):
        return None


def _all(pattern: str) -> list[Backup]:
    try:
        found = [_read(path) for path in folder().glob(pattern)]
    except OSError:
        return []
    return sorted((b for b in found if b), key=lambda backup: (backup.moment, backup.path.name))


def backups_of(register_id: str) -> list[Path]:
    """The backups of a register by its id, oldest first."""
    return [backup.path for backup in _all(f"{register_id}/*.ropa")]


def newest_for(path: Path) -> Path | None:
    """The newest backup that was made of the register at that path; None if there is none."""
    place = _place(path)
    found = [b for b in _all("*/*.ropa") if b.stem == path.stem and place in _places(b.path.parent)]
    return found[-1].path if found else None


def newest_of_name(path: Path) -> Path | None:
    """The newest backup of any register file of that name; None if there is none."""
    found = [backup for backup in _all("*/*.ropa") if backup.stem == path.stem]
    return found[-1].path if found else None


def _place(path: Path) -> str:
    return os.path.normcase(path.absolute().resolve())


def _places(own_folder: Path) -> list[str]:
    """Where the register of a folder of backups has lain, the newest last."""
    try:
        places = json.loads((own_folder / _PLACES).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return [place for place in places if isinstance(place, str)] if isinstance(places, list) else []


def _note_place(own_folder: Path, path: Path) -> None:
    """Write down which file the backups are of, so that nobody restores those of another."""
    place = _place(path)
    known = _places(own_folder)
    if known[-1:] != [place]:
        kept = [other for other in known if other != place][1 - _MOST_PLACES :]
        with written(own_folder / _PLACES) as file:
            file.write(json.dumps([*kept, place]).encode("ascii"))


def copy(
    source: sqlite3.Connection, target: Path,
    progress: Callable[[int, int], None] | None = None,
) -> None:  # fmt: skip
    """Copy an open register to a file that does not exist, whole as at one moment.

    progress: called with the pages left and the pages in all. Raises UserError.
    """
    check_new(target)
    partial = beside(target)
    try:
        with friendly(target):
            destination = connect(partial, "rwc")
            try:
                report = (lambda _status, left, total: progress(left, total)) if progress else None
                source.backup(destination, pages=2000 if progress else -1, progress=report)
            finally:
                destination.close()
            check_new(target)  # nobody made it meanwhile
            partial.rename(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def make(
    source: sqlite3.Connection, register_id: str, stem: str, head: str, now: datetime,
    zone: str = DEFAULT_ZONE,
) -> Path | None:  # fmt: skip
    """Make a dated backup in the user's folder and drop those too old to keep.

    head: operation number and beginning of its hash; if the newest backup has the same, none is
    made and None comes back. zone: whose days count.
    """
    place = folder() / register_id
    known = _all(f"{register_id}/*.ropa")
    if known and known[-1].head == head:
        return None
    with friendly(place):
        place.mkdir(parents=True, exist_ok=True)
    target = place / f"{stem}~{now.astimezone(UTC).strftime(_TIME)}~{head}.ropa"
    if target.exists():
        return None
    copy(source, target)
    made = _read(target)
    everything = [*known, made] if made else known
    for backup in outdated(everything, zone=zone):
        backup.path.unlink(missing_ok=True)
    return target


def make_of(register: Register) -> Path | None:
    """A dated backup of an open register; None if the newest one holds the same."""
    head = register.head()
    mark = f"{head.operation}-{head.hash[:12]}"
    made = make(
        register.connection, register.id, register.path.stem, mark, register.now(), register.zone
    )
    _note_place(folder() / register.id, register.path)
    return made


def due(register: Register) -> bool:
    """True if the register has no backup of this day, in its own time zone, yet."""
    known = _all(f"{register.id}/*.ropa")
    return not known or _day(known[-1].moment, register.zone) < _day(register.now(), register.zone)


def _day(moment: datetime, zone: str) -> date:
    """The day of a moment in a zone; a zone that nobody knows stops no backup."""
    try:
        return day_of(moment, zone)
    except UserError:
        return day_of(moment, DEFAULT_ZONE)


def outdated(
    backups: Iterable[Backup], most_bytes: int = MOST_BYTES, zone: str = DEFAULT_ZONE
) -> list[Backup]:
    """The backups to drop: kept are the newest of 7 days, 4 weeks and 12 months, up to a size.

    zone: whose days count. The newest backup is always kept.
    """
    newest_first = sorted(backups, key=lambda backup: backup.moment, reverse=True)
    kept: list[Backup] = []
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        seen: dict[str, Backup] = {}
        for backup in newest_first:
            seen.setdefault(_day(backup.moment, zone).strftime(period), backup)
        kept += list(seen.values())[:most]
    total, dropped = 0, []
    for number, backup in enumerate(newest_first):
        total += backup.size
        if backup not in kept or (total > most_bytes and number > 0):
            dropped.append(backup)
            total -= backup.size
    return dropped
