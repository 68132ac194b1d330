"""The time, in one place so that a test can set it.

ROPA_NOW (an ISO moment) sets the clock of a whole process; SOURCE_DATE_EPOCH stamps exports.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ropa_app.errors import UserError
from ropa_app.i18n import _

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment in UTC."""
    fixed = os.environ.get("ROPA_NOW")
    if fixed:
        return datetime.fromisoformat(fixed).astimezone(UTC)
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the log writes it: UTC with milliseconds, sortable as text."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def export_moment() -> datetime:
    """The moment an export prints: SOURCE_DATE_EPOCH if it is set, else this one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC)
    return now()


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a time zone (an IANA name)."""
    return moment.astimezone(zone_named(zone)).date()


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
    local = zone_named(zone)
    try:
        if len(text) == len("2026-01-31"):
            day = date.fromisoformat(text)
            midnight = datetime(day.year, day.month, day.day, tzinfo=local)
            following = midnight.replace(tzinfo=None) + timedelta(days=1)
            end = following.replace(tzinfo=local).astimezone(UTC)
            return stamp(end - timedelta(milliseconds=1)), day
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise UserError(
            _("“{text}” is not a date; write it as 2026-01-31.").format(text=text)
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=local)
    return stamp(moment), day_of(moment, zone)
