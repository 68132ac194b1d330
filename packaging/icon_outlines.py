"""Make resources/fonts/outlines.json: icons as outlines, for pictures on paper and as SVG.

    QT_QPA_PLATFORM=offscreen python packaging/icon_outlines.py

Taken from resources/fonts/icons.ttf (Phosphor, MIT licence). Each icon is a list of outlines about
(0, 0) on a grid of 256: a start, then lines (two numbers) and cubics (six). The same font gives
identical bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QPainterPath

from ropa_ui.glyphs import glyph

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "outlines.json"
NAMES = (
    "bank", "briefcase", "buildings", "chart-bar", "check-circle-fill", "circle-wavy-check-fill",
    "credit-card", "envelope-simple", "gear-six", "hard-drives", "headset", "house-simple",
    "megaphone-simple", "minus-circle-fill", "question", "question-fill", "scales", "shield-check",
    "shopping-cart", "truck", "user", "users", "warning-fill", "x-circle-fill",
)  # fmt: skip


def outlines(name: str) -> list[list[list[float]]]:
    """An icon as outlines."""
    path = glyph(name)
    found: list[list[list[float]]] = []
    place = 0
    while place < path.elementCount():
        element = path.elementAt(place)
        step = [_rounded(element.x), _rounded(element.y)]
        if element.type == QPainterPath.ElementType.MoveToElement:
            found.append([step])
        elif element.type == QPainterPath.ElementType.CurveToElement:
            for further in (path.elementAt(place + 1), path.elementAt(place + 2)):
                step += [_rounded(further.x), _rounded(further.y)]
            found[-1].append(step)
            place += 2
        else:
            found[-1].append(step)
        place += 1
    return found


def _rounded(number: float) -> float:
    return round(number, 1)


def main() -> None:
    QGuiApplication(sys.argv)
    lines = [f" {json.dumps(name)}: {json.dumps(outlines(name), separators=(',', ':'))}"
             for name in NAMES]  # fmt: skip
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(NAMES)} icons", file=sys.stderr)


if __name__ == "__main__":
    main()
