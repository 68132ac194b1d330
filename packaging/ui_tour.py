"""Make the pictures of docs/ui-tour.md: every page, in both themes and both languages.

    python3 packaging/bootstrap.py setup
    QT_QPA_PLATFORM=offscreen .venv/bin/python -P packaging/ui_tour.py [PAGE …]

The clock stands still and the samples are made anew, so that the same program makes the same
pictures. Pages that are not named are left as they are.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
NOW = "2026-11-24T09:00:00+01:00"
# Each page in both themes and both languages with as few pictures as that takes.
LOOKS = (("light", "en"), ("dark", "nb"))
WAIT = 150  # tenths of a second for the checks in the background


@dataclass(frozen=True)
class Stop:
    """One picture: its name, sample, page, and what is done before it is taken."""

    name: str
    sample: str
    page: str
    act: Callable[[object], None] | None = None
    size: tuple[int, int] = (1440, 900)


def _go(reference: str, field: str = "") -> Callable[[object], None]:
    def act(window: object) -> None:
        record = window.session.register.get(reference)  # type: ignore[attr-defined]
        window.go_to(record.id, field)  # type: ignore[attr-defined]

    return act


def _call(name: str) -> Callable[[object], None]:
    return lambda window: getattr(window, name)()


def _flow(window: object) -> None:
    window.records_page().form.show_flow(True)  # type: ignore[attr-defined]


def _table(window: object) -> None:
    window.actions_by_key["table"].trigger()  # type: ignore[attr-defined]


STOPS = (
    Stop("overview", "nordlys", "overview"),
    Stop("overview-narrow", "nordlys", "overview", size=(900, 600)),
    Stop("activity", "smartgroup", "activity", _go("A-002", "purposes")),
    Stop("activity-data", "nordlys", "activity", _go("A-001", "data")),
    Stop("party", "nordlys", "party", _go("P-004")),
    Stop("agreement", "nordlys", "agreement", _go("D-002", "checklist")),
    Stop("transfer", "nordlys", "transfer", _go("T-001", "safeguards")),
    Stop("retention", "nordlys", "retention"),
    Stop("measure", "nordlys", "measure"),
    Stop("system", "nordlys", "system"),
    Stop("assessment", "nordlys", "assessment"),
    Stop("request", "nordlys", "request"),
    Stop("notice", "nordlys", "notice"),
    Stop("document", "nordlys", "document"),
    Stop("organisation", "nordlys", "organisation"),
    Stop("flow", "nordlys", "activity", _flow),
    Stop("table", "nordlys", "activity", _table),
    Stop("history", "nordlys", "history"),
    Stop("checks", "smartgroup", "checks"),
    Stop("export", "smartgroup", "export"),
    Stop("settings", "smartgroup", "settings"),
    Stop("palette", "nordlys", "activity", _call("show_palette")),
)


def main() -> None:
    """Take the pictures named, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["ROPA_NOW"] = NOW
    wanted = set(sys.argv[1:]) or {stop.name for stop in STOPS} | {"welcome"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ROPA_HOME"] = str(Path(folder) / "home")
        _take_all(Path(folder), wanted)


def _take_all(folder: Path, wanted: set[str]) -> None:
    from ropa_app.register.sample import make_sample
    from ropa_ui.app import start

    SCREENS.mkdir(parents=True, exist_ok=True)
    app, programme = start([])
    for theme_name, language in LOOKS:
        for stop in STOPS:
            if stop.name not in wanted:
                continue
            path = folder / f"{stop.sample}.ropa"
            if not path.exists():
                make_sample(stop.sample, path).close()
            _take(app, programme, stop, path, theme_name, language)
        if "welcome" in wanted:
            _take_welcome(app, theme_name, language)


def _dress(theme_name: str, language: str) -> None:
    from ropa_app.i18n import set_language
    from ropa_ui import theme

    set_language(language)
    theme.set_theme(theme_name)


def _take(
    app: object, programme: object, stop: Stop, path: Path, theme_name: str, language: str
) -> None:
    from PySide6.QtTest import QTest

    from ropa_ui import settings

    _dress(theme_name, language)
    settings.keep("page", stop.page)
    programme.open(path)  # type: ignore[attr-defined]
    window = programme.window  # type: ignore[attr-defined]
    window.resize(*stop.size)
    for _tenth in range(WAIT):
        if window.checks.figures is not None:
            break
        QTest.qWait(100)
    if stop.act:
        stop.act(window)
    QTest.qWait(1500 if stop.page == "export" else 400)
    window.grab().save(str(SCREENS / f"{stop.name}-{theme_name}-{language}.png"))
    print(stop.name, theme_name, language, flush=True)


def _take_welcome(app: object, theme_name: str, language: str) -> None:
    from PySide6.QtTest import QTest

    from ropa_ui.views.welcome import WelcomeWindow

    _dress(theme_name, language)
    page = WelcomeWindow()
    page.resize(1440, 900)
    page.show()
    QTest.qWait(300)
    page.grab().save(str(SCREENS / f"welcome-{theme_name}-{language}.png"))
    page.close()


if __name__ == "__main__":
    main()
