"""Which editor a kind of field gets."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ropa_app.model.field import Field
from ropa_ui.forms.checklist import ChecklistEditor
from ropa_ui.forms.chips import ChipsEditor
from ropa_ui.forms.editor import Context, Editor, EditorMaker
from ropa_ui.forms.files import FileEditor
from ropa_ui.forms.lines import LinesEditor
from ropa_ui.forms.period import PeriodEditor
from ropa_ui.forms.pickers import PickEditor
from ropa_ui.forms.safeguards import SafeguardsEditor
from ropa_ui.forms.text_editors import DateEditor, LineEditor, TextEditor

_BY_KIND: dict[str, EditorMaker] = {
    "long_text": TextEditor,
    "date": DateEditor,
    "term": PickEditor,
    "country": PickEditor,
    "link": PickEditor,
    "terms": ChipsEditor,
    "countries": ChipsEditor,
    "links": ChipsEditor,
    "texts": ChipsEditor,
    "line_links": ChipsEditor,
    "period": PeriodEditor,
    "file": FileEditor,
    "lines": LinesEditor,
}
# Made by hand where that is kinder: the key of a field of lines.
_BY_KEY: dict[str, EditorMaker] = {
    "checklist": ChecklistEditor,
    "safeguards": SafeguardsEditor,
}


def make_editor(field: Field, context: Context, parent: QWidget) -> Editor:
    """The editor for a field or column; one line of text where nothing else fits better."""
    return _maker(field)(field, context, parent)


def adds_lines(field: Field) -> bool:
    """True if the editor of a field takes new lines through `add_line`."""
    return bool(getattr(_maker(field), "adds_lines", False))


def _maker(field: Field) -> EditorMaker:
    by_hand = _BY_KEY.get(field.key) if field.kind == "lines" else None
    return by_hand or _BY_KIND.get(field.kind, LineEditor)
