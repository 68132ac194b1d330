"""Lines of days drawn: a 6 px bar with dots, words above and dates below that never overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ropa_app.exports.picture import (
    Box,
    Dot,
    Picture,
    Primitive,
    Text,
    about_width,
    in_lines,
    moved,
)
from ropa_app.exports.picture_icons import icon
from ropa_app.exports.timeline import Mark, Standing, Timeline
from ropa_app.i18n import N_
from ropa_app.model.words import Words

__all__ = ["draw_timeline", "draw_timelines", "draw_to_give", "part_of", "scale_of"]

BAR = 6.0
_DOT = 5.5
_LINE = 17.0
_SIZE = 12.0
_APART = 14.0
_UNDER, _OVER = 20.0, 13.0  # base lines of dates and words from the middle of the bar
_OPEN_END = 0.18  # of the line, left free behind the last day where no end is set
_NAME, _NAME_LINE = 13.0, 19.0  # type size and line of what stands over a line of days
_BETWEEN = 14.0  # from one line of days to the name of the next
_TITLE, _TITLE_LINE = 15.0, 21.0
_EDGE = 12.0  # around what leaves the window

Measure = Callable[[str, bool], float]


def _about(text: str, strong: bool) -> float:
    return about_width(text, _SIZE)


@dataclass(frozen=True, slots=True)
class _Label:
    """A mark with its place, the left side of its words, and how many lines it moves away."""

    mark: Mark
    x: float
    left: float
    width: float
    line: int


def scale_of(timelines: Sequence[Timeline]) -> tuple[date, date]:
    """First and last day over some lines, so that they can be compared; room where one is open."""
    days = [mark.day for timeline in timelines for mark in timeline.marks]
    first, last = min(days), max(days)
    if any(not timeline.ends for timeline in timelines):
        last += timedelta(days=round(max((last - first).days, 30) * _OPEN_END))
    return first, max(last, first + timedelta(days=1))


def part_of(number: int, mark: Mark) -> str:
    """The id of a mark, on the timeline of a number, in a picture of several."""
    return f"{number}.{mark.day.isoformat()}"


def draw_timelines(
    timelines: Sequence[Timeline], words: Words, width: float, measure: Measure = _about
) -> Picture:
    """One below the other at one scale, each with what it is of; parts are named by `part_of`."""
    shown = [timeline for timeline in timelines if not timeline.empty]
    scale = scale_of(shown) if shown else None
    items: list[Primitive] = []
    y = 0.0
    for number, timeline in enumerate(timelines):
        y += _BETWEEN if number else 0.0
        for line in in_lines(timeline.heading, width, _NAME):
            y += _NAME_LINE
            items.append(Text(0, y - 5, line, _NAME, strong=True))
        y += 5.0 if timeline.heading else 0.0
        if timeline.empty:
            y += _LINE
            items.append(Text(0, y - 4, words.say(N_("No dates are stated.")), _SIZE, "text3"))
            continue
        made = draw_timeline(timeline, width, measure, scale)
        for item in made.items:
            named = replace(item, id=f"{number}.{item.id}") if item.id else item
            items.append(moved(named, 0, y))
        y += made.height
    return Picture(width, y, tuple(items))


def draw_to_give(
    timelines: Sequence[Timeline], title: str, standings: Sequence[Standing], words: Words,
    width: float,
) -> Picture:  # fmt: skip
    """The lines of days with what they are of and how it stands, for a document of its own."""
    items: list[Primitive] = []
    y = 0.0
    width -= 2 * _EDGE
    for line in in_lines(title, width, _TITLE):
        y += _TITLE_LINE
        items.append(Text(0, y - 5, line, _TITLE, strong=True))
    for standing in standings:
        y += _NAME_LINE + 4
        items.append(icon(standing.icon, 8, y - 9, 16, f"{standing.role}-text"))
        items.append(Text(24, y - 5, standing.word, _NAME, strong=True))
        for line in in_lines(standing.reason, width - 24, _SIZE):
            y += _LINE
            items.append(Text(24, y - 4, line, _SIZE, "text2"))
    y += _BETWEEN
    lines = draw_timelines(timelines, words, width)
    items += [moved(item, 0, y) for item in lines.items]
    placed = tuple(moved(item, _EDGE, _EDGE) for item in items)
    return Picture(width + 2 * _EDGE, y + lines.height + 2 * _EDGE, placed)


def draw_timeline(
    timeline: Timeline,
    width: float,
    measure: Measure = _about,
    scale: tuple[date, date] | None = None,
) -> Picture:
    """The line at a width; `measure` tells how wide a text is (strong or not) at 12 px."""
    first, last = scale or scale_of([timeline])
    span = (last - first).days

    def place(day: date) -> float:
        return _DOT + (width - 2 * _DOT) * (day - first).days / span

    labels = _placed(timeline.marks, place, width, measure)
    lines = max((label.line for label in labels), default=0)
    middle = _OVER + _SIZE + lines * _LINE
    items: list[Primitive] = [
        Box(0, middle - BAR / 2, width, BAR, BAR / 2, "hair"),
        *_elapsed(timeline, place, middle),
    ]
    for label in labels:
        if label.line and not any(_under(label, other) for other in labels):
            items.append(_leader(label, middle))
    for label in labels:
        items += _drawn(label, middle)
    return Picture(width, middle + _UNDER + lines * _LINE + 4, tuple(items))


def _elapsed(
    timeline: Timeline, place: Callable[[date], float], middle: float
) -> list[Primitive]:
    """The coloured part of the bar."""
    start, until = timeline.start, timeline.until
    if start is None or until is None or until <= start:
        return []
    left = place(start)
    return [Box(left, middle - BAR / 2, place(until) - left, BAR, BAR / 2, timeline.role)]


def _placed(
    marks: Sequence[Mark], place: Callable[[date], float], width: float, measure: Measure
) -> list[_Label]:
    """Each label in the first line, from the bar outwards, where it meets no other."""
    found: list[_Label] = []
    taken: list[float] = []  # how far to the right each line is used
    for mark in marks:
        x = place(mark.day)
        wide = max(measure(mark.label, True), measure(mark.date, False))
        left = min(max(x - wide / 2, 0.0), max(width - wide, 0.0))
        line = next((n for n, end in enumerate(taken) if left >= end + _APART), len(taken))
        taken[line : line + 1] = [left + wide]
        found.append(_Label(mark, x, left, wide, line))
    return found


def _under(label: _Label, other: _Label) -> bool:
    """True if a line from the dot to its words would cut through the words of another."""
    beside = other.left - 2 <= label.x <= other.left + other.width + 2
    return other is not label and other.line < label.line and beside


def _leader(label: _Label, middle: float) -> Box:
    """From the dot to words that had to move away."""
    reach = label.line * _LINE + BAR / 2 + 4
    return Box(label.x - 0.5, middle - reach, 1, 2 * reach, 0, "edge")


def _drawn(label: _Label, middle: float) -> list[Primitive]:
    mark, off = label.mark, label.line * _LINE
    anchor, x = _anchored(label)
    day = mark.day.isoformat()
    return [
        Dot(label.x, middle, _DOT, mark.role, "paper", day),
        Text(x, middle - _OVER - off, mark.label, _SIZE, "text", True, anchor, day),
        Text(x, middle + _UNDER + off, mark.date, _SIZE, "text2", False, anchor, day),
    ]


def _anchored(label: _Label) -> tuple[str, float]:
    """Words are centred on their dot; at the ends of the line they stop with it."""
    centred = label.x - label.width / 2
    if label.left > centred + 0.001:
        return "start", label.left
    if label.left < centred - 0.001:
        return "end", label.left + label.width
    return "middle", label.x
