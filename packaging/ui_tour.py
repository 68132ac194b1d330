"""Make the pictures of docs/ui-tour.md, and the small ones that the look is held to.

    python3 packaging/bootstrap.py setup
    .venv/bin/python -P packaging/ui_tour.py [PAGE …]               those of the tour
    .venv/bin/python -P packaging/ui_tour.py --references [PAGE …]  those in tests/data/pictures
    .venv/bin/python -P packaging/ui_tour.py --small FOLDER         the same, somewhere else

The clock stands still, the samples are made anew and texts are set in our own font, so that the
same program makes the same pictures. Pages that are not named are left as they are.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
REFERENCES = ROOT / "tests" / "data" / "pictures"
SMALL = 360  # px: the width of a reference, for a window 1440 px wide
NOW = "2026-11-24T09:00:00+01:00"
# Each page in both languages and both themes with as few pictures as that takes.
LOOKS = {"en": "light", "nb": "dark"}
SOON = 400  # milliseconds: a timer that ends sooner is waited for
ROUND = 70  # milliseconds between two looks at a page
WAIT = 430  # looks, for a page to come to rest
AT_REST = 3  # looks in which nothing changes and nothing is under way


@dataclass(frozen=True)
class Stop:
    """One picture: its name, sample, page, and what is done before it is taken.

    What is done may return a dialog, to be taken in place of the window. `alone`: it leaves the
    window in a state that other pictures must not show.
    """

    name: str
    sample: str
    page: str
    act: Callable[[object], object] | None = None
    size: tuple[int, int] = (1440, 900)
    alone: bool = False


def _go(reference: str, field: str = "") -> Callable[[object], None]:
    def act(window: object) -> None:
        record = window.session.register.get(reference)  # type: ignore[attr-defined]
        window.go_to(record.id, field)  # type: ignore[attr-defined]
        if field:
            at_rest(window)
            _scroll(window.records_page().form, field)  # type: ignore[attr-defined]

    return act


def _scroll(form: object, field: str) -> None:
    """To the head of the field's section: how far going there scrolls depends on the machine."""
    section = form.rows[field].field.section  # type: ignore[attr-defined]
    form._to_section(list(form._sections).index(section))  # type: ignore[attr-defined]


def _call(name: str) -> Callable[[object], None]:
    return lambda window: getattr(window, name)()


def _flow(window: object) -> None:
    window.records_page().form.show_flow(True)  # type: ignore[attr-defined]


def _table(window: object) -> None:
    window.actions_by_key["table"].trigger()  # type: ignore[attr-defined]


def _past(window: object) -> None:
    window.session.show_past("2025-06-30")  # type: ignore[attr-defined]


def _keyboard(window: object) -> object:
    from ropa_ui.views.keyboard import KeyboardDialog

    window.actions_by_key["keyboard"].trigger()  # type: ignore[attr-defined]
    return window.findChild(KeyboardDialog)  # type: ignore[attr-defined]


STOPS = (
    Stop("overview", "nordlys", "overview"),
    Stop("overview-narrow", "nordlys", "overview", size=(900, 600), alone=True),
    Stop("activity", "smartgroup", "activity", _go("A-002", "purposes")),
    Stop("activity-data", "nordlys", "activity", _go("A-001", "data")),
    Stop("party", "nordlys", "party", _go("P-013")),
    Stop("agreement", "nordlys", "agreement", _go("D-002", "checklist")),
    Stop("transfer", "nordlys", "transfer", _go("T-012")),
    Stop("transfer-safeguards", "nordlys", "transfer", _go("T-001", "safeguards")),
    Stop("retention", "nordlys", "retention"),
    Stop("measure", "nordlys", "measure"),
    Stop("system", "nordlys", "system"),
    Stop("assessment", "nordlys", "assessment"),
    Stop("request", "nordlys", "request"),
    Stop("notice", "nordlys", "notice"),
    Stop("document", "nordlys", "document"),
    Stop("organisation", "nordlys", "organisation"),
    Stop("flow", "nordlys", "activity", _flow, alone=True),
    Stop("table", "nordlys", "activity", _table, alone=True),
    Stop("history", "nordlys", "history"),
    Stop("checks", "smartgroup", "checks"),
    Stop("export", "smartgroup", "export"),
    Stop("settings", "smartgroup", "settings"),
    Stop("palette", "nordlys", "activity", _call("show_palette"), alone=True),
    Stop("as-at", "nordlys", "activity", _past, alone=True),
    Stop("keyboard", "nordlys", "activity", _keyboard, alone=True),
)


PAGES = (*(stop.name for stop in STOPS), "welcome", "new-register")


@dataclass(frozen=True)
class Tour:
    """What is taken, how large, and where it is put."""

    pages: frozenset[str]
    small: bool
    folder: Path

    def keep(self, name: str, language: str, widget: object) -> None:
        """Take the widget when it has come to rest."""
        path = self.folder / f"{name}-{LOOKS[language]}-{language}.png"
        at_rest(widget).save(str(path))  # type: ignore[attr-defined]
        if self.small:
            _shrink(path)
        print(name, language, flush=True)


