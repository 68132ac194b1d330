"""Make resources/fonts/icons.ttf from the Phosphor icon font 1.3.0 (MIT licence).

    pip install fonttools
    python3 packaging/subset_icons.py phosphor-1.3.0.ttf phosphor-charmap-1.3.0.json

Kept are the icons that ui/icons.py names; their code points go to resources/fonts/icons.json, the
names without the prefix "ph-". The same input gives identical bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "fonts"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("font", type=Path)
    parser.add_argument("charmap", type=Path)
    options = parser.parse_args()
    charmap = json.loads(options.charmap.read_text("utf-8"))
    wanted = json.loads((TARGET / "icons.json").read_text("utf-8"))
    codes = {name: charmap[name] for name in sorted(wanted)}
    font = TTFont(options.font, recalcTimestamp=False)
    choices = subset.Options(drop_tables=["FFTM", "GSUB"], hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(choices)
    subsetter.populate(unicodes=[int(code, 16) for code in codes.values()])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "ropa icons"
        elif record.nameID == 6:
            record.string = "ropa-icons"
    font.save(TARGET / "icons.ttf")
    text = json.dumps(codes, indent=1)
    (TARGET / "icons.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(codes)} icons", file=sys.stderr)


if __name__ == "__main__":
    main()
