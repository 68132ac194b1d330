"""Records that are added with the first change that links to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ropa_app.model.state import Value, encode
from ropa_app.register.change import Change, Create, Edit, new_id


class Intended:
    """What was named in a field and is in no register yet, by the id it will have."""

    def __init__(self) -> None:
        self._made: dict[str, Create] = {}

    def add(self, kind: str, values: Mapping[str, Value]) -> str:
        """Intend a record; the id it will have."""
        identifier = new_id()
        self._made[identifier] = Create(kind, identifier, values)
        return identifier

    def linked_by(self, changes: Sequence[Change]) -> list[Create]:
        """The records intended that these changes link to."""
        if not self._made:
            return []
        written = [str(encode(each.new)) for each in changes if isinstance(each, Edit)]
        return [made for made in self._made.values() if any(made.id in text for text in written)]

    def settle(self, written: Iterable[str]) -> None:
        """These are in the register now."""
        for identifier in written:
            self._made.pop(identifier, None)