def main() -> None:
    """Take the pictures named, or all."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--references", action="store_true")
    asked.add_argument("--small", type=Path)
    asked.add_argument("pages", nargs="*", choices=[*PAGES, []], metavar="PAGE")
    given = asked.parse_args()
    folder = REFERENCES if given.references else given.small
    small = folder is not None
    pages = frozenset(given.pages or PAGES)
    tour = Tour(pages, small, folder or SCREENS)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["ROPA_NOW"] = NOW
    os.environ["ROPA_USER"] = "kari"
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "Documents").mkdir()
        os.environ["HOME"] = home
        os.environ["ROPA_HOME"] = str(Path(home) / "ropa")
        tour.folder.mkdir(parents=True, exist_ok=True)
        _take_all(tour, Path(home) / "Documents")


def _take_all(tour: Tour, folder: Path) -> None:
    from ropa_app.i18n import set_language
    from ropa_ui import fonts, theme
    from ropa_ui.app import start

    fonts.use_own_family()
    app, programme = start([])
    app.setCursorFlashTime(0)
    for language, theme_name in LOOKS.items():
        set_language(language)
        theme.set_theme(theme_name)
        for stops in _together(tour.pages):
            _take(tour, programme, stops, folder, language)
        _take_beginning(tour, language)


def _together(pages: frozenset[str]) -> Iterator[list[Stop]]:
    """The stops that one window can show one after the other."""
    wanted = [stop for stop in STOPS if stop.name in pages]
    for sample in ("nordlys", "smartgroup"):
        shared = [stop for stop in wanted if stop.sample == sample and not stop.alone]
        if shared:
            yield shared
    yield from ([stop] for stop in wanted if stop.alone)


def _take(tour: Tour, programme: object, stops: list[Stop], folder: Path, language: str) -> None:
    from PySide6.QtTest import QTest

    from ropa_app.register.sample import make_sample
    from ropa_ui import settings

    path = folder / f"{stops[0].sample}.ropa"
    if not path.exists():
        make_sample(stops[0].sample, path).close()
    settings.store().clear()  # nothing is remembered from the picture before
    settings.keep("page", stops[0].page)
    programme.open(path)  # type: ignore[attr-defined]
    window = programme.window  # type: ignore[attr-defined]
    window.resize(*stops[0].size)
    while window.checks.figures is None:
        QTest.qWait(50)
    for stop in stops:
        window.open_page(stop.page)
        window.navigation.pages.setFocus()
        dialog = None
        if stop.act:
            at_rest(window)  # a form being built would scroll differently on slower machines
            dialog = stop.act(window)
        tour.keep(stop.name, language, dialog or window)


def _take_beginning(tour: Tour, language: str) -> None:
    """What is there before a register is."""
    from ropa_ui import settings
    from ropa_ui.views.new_register import NewRegisterDialog
    from ropa_ui.views.welcome import WelcomeWindow

    settings.store().clear()
    page = WelcomeWindow()
    page.resize(1440, 900)
    page.show()
    if "welcome" in tour.pages:
        tour.keep("welcome", language, page)
    if "new-register" in tour.pages:
        dialog = NewRegisterDialog(page)
        dialog.open()
        dialog.questions.name.setText("Fjellbutikken AS")
        dialog.questions.businesses["web-shop"].setChecked(True)
        tour.keep("new-register", language, dialog)
    page.close()


def at_rest(widget: object) -> object:
    """What the widget looks like when nothing is under way and nothing changes any more."""
    from PySide6.QtTest import QTest

    before, alike = None, 0
    for _time in range(WAIT):
        QTest.qWait(ROUND)
        image = widget.grab().toImage()  # type: ignore[attr-defined]
        working = _is_under_way(widget.window())  # type: ignore[attr-defined]
        alike = alike + 1 if image == before and not working else 0
        if alike >= AT_REST:
            return image
        before = image
    raise SystemExit("A page never comes to rest.")


def _is_under_way(window: object) -> bool:
    """True while something is worked out beside the window, or a timer will change it."""
    from PySide6.QtCore import QTimer

    from ropa_ui.models.beside import Beside
    from ropa_ui.models.jobs import Job

    find = window.findChildren  # type: ignore[attr-defined]
    working = any(job.running for job in find(Job)) or any(each.is_asked for each in find(Beside))
    soon = (timer for timer in find(QTimer) if timer.isSingleShot() and timer.isActive())
    return working or any(timer.remainingTime() < SOON for timer in soon)


def _shrink(path: Path) -> None:
    """Make a picture a quarter as wide, in few colours: some kilobytes."""
    from PIL import Image

    with Image.open(path) as opened:
        share = SMALL / 1440
        size = (round(opened.width * share), round(opened.height * share))
        small = opened.convert("RGB").resize(size, Image.Resampling.BOX)
    few = small.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
