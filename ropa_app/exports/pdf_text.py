"""Text from people made safe for a page: no markup, no control characters, no missing glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph

from ropa_app.exports.pdf_breaks import fitted
from ropa_app.exports.pdf_style import BODY, REGULAR, STRONG, Style, register_fonts, style
from ropa_app.exports.picture_colours import colour
from ropa_app.exports.safe_text import SafeText, glued

# The most lines one paragraph of a cell takes, so that a row never has to break inside one.
LINES = 20
# How wide a character is on average, in parts of the type size; used to cut long texts only.
AVERAGE = 0.55
# Texts up to this many characters are set once and drawn again where they recur.
SHORT = 48
KEPT = 5000
# Begun only where a word begins: else a long word would be read again from each of its letters.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What no line breaks within: “Art. 46”, “art. 46 nr. 2 c”, “5 Oct” and “5. oktober” before a year.
_ARTICLE = re.compile(r"\b([Aa]rt\.) (?=\d)")
_NUMBER = re.compile(r"\b(nr\.)[ \u00a0](\d+)(?: ([a-z])\b)?")
_PARAGRAPH = re.compile(r"([Aa]rt\.\u00a0\d+[a-z]?) (?=nr\.)")
_DATE = re.compile(
    r"(\d\.?) ((?:Jan|Feb|Mar|Apr|Ma[yi]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cs])[a-z]* \d{4}\b)",
    re.IGNORECASE,
)
# A date with its month in three letters stays whole; a long one may give its year to the next line.
_SHORT_DATE = re.compile(r"(\d\u00a0[A-Z][a-z]{2}) (?=\d{4}\b)")
_UNITED_KINGDOM = re.compile(r"\bUK (?=GDPR\b|Addendum\b)")
_NUMBERED = re.compile(r"\b(SI|Module|[Mm]odul|[Vv]ersion|[Vv]ersjon) (?=\d)")
Fit = Callable[[str], str]


class Typesetter:
    """Makes paragraphs of texts and counts what could not be printed as it stands."""

    def __init__(self) -> None:
        self._known = register_fonts()
        self.safe = SafeText()
        self.unprintable = 0
        self._short: dict[tuple[str, float, Style], list[Flowable]] = {}

    def clean(self, text: str) -> str:
        """The text with control characters replaced and unknown letters as code points."""
        text = self.safe.clean(text)
        if text.isascii():
            return _bound(text.replace("\t", " "))
        shown = "".join(char if self._prints(char) else self._instead(char) for char in text)
        return _bound(glued(shown))

    def _prints(self, char: str) -> bool:
        return char == "\n" or ord(char) in self._known

    def _instead(self, char: str) -> str:
        """Nothing for a mark that has no shape (direction, joiner), else the code point."""
        if unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f":
            return ""
        if char == "\t" or unicodedata.category(char) == "Zs":
            return " "
        self.unprintable += 1
        return f"[U+{ord(char):04X}]"

    def plain(self, text: str) -> str:
        """The text as the contents of a markup paragraph that shows it literally."""
        return _literal(self.clean(text))

    def linked(self, text: str) -> str:
        """The same, its e-mail addresses as links that open the reader's own mail program."""
        return _linked(self.clean(text))

    def strong(self, text: str) -> str:
        """Literal text in the semibold weight, as markup."""
        return f"<b>{self.plain(text)}</b>"

    def coloured(self, text: str, role: str) -> str:
        """Literal text in semibold and in the colour of a role, as markup."""
        return f'<b><font color="{colour(role)}">{self.plain(text)}</font></b>'

    def quiet(self, text: str) -> str:
        """Literal text in the colour of second lines, as markup."""
        return f'<font color="{colour("text2")}">{self.linked(text)}</font>'

    def paragraphs(self, text: str, width: float, how: Style = BODY) -> list[Flowable]:
        """The text as paragraphs that each fit on a page, whatever its length."""
        # Cleaned before it is cut: a letter shown as its code point is nine times as wide.
        text = self.clean(text)
        if len(text) <= SHORT:
            return self._repeated(text, width, how)
        fit = _fit(width, how)
        return [Paragraph(_linked(part, fit), style(*how)) for part in _parts(text, width, how)]

    def _repeated(self, text: str, width: float, how: Style) -> list[Flowable]:
        """Headings and terms stand on every page: one paragraph of each width serves them all."""
        key = (text, width, how)
        found = self._short.get(key)
        if found is None:
            if len(self._short) > KEPT:
                self._short.clear()
            shown = _linked(text, _fit(width, how))
            found = self._short[key] = [Paragraph(shown, style(*how))]
        return found

    def labelled(self, label: str, text: str, width: float, how: Style = BODY) -> list[Flowable]:
        """The same, led by a label in semibold in the first line."""
        return self.led(f"{self.strong(label)}&nbsp;&nbsp;", text, width, how)

    def led(self, head: str, text: str, width: float, how: Style = BODY) -> list[Flowable]:
        """The same, led by markup in the first line that was put together from `strong` and so."""
        fit = _fit(width, how)
        first, *rest = _parts(self.clean(text), width, how)
        return [
            Paragraph(f"{head}{_linked(first, fit)}", style(*how)),
            *(Paragraph(_linked(part, fit), style(*how)) for part in rest),
        ]

    def markup(self, text: str, how: Style = BODY) -> Paragraph:
        """A paragraph of markup that was put together from `plain`, `strong` and the like."""
        return Paragraph(text, style(*how))


