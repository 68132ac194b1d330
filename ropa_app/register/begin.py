"""Making a register for an organisation together with its first activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ropa_app import clock
from ropa_app.model.state import Value
from ropa_app.register.change import label
from ropa_app.register.entry import creations
from ropa_app.register.store import Register
from ropa_app.register.templates import NO_PERIODS, Template, records_of
from ropa_app.register.view import DEFAULT_ZONE

# Days begin and end where the organisation is; the zone can be changed in the settings.
_ZONES = {"GB": "Europe/London", "IE": "Europe/Dublin"}


def begin_register(
    path: Path,
    language: str,
    organisation: Mapping[str, Any],
    chosen: Sequence[Template],
    now: clock.Clock = clock.now,
    periods: Mapping[str, Value] = NO_PERIODS,
) -> None:
    """Make a register file for an organisation, given as fields in typed text or JSON.

    The organisation and what the chosen templates become are one operation after the creation;
    `periods` are the times of keeping given instead of the proposed, by the key of their rule.
    Raises UserError if the file exists already or cannot be written; then there is none.
    """
    country = str(organisation.get("country", ""))
    settings = {
        "name": organisation["name"],
        "time_zone": _ZONES.get(country, DEFAULT_ZONE),
        "language": language,
    }
    with Register.create(path, settings, now=now) as register:
        try:
            item = {"kind": "organisation", "fields": organisation}
            (ours,) = creations(register, [item], {})
            changes = [ours, *records_of(chosen, language, ours, periods)]
            kind = "activity" if chosen else "organisation"
            register.apply(changes, label("add", kind=kind, count=len(chosen) or 1))
        except BaseException:
            register.close()
            path.unlink(missing_ok=True)
            raise
