"""The time, in one place so that a test can set it.

ROPA_NOW (an ISO moment) sets the clock of a whole process; SOURCE_DATE_EPOCH stamps exports.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ropa_app.errors import UserError
from ropa_app.i18n import _

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment in UTC."""
    fixed = os.environ.get("ROPA_NOW")
    if fixed:
        try:
            return datetime.fromisoformat(fixed).astimezone(UTC)
        except (ValueError, OverflowError):
            sentence = _("ROPA_NOW is “{text}”, which is no moment; write it as 2026-01-31T12:00.")
            raise UserError(sentence.format(text=fixed)) from None
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the log writes it: UTC with milliseconds, sortable as text."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def export_moment() -> datetime:
    """The moment an export prints: SOURCE_DATE_EPOCH if it is set, else this one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            sentence = _("SOURCE_DATE_EPOCH is “{text}”, which is no number of seconds since 1970.")
            raise UserError(sentence.format(text=epoch)) from None
    return now()


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a time zone (an IANA name)."""
    return moment.astimezone(zone_named(zone)).date()


def local(at: str, zone: str) -> str:
    """A moment of the log as it is shown: day and minute in a time zone; odd text as it stands."""
    try:
        moment = datetime.fromisoformat(at).astimezone(zone_named(zone))
    except (ValueError, OverflowError):
        return at
    return moment.strftime("%Y-%m-%d %H:%M")


def zone_named(name: str) -> ZoneInfo:
    """The time zone of an IANA name. Raises UserError if there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(
            _("“{name}” is not a time zone; write it as Europe/Oslo.").format(name=name)
        ) from None


def end_of(text: str, zone: str) -> tuple[str, date]:
    """Read an as-at date or moment: the last moment it covers (as in the log) and its day.

    A date means the end of that day in the zone. Raises UserError if it cannot be read.
    """
    zone_of_days = zone_named(zone)
    try:
        day = _date_in(text)
        if day is not None:
            # Midnight of the next day: not 24 hours later where the clocks change.
            midnight = datetime.combine(day + timedelta(days=1), time(), zone_of_days)
            end = midnight.astimezone(UTC)
            return stamp(end - timedelta(milliseconds=1)), day
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise UserError(
            _("“{text}” is not a date; write it as 2026-01-31.").format(text=text)
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of_days)
    return stamp(moment), day_of(moment, zone)


def _date_in(text: str) -> date | None:
    """The date, however ISO 8601 writes it (20260131, 2026-W05-6); None for a moment."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
