"""Every page looks as it did: small pictures compared, so that the look cannot drift unseen.

Letters may be drawn a little differently from machine to machine; nothing may stand elsewhere, be
of another colour, or be missing. After a change that is meant, look at the pages, then run

    .venv/bin/python -P packaging/ui_tour.py --references
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).parents[2]
REFERENCES = ROOT / "tests" / "data" / "pictures"
RENEW = ".venv/bin/python -P packaging/ui_tour.py --references"
TILE = 8  # points of a small picture: 32 px of the window
TOLERANCE = 20  # of 255, in the mean over a tile


def taken(folder: Path) -> set[str]:
    """The pictures of the program as it is now, taken by a process of their own."""
    script = ROOT / "packaging" / "ui_tour.py"
    done = subprocess.run(
        [sys.executable, "-P", script, "--small", folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.stem for path in folder.glob("*.png")}


def drift(one: Image.Image, other: Image.Image) -> tuple[int, tuple[int, int]]:
    """How far the tile that differs most is off, and where in the window it is."""
    whole = (0, 0, one.width // TILE * TILE, one.height // TILE * TILE)
    apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    tiles = apart.crop(whole).reduce(TILE)
    worst, place = -1, (0, 0)
    for y in range(tiles.height):
        for x in range(tiles.width):
            off = max(tiles.getpixel((x, y)))  # type: ignore[arg-type]
            if off > worst:
                worst, place = off, (x * TILE * 4, y * TILE * 4)
    return worst, place


def test_every_page_looks_as_it_did(tmp_path: Path) -> None:
    """One test for all: they are taken in one go, whichever of the workers does it."""
    now, was = taken(tmp_path), {path.stem for path in REFERENCES.glob("*.png")}
    assert now == was, f"pages without a picture, or the other way round; run {RENEW}"
    drifted = []
    for name in sorted(now):
        one, two = (Image.open(folder / f"{name}.png") for folder in (REFERENCES, tmp_path))
        off, place = drift(one, two) if one.size == two.size else (255, (0, 0))
        if off > TOLERANCE:
            drifted.append(f"{name}: off by {off} about {place}")
    assert not drifted, (
        f"compare {REFERENCES} with {tmp_path}; if it is meant, run {RENEW}\n" + "\n".join(drifted)
    )


def test_a_shift_of_some_pixels_is_seen() -> None:
    """The measure itself: letters a little thinner pass, a list moved by 6 px does not."""
    with Image.open(REFERENCES / "activity-light-en.png") as opened:
        picture = opened.convert("RGB").resize((1440, 900), Image.Resampling.BICUBIC)
    small = picture.resize((360, 225), Image.Resampling.BOX)
    thinner = small.point(lambda value: min(round(value * 1.04), 255))
    assert drift(small, thinner)[0] <= TOLERANCE
    moved = ImageChops.offset(picture, 0, 6).resize((360, 225), Image.Resampling.BOX)
    assert drift(small, moved)[0] > TOLERANCE
