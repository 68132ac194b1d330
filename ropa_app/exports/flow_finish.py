"""The last touches of a flow: what leads through a party, the worst chain coloured, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ropa_app.exports.flow import HEADINGS, PEOPLE, TROUBLED, Band, Flow, Node, worst_of
from ropa_app.model.words import Words


def through(
    keys: set[str], nodes: Sequence[Node], bands: Sequence[Band]
) -> tuple[list[Node], list[Band]]:
    """What leads to or from any of the nodes."""
    before = _reached(keys, [(band.target, band.source) for band in bands])
    after = _reached(keys, [(band.source, band.target) for band in bands])
    kept = [band for band in bands
            if band.target in before or band.source in after]  # fmt: skip
    return [node for node in nodes if node.id in before | after], kept


def _reached(keys: set[str], ways: Sequence[tuple[str, str]]) -> set[str]:
    onward: dict[str, list[str]] = {}
    for source, target in ways:
        onward.setdefault(source, []).append(target)
    found, waiting = set(keys), list(keys)
    while waiting:
        new = [target for target in onward.get(waiting.pop(), ()) if target not in found]
        found.update(new)
        waiting += new
    return found


def coloured(bands: Sequence[Band]) -> list[Band]:
    """The chains that end worst in the colour of their end, from the company on."""
    worst = worst_of([band.state for band in bands if band.state])
    if worst not in TROUBLED:
        return list(bands)
    ends = {band.source for band in bands if band.state == worst}
    inner = [band for band in bands if not band.source.startswith(f"{PEOPLE}:")]
    chain = _reached(ends, [(band.target, band.source) for band in inner if not band.state])
    return [
        replace(band, state=worst)
        if not band.state and band.target in chain and band in inner else band
        for band in bands
    ]  # fmt: skip


def finished(
    title: str, words: Words, nodes: Sequence[Node], bands: Sequence[Band], notes: tuple[str, ...]
) -> Flow:
    """The flow without empty columns."""
    used = sorted({node.column for node in nodes})
    place = {column: number for number, column in enumerate(used)}
    first = {node.column: node.kind for node in nodes}
    heads = [words.say(HEADINGS[first[column]]) for column in used]
    told = [head if number == 0 or heads[number - 1] != head else ""
            for number, head in enumerate(heads)]  # fmt: skip
    moved = tuple(replace(node, column=place[node.column]) for node in nodes)
    return Flow(title, tuple(told), moved, tuple(bands), notes)