def _bound(text: str) -> str:
    """The text with hard spaces where an article or a date would be torn apart."""
    if "rt. " in text:
        text = _ARTICLE.sub("\\1\u00a0", text)
    if "nr." in text:
        text = _PARAGRAPH.sub("\\1\u00a0", text)
        text = _NUMBER.sub(lambda found: "\u00a0".join(filter(None, found.groups())), text)
    if "UK " in text:
        text = _UNITED_KINGDOM.sub("UK\u00a0", text)
    text = _NUMBERED.sub("\\1\u00a0", text)
    if " 20" not in text and " 19" not in text:
        return text
    return _SHORT_DATE.sub("\\1\u00a0", _DATE.sub("\\1\u00a0\\2", text))


def _literal(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _fit(width: float, how: Style) -> Fit:
    """What breaks the words of a text that are wider than the width."""
    font = STRONG if len(how) > 3 and how[3] else REGULAR
    return lambda text: fitted(text, width, font, how[0])


def _parts(text: str, width: float, how: Style) -> Iterator[str]:
    return pieces(text, max(4, int(width / (how[0] * AVERAGE))))


def _linked(text: str, fit: Fit = str) -> str:
    if "@" not in text:
        return _literal(fit(text))
    parts, end = [], 0
    for found in _EMAIL.finditer(text):
        parts.append(_literal(fit(text[end : found.start()])))
        address = quote(found.group(), safe="@")
        ink = colour("accent")
        shown = _literal(fit(found.group()))
        parts.append(f'<a href="mailto:{address}" color="{ink}">{shown}</a>')
        end = found.end()
    return "".join([*parts, _literal(fit(text[end:]))])


def pieces(text: str, per_line: int, lines: int = LINES) -> Iterator[str]:
    """Cut a text at line ends or spaces into parts of about that many lines; none is lost."""
    if len(text) <= per_line * 4 and text.count("\n") < lines // 2:
        yield text
        return
    part: list[str] = []
    used = 0
    for line in _short_lines(text, per_line * lines):
        need = len(line) // per_line + 1
        if part and used + need > lines:
            yield "\n".join(part)
            part, used = [], 0
        part.append(line)
        used += need
    yield "\n".join(part)


def _short_lines(text: str, longest: int) -> Iterator[str]:
    for line in text.split("\n"):
        while len(line) > longest:
            at = line.rfind(". ", longest // 2, longest) + 1
            at = at or line.rfind(" ", longest // 2, longest)
            at = at if at > 0 else longest
            yield line[:at]
            line = line[at:].removeprefix(" ")
        yield line
