"""The changes of one operation on their way into the tables, the log and what is derived."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from ropa_app.errors import ConflictError, UserError
from ropa_app.i18n import _
from ropa_app.model.field import RecordKind
from ropa_app.model.kinds import ALL_KINDS, KINDS
from ropa_app.model.state import Cell, Value, decode, encode
from ropa_app.register import derived, log, schema
from ropa_app.register.change import Change, Create, Edit, is_id
from ropa_app.register.log import LogRow
from ropa_app.register.shape import links, repeated_line_id


class Work:
    """The changes of one operation on their way into the tables and the log."""

    def __init__(self, connection: sqlite3.Connection, seq: int) -> None:
        self.connection = connection
        self.seq = seq
        self.rows: list[LogRow] = []
        self.touched: dict[str, RecordKind] = {}
        self._created: dict[str, dict[str, Cell]] = {}
        self._edited: dict[str, dict[str, Cell]] = {}
        self._stored: dict[str, dict[str, Cell]] = {}
        self._next_number: dict[str, int] = {}
        self._kinds: dict[str, str | None] = {}

    def take(self, change: Change) -> None:
        """Take one change in, checking that the value seen is the one stored."""
        if isinstance(change, Create):
            self._create(change)
        else:
            self._edit(change)

    def _create(self, change: Create) -> None:
        kind = KINDS[change.kind]
        number = self._next_number.get(kind.key) or self._free_number(kind)
        self._check_fields(kind, number, change)
        self._next_number[kind.key] = number + 1
        values = {f.key: change.values.get(f.key) for f in schema.ordered(kind)}
        cells = {key: encode(value) for key, value in values.items() if value is not None}
        self._created[change.id] = {"number": number, "id": change.id, **cells}
        self.touched[change.id] = kind
        logged = {"number": number, **cells}
        self.rows.append(log.make_created_row(self.seq, change.id, kind.key, logged))

    def _check_fields(self, kind: RecordKind, number: int, change: Create) -> None:
        ref = kind.reference(number)
        if not is_id(change.id):
            raise UserError(
                _("{ref}: “{id}” is not the id of a record.").format(ref=ref, id=change.id)
            )
        for key, value in change.values.items():
            if not kind.has(key):
                raise _no_field(ref, key)
            _check_line_ids(ref, key, value)

    def _free_number(self, kind: RecordKind) -> int:
        row = self.connection.execute(f'SELECT max(number) FROM "{kind.key}"').fetchone()
        return int(row[0] or 0) + 1

    def _edit(self, change: Edit) -> None:
        cells = self._cells(change.record)  # those of retired fields too: migrations empty them
        kind = self.touched[change.record]
        ref = kind.reference(int(cells["number"] or 0))
        retired = change.field in cells and change.field not in ("number", "id")
        if not (kind.has(change.field) or retired or change.field in schema.SYSTEM_COLUMNS):
            raise _no_field(ref, change.field)
        _check_line_ids(ref, change.field, change.new)
        stored, new = cells.get(change.field), encode(change.new)
        if encode(change.seen) != stored:
            raise self._conflict(change, kind, cells, stored)
        if new == stored:
            return
        cells[change.field] = new
        if change.record not in self._created:
            self._edited.setdefault(change.record, {})[change.field] = new
        self.rows.append(log.make_row(self.seq, change.record, change.field, stored, new))

    def _conflict(
        self, change: Edit, kind: RecordKind, cells: Mapping[str, Cell], stored: Cell
    ) -> ConflictError:
        ref = kind.reference(int(cells.get("number") or 0))
        message = _("{ref} {field} was changed meanwhile; nothing was written. Look again.")
        return ConflictError(
            message.format(ref=ref, field=change.field),
            change.record, change.field, change.seen, decode(stored), change.new,
        )  # fmt: skip

    def _cells(self, identifier: str) -> dict[str, Cell]:
        """The cells of a record as they stand after the changes taken in so far."""
        if identifier in self._created:
            return self._created[identifier]
        if identifier not in self._stored:
            for kind in ALL_KINDS:
                found = self.connection.execute(
                    f'SELECT * FROM "{kind.key}" WHERE id = ?', (identifier,)
                )
                row = found.fetchone()
                if row is not None:
                    names = [item[0] for item in found.description]
                    self._stored[identifier] = dict(zip(names, row, strict=True))
                    self.touched[identifier] = kind
                    break
            else:
                raise UserError(_("There is no record {ref}.").format(ref=identifier))
        return self._stored[identifier]

    def flush(self) -> None:
        """Write the records and what is derived from them."""
        connection = self.connection
        for identifier, cells in self._created.items():
            names = ", ".join(f'"{name}"' for name in cells)
            marks = ", ".join("?" * len(cells))
            table = self.touched[identifier].key
            connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(cells.values())
            )
        for identifier, cells in self._edited.items():
            settings = ", ".join(f'"{name}" = ?' for name in cells)
            connection.execute(
                f'UPDATE "{self.touched[identifier].key}" SET {settings} WHERE id = ?',
                (*cells.values(), identifier),
            )
        made = list(self._derived(self._created))
        changed = {i: c for i, c in self._edited.items() if set(c) - set(schema.SYSTEM_COLUMNS)}
        edited = list(self._derived(changed))
        self._check_links([*made, *edited])
        self._check_merges()
        derived.write(connection, made, new=True)
        derived.write(connection, edited, new=False)

    def _derived(self, identifiers: Iterable[str]) -> Iterator[derived.DerivedRow]:
        for identifier in identifiers:
            cells = self._cells(identifier)
            kind = self.touched[identifier]
            values = {
                f.key: decode(cells[f.key]) for f in kind.fields if cells.get(f.key) is not None
            }
            yield kind, int(cells["number"] or 0), identifier, values

    def _check_links(self, rows: Iterable[derived.DerivedRow]) -> None:
        """Refuse a link to a record that does not exist, or is of a kind the field does not name.

        A deleted record exists.
        """
        for kind, number, _identifier, values in rows:
            for link in links(kind.fields, values):
                found = self._kind_of(link.target)
                if found is None:
                    sentence = _("{ref} {field} names a record that does not exist: {target}.")
                elif found not in link.kinds:
                    sentence = _("{ref} {field} cannot name a record of that kind: {target}.")
                else:
                    continue
                ref = kind.reference(number)
                raise UserError(sentence.format(ref=ref, field=link.field, target=link.target))

    def _check_merges(self) -> None:
        """Refuse a record said to be merged into itself or into none of its own kind."""
        for identifier, cells in self._edited.items():
            target = cells.get("merged_into")
            kind = self.touched[identifier]
            if target is None or (target != identifier and self._kind_of(str(target)) == kind.key):
                continue
            ref = kind.reference(int(self._cells(identifier)["number"] or 0))
            sentence = _("{ref} cannot be merged into {target}.")
            raise UserError(sentence.format(ref=ref, target=target))

    def _kind_of(self, identifier: str) -> str | None:
        """The kind of a record, as it stands now; None if there is no such record."""
        if identifier in self.touched:
            return self.touched[identifier].key
        if identifier not in self._kinds:
            holders = (
                kind.key
                for kind in ALL_KINDS
                if self.connection.execute(
                    f'SELECT 1 FROM "{kind.key}" WHERE id = ?', (identifier,)
                ).fetchone()
            )
            self._kinds[identifier] = next(holders, None)
        return self._kinds[identifier]


def _no_field(ref: str, key: str) -> UserError:
    return UserError(_("{ref} has no field “{field}”.").format(ref=ref, field=key))


def _check_line_ids(ref: str, key: str, value: Value) -> None:
    repeated = repeated_line_id(value)
    if repeated is not None:
        sentence = _("{ref} {field}: two lines have the id {id}; give each an id of its own.")
        raise UserError(sentence.format(ref=ref, field=key, id=repeated))
