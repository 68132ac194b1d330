"""Countries, international organisations and special places: codes and names in each language.

The data lie in resources/reference/countries.json: ISO 3166-1 alpha-2 codes with the
user-assigned XK, codes of our own for international organisations (``ORG-…``), and parts of
a country that data-protection law treats by name (ISO 3166-2 ids such as ``GB-NIR``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from ropa_app.i18n import in_language
from ropa_app.paths import resources

#: Letters that no decomposition takes apart, as they are typed on a keyboard without them.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "đ": "d", "ł": "l", "þ": "th"})
#: Words that come and go in names and tell no two of them apart.
_FILLERS = frozenset({"the", "and", "og", "et"})
#: Where the Norwegian alphabet puts its last three letters, after z.
_AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})


@dataclass(frozen=True, slots=True)
class Country:
    """A country, an international organisation or a special place, as a destination.

    ``kind`` is "country", "organisation" or "place"; a place names the country whose law it
    shares in ``part_of``. ``names`` and ``note`` are texts by language.
    """

    code: str
    kind: str
    names: dict[str, str] = field(hash=False)
    aliases: tuple[str, ...] = ()
    note: dict[str, str] = field(default_factory=dict, hash=False)
    part_of: str | None = None

    def name(self, lang: str) -> str:
        """The short name in this language, English where there is none."""
        return in_language(self.names, _language(lang))


@lru_cache(maxsize=1)
def _all() -> dict[str, Country]:
    source = resources("reference", "countries.json")
    data = json.loads(source.read_text(encoding="utf-8"))
    found: dict[str, Country] = {}
    for entry in data["countries"]:
        found[entry["code"]] = Country(
            code=entry["code"],
            kind=entry.get("kind", "country"),
            names=entry["name"],
            aliases=tuple(entry.get("aliases", ())),
            note=entry.get("note", {}),
        )
    for entry in data["places"]:
        found[entry["id"]] = Country(
            code=entry["id"],
            kind="place",
            names=entry["name"],
            aliases=tuple(entry.get("aliases", ())),
            note=entry.get("note", {}),
            part_of=entry["country"],
        )
    return found


def country(code: str) -> Country:
    """The entry with this code; KeyError if there is none (source: ISO 3166-1, 3166-2)."""
    return _all()[code]


def is_country(code: str) -> bool:
    """True if there is an entry with this code."""
    return code in _all()


def country_name(code: str, lang: str) -> str:
    """The short name of a country, organisation or place (source: Unicode CLDR, mended).

    A code nobody knows is shown as it stands, so that a register never hides what it holds.
    """
    entry = _all().get(code)
    return entry.name(lang) if entry else code


def countries(
    lang: str, kinds: Collection[str] = ("country", "organisation")
) -> list[tuple[str, str]]:
    """Codes and names, in the alphabetical order of the language (source: ISO 3166-1).

    ``kinds`` may also ask for "place". In bokmål æ, ø and å come last; elsewhere accents do
    not count.
    """
    return list(_sorted(_language(lang), frozenset(kinds)))


@lru_cache(maxsize=16)
def _sorted(lang: str, kinds: frozenset[str]) -> tuple[tuple[str, str], ...]:
    pairs = [(entry.code, entry.name(lang)) for entry in _all().values() if entry.kind in kinds]
    return tuple(sorted(pairs, key=lambda pair: (_sort_key(pair[1], lang), pair)))


def find_country(text: str) -> str | None:
    """The code that a text stands for: a code, a name in any language we hold, or an alias.

    Capitals, accents, full stops and hyphens do not count. A text that could mean two
    countries ("Congo") finds none (source: the names and aliases in countries.json).
    """
    return _index().get(_fold(text)) if text else None


@lru_cache(maxsize=1)
def _index() -> dict[str, str]:
    """Folded text → code; what two entries share is left out, but a code beats a name."""
    meanings: dict[str, set[str]] = {}
    for entry in _all().values():
        for text in (*entry.names.values(), *entry.aliases):
            meanings.setdefault(_fold(text), set()).add(entry.code)
    index = {text: next(iter(codes)) for text, codes in meanings.items() if len(codes) == 1}
    index.update({_fold(code): code for code in _all()})
    index.pop("", None)
    return index


def _language(lang: str) -> str:
    """The language a tag means: "nb-NO", "no" and "nn" are answered in bokmål."""
    base = re.split(r"[-_]", lang, maxsplit=1)[0].lower()
    return "nb" if base in ("no", "nn") else base


def _fold(text: str) -> str:
    """Text without capitals, accents, punctuation and filler words, to compare names by."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.split(r"[^\w]+", re.sub(r"[.'’`´]", "", letters))
    kept = [{"st": "saint"}.get(word, word) for word in words if word]
    return " ".join([word for word in kept if word not in _FILLERS] or kept)


def _sort_key(name: str, lang: str) -> str:
    folded = name.casefold()
    if lang == "nb":
        folded = unicodedata.normalize("NFC", folded).translate(_AFTER_Z)
    else:
        folded = folded.translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", folded)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^\w{|}]+", " ", letters).strip()
