"""What languages call themselves; the same whichever language the window speaks."""

from __future__ import annotations

from typing import Final

OWN_NAMES: Final = {"nb": "Norsk bokmål", "en": "English"}
