"""The three questions about a new register: who, under which law, what kind of business."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ropa_app import clock
from ropa_app.i18n import _, current_language, in_language
from ropa_app.model.countries import countries
from ropa_app.model.vocabulary import vocabulary
from ropa_app.register.templates import EVERYONE, businesses
from ropa_app.rules.standing import standing
from ropa_ui.languages import OWN_NAMES, offered_language
from ropa_ui.theme import px
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.option_combo import OptionCombo
from ropa_ui.widgets.segmented import Segmented

_REGIMES = ("eu", "uk")


class Questions(QWidget):
    """What is asked; `changed` tells that an answer is another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Made in the order in which they are read: that is the order of Tab.
        self.name = _field(_("Name of the organisation"), self)
        self.number = _field(_("Organisation number"), self)
        self.country = OptionCombo(
            _("Country"), countries(current_language(), kinds=("country",)), self
        )
        self.country.set_key("NO")
        self.address = _field(_("Address"), self)
        self.email = _field(_("Contact e-mail"), self)
        self.language = Segmented([(key, OWN_NAMES[key], "accent") for key in OWN_NAMES], self)
        self.language.setAccessibleName(_("Language of the register"))
        self.language.set_value(offered_language())
        self.regimes: dict[str, QCheckBox] = {}
        self.reasons: dict[str, OptionCombo] = {}
        for key in _REGIMES:
            self.regimes[key] = QCheckBox(_regime_name(key), self)
            self.reasons[key] = OptionCombo(_reason_name(key), _reasons(key), self)
        self.businesses = {
            each.id: QCheckBox(in_language(each.label, current_language()).replace("&", "&&"), self)
            for each in businesses()
            if each.id != EVERYONE
        }
        self._touched = False
        self._lay_out()
        self._connect()
        self._follow_country()

    # Answers

    def organisation(self) -> dict[str, Any]:
        """The organisation as fields of its record; what is empty is left out."""
        lines = [
            {"regime": key, "reason": self.reasons[key].key()}
            for key in _REGIMES
            if self.regimes[key].isChecked()
        ]
        fields: dict[str, Any] = {
            "name": self.name.text().strip(),
            "organisation_number": self.number.text().strip(),
            "country": self.country.key(),
            "address": self.address.text().strip(),
            "email": self.email.text().strip(),
            "regimes": lines,
        }
        return {key: value for key, value in fields.items() if value}

    def typed(self) -> bool:
        """True if something was typed."""
        return any(
            field.text().strip() for field in (self.name, self.number, self.address, self.email)
        )

    def last(self) -> QWidget:
        """The last of what is asked, after which Tab goes on elsewhere."""
        return list(self.businesses.values())[-1]

    def kinds(self) -> list[str]:
        """The kinds of business chosen, and what goes with each of them."""
        found = [key for key, box in self.businesses.items() if box.isChecked()]
        return [*found, EVERYONE] if found else []

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        _head(column, _("Who is the register for?"), first=True)
        column.addLayout(self._who())
        _head(column, _("Which law applies?"))
        for key in _REGIMES:
            column.addWidget(self.regimes[key])
            column.addWidget(self.reasons[key])
        _head(column, _("What kind of business? One or several"))
        for each in businesses():
            if each.id in self.businesses:
                about = in_language(each.about, current_language())
                column.addLayout(_with_help(self.businesses[each.id], about))
        column.addStretch(1)

    def _who(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Name"), self.name), (_("Org. number"), self.number),
            (_("Country"), self.country), (_("Address"), self.address),
            (_("E-mail"), self.email), (_("Language"), self.language),
        )  # fmt: skip
        for row, (text, widget) in enumerate(rows):
            label = Label(text, "body", "text2")
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        for field in (self.name, self.number, self.address, self.email):
            field.textChanged.connect(self.changed)
        self.country.currentIndexChanged.connect(self._follow_country)
        for key in _REGIMES:
            self.regimes[key].clicked.connect(self._touch)
            self.regimes[key].toggled.connect(self.reasons[key].setVisible)
            self.regimes[key].toggled.connect(self.changed)
            self.reasons[key].activated.connect(self._touch)
            self.reasons[key].activated.connect(self.changed)
        for box in self.businesses.values():
            box.toggled.connect(self.changed)

    def _touch(self) -> None:
        self._touched = True

    def _follow_country(self) -> None:
        """Propose the law of the country, until the user has decided otherwise."""
        if not self._touched:
            for key in _REGIMES:
                at_home = standing(self.country.key(), key, clock.now().date()).domestic
                self.regimes[key].setChecked(at_home)
                self.reasons[key].set_key(f"{key}-3-1" if at_home else f"{key}-3-2-a")
                self.reasons[key].setVisible(at_home)
        self.changed.emit()


def _field(name: str, parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setAccessibleName(name)
    return made


def _head(column: QVBoxLayout, text: str, *, first: bool = False) -> None:
    if not first:
        column.addSpacing(14)
    column.addWidget(Label(text, "section"))


def _with_help(box: QCheckBox, about: str) -> QVBoxLayout:
    """The box and, right below it, what it means."""
    box.setAccessibleDescription(about)
    pair = QVBoxLayout()
    pair.setSpacing(0)
    pair.addWidget(box)
    help_text = Label(about, "small", "text3", wrap=True)
    help_text.setContentsMargins(px(28), 0, 0, 0)
    pair.addWidget(help_text)
    return pair


def _regime_name(key: str) -> str:
    return vocabulary("regime").terms[key].label(current_language())


def _reason_name(key: str) -> str:
    return _("Why {law} applies").format(law=_regime_name(key))


def _reasons(key: str) -> list[tuple[str, str]]:
    terms = vocabulary("regime-reason").terms.values()
    language = current_language()
    return [(term.id, term.label(language)) for term in terms if term.id.startswith(key)]
