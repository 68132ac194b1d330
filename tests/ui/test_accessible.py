"""Every control has a name and a place in the tab order; every page works without a mouse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ropa_app.model.kinds import KINDS
from ropa_ui import theme
from ropa_ui.forms.form import RecordForm
from ropa_ui.kinds import NAVIGATION
from ropa_ui.main_window import MainWindow

Windows = Callable[..., MainWindow]
PAGES = [key for group in NAVIGATION for key, _icon, _label in group] + ["export", "settings"]


def controls(parent: QWidget) -> Iterator[QWidget]:
    """What can take the focus by Tab and is on the screen."""
    for child in parent.findChildren(QWidget):
        by_tab = child.focusPolicy() & Qt.FocusPolicy.TabFocus
        if child.isVisible() and child.isEnabled() and by_tab and child.focusProxy() is None:
            yield child


def spoken_name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, widget
    return found.text(QAccessible.Text.Name) or widget.accessibleName()


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(window: Windows, page: str) -> None:
    opened = window("nordlys", page)
    QApplication.processEvents()
    nameless = [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}: {w.objectName()}"
        for w in controls(opened)
        if not spoken_name(w).strip()
    ]
    assert nameless == []


@pytest.mark.parametrize("sample", ["smartgroup", "nordlys"])
@pytest.mark.parametrize("page", list(KINDS))
def test_no_two_controls_of_a_form_are_called_the_same(
    window: Windows, sample: str, page: str
) -> None:
    opened = window(sample, page)
    QApplication.processEvents()
    found = [w for form in opened.findChildren(RecordForm) for w in controls(form)]
    # A remedy of several findings is told by what its description says of each.
    names = Counter((type(w).__name__, spoken_name(w), w.accessibleDescription()) for w in found)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_every_control_and_comes_round(window: Windows, page: str) -> None:
    opened = window("smartgroup", page)
    QApplication.processEvents()
    opened.navigation.pages.setFocus()
    reached: list[QWidget] = []
    for _step in range(600):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in reached:
            break
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(reached) > 5
    here = opened.stack.currentWidget()
    assert any(here.isAncestorOf(widget) for widget in reached), "Tab never enters the page"
    assert any(w is opened.toolbar.export for w in reached)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_fits_its_least_window(window: Windows, page: str, scale: float) -> None:
    """At 1280 × 720 and up to twice the text size, no page asks for more width than there is."""
    theme.set_scale(scale)
    opened = window("nordlys", page)
    opened.resize(1280, 720)
    QApplication.processEvents()
    assert opened.minimumSizeHint().width() <= 1280
    assert opened.minimumSizeHint().height() <= 720


def test_the_focus_is_told_apart_in_every_theme(window: Windows) -> None:
    """A focused field does not look like one without focus."""
    opened = window("smartgroup", "activity")
    page = opened.records_page()
    assert page
    field = page.pane.field
    for name in theme.THEMES:
        theme.set_theme(name)
        opened.navigation.pages.setFocus()
        QApplication.processEvents()
        plain = field.grab().toImage()
        field.setFocus()
        QApplication.processEvents()
        assert field.grab().toImage() != plain, name
