"""What the rules have found, kept beside the register and made anew in the background."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ropa_app import clock
from ropa_app.i18n import _, current_language
from ropa_app.model.words import Words
from ropa_app.register.live import LiveView
from ropa_app.register.store import Register
from ropa_app.rules.articles import article_words
from ropa_ui.looks import SEVERITIES
from ropa_ui.models.beside import Beside
from ropa_ui.models.session import Session

if TYPE_CHECKING:
    from ropa_app.rules.findings import Finding
    from ropa_ui.models.jobs import Job

_GRAVITY = {severity: place for place, severity in enumerate(SEVERITIES)}
PAUSE = 1200  # milliseconds without an edit before everything is checked again
AT_ONCE = 10  # records whose findings are renewed while the window waits: some 3 ms each
MANY = 50  # records changed together, such as by an import: their findings wait for the check
LINKING = 200  # records that link to those changed: the findings of more wait for the check


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in words: `record` is an id, `field` a path as in a Finding."""

    record: str
    field: str
    severity: str
    rule: str
    article: str
    sentence: str
    remedy: str


class Checks(QObject):
    """The findings of the whole register.

    After an edit those of the records touched, and of those that link to them, are renewed at
    once, beside the window where they are many; all of them, with the figures of the overview,
    after a pause, in a process of its own.
    """

    renewed = Signal()
    overview_ready = Signal(dict)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._by_record: dict[str, list[Row]] = {}
        self._sorted: list[Row] | None = None
        self.renewed.connect(self._sort_again)
        self._now: dict[str, list[Row]] = {}  # asked of the rules since the last change
        self._coming: dict[str, list[Row]] = {}
        self._job: Job | None = None
        self._again = False
        self._beside = Beside(self)
        self._beside.answered.connect(self._take_renewed)
        self._beside.failed.connect(session.failed)
        self._asked: set[str] = set()  # records whose findings are being renewed beside the window
        self.figures: dict[str, Any] | None = None
        self.checked_at = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.start)
        session.changed.connect(self._renew)
        session.reset.connect(self._from_nothing)

    def of(self, record: str) -> list[Row]:
        """The findings of one record, the gravest first."""
        return self._by_record.get(record, [])

    def all(self) -> list[Row]:
        """All findings, the gravest first."""
        if self._sorted is None:
            # Laid in heaps, and only the heaps put in order: to sort the rows takes twice as long.
            heaps: dict[tuple[str, str], list[Row]] = {}
            for row in chain.from_iterable(self._by_record.values()):
                heaps.setdefault((row.severity, row.rule), []).append(row)
            order = sorted(heaps, key=lambda heap: (_GRAVITY[heap[0]], heap[1]))
            self._sorted = [*chain.from_iterable(heaps[each] for each in order)]
        return self._sorted

    def worst(self, record: str) -> tuple[str, int]:
        """The gravest severity of a record and how many findings of it; ("", 0) if none."""
        rows = self.of(record)
        if not rows:
            return "", 0
        gravest = min((row.severity for row in rows), key=_GRAVITY.__getitem__)
        return gravest, sum(row.severity == gravest for row in rows)

    def having(self, severity: str) -> frozenset[str]:
        """The ids of the records with a finding of this severity."""
        return frozenset(
            record for record, rows in self._by_record.items()
            if any(row.severity == severity for row in rows)
        )  # fmt: skip

    def _sort_again(self) -> None:
        self._sorted = None

    def count(self) -> int:
        """How many there are."""
        return sum(map(len, self._by_record.values()))

    def in_words(self) -> str:
        """How many of each severity: “2 errors, 14 warnings, 6 questions”."""
        from ropa_ui.models.check_groups import count_words

        return count_words(chain.from_iterable(self._by_record.values())) or _("Nothing found")

    def of_now(self, record_id: str) -> list[Row]:
        """The findings of one record, asked of the rules this moment."""
        if record_id not in self._now:
            self._now[record_id] = self._asked_now(record_id)
        return self._now[record_id]

    def _asked_now(self, record_id: str) -> list[Row]:
        record = self._session.view.records.get(record_id)
        if record is None:
            return []
        words = self._session.words
        found = [_row(f, words) for f in self._session.findings(record)]
        return self._with_whole(record_id, found)

    def _with_whole(self, record_id: str, found: list[Row]) -> list[Row]:
        """With what the rules over the whole register said of a record when they were asked."""
        whole = [row for row in self.of(record_id) if row.rule not in _rules_of_one()]
        return sorted([*found, *whole], key=_gravity)

    def start(self) -> None:
        """Check everything in the background; an edit meanwhile starts it once more."""
        if self._job is not None:
            self._again = True
            return
        from ropa_ui.models.jobs import Job

        self._coming = {}
        self._job = Job(self)
        self._job.answered.connect(self._take)
        self._job.failed.connect(self._session.failed)
        self._job.ended.connect(self._ended)
        asked = {"as_at": self._session.as_at} if self._session.as_at else {}
        self._job.start("check", path=str(self._session.path), **asked)

    def stop(self) -> None:
        """End what runs in the background, before the register is closed."""
        self._pause.stop()
        self._beside.wait()
        if self._job is not None:
            job, self._job = self._job, None
            job.answered.disconnect(self._take)
            job.ended.disconnect(self._ended)
            job.cancel()
            job.wait()

    def _take(self, answer: dict[str, Any]) -> None:
        for fields in answer.get("findings", ()):
            row = Row(*fields)
            self._coming.setdefault(row.record, []).append(row)
        if "overview" in answer and not self._again:
            self._by_record = self._coming
            self._now.clear()
            self.figures = answer["overview"]
            self.checked_at = clock.stamp(self._session.register.now())
            self.renewed.emit()
            self.overview_ready.emit(answer["overview"])

    def _ended(self, _done: bool) -> None:
        self._job = None
        if self._again:
            self._again = False
            self._pause.start()

    def _from_nothing(self) -> None:
        self._now.clear()
        self._beside.forget()
        self._asked.clear()
        self._by_record = {}
        self.figures = None
        self._again = self._job is not None
        self.start()

    def _renew(self, ids: set[str]) -> None:
        self._now.clear()
        self._again = self._job is not None
        self._pause.start()
        touched = self._touched(ids)
        at_once = next(few for few in (touched, ids, set[str]()) if len(few) <= AT_ONCE)
        for identifier in at_once:
            self._put(identifier, self.of_now(identifier))
        self._asked = (self._asked | touched) - at_once
        self._beside.forget()  # an answer under way may be older than this change
        if self._asked:
            self._beside.ask(self._session.path, partial(_findings_of, frozenset(self._asked)))
        self.renewed.emit()

    def _touched(self, ids: set[str]) -> set[str]:
        """The records changed and those that link to them; a large import waits for the check."""
        if len(ids) > MANY:
            return set()
        return ids | (self._session.view.linking(ids, LINKING) or set())

    def _take_renewed(self, found: dict[str, list[Row]]) -> None:
        self._asked.clear()
        for identifier, rows in found.items():
            self._put(identifier, self._with_whole(identifier, rows))
        self.renewed.emit()

    def _put(self, identifier: str, rows: list[Row]) -> None:
        if rows:
            self._by_record[identifier] = rows
        else:
            self._by_record.pop(identifier, None)


def _findings_of(records: Iterable[str], register: Register) -> dict[str, list[Row]]:
    """The findings of some records, asked of a connection that is not the window's."""
    from ropa_app.rules.findings import run

    view = LiveView(register)
    words, found = view.words(current_language()), dict[str, list[Row]]()
    for identifier in records:
        record = view.records.get(identifier)
        found[identifier] = [_row(each, words) for each in run(view, [record])] if record else []
    return found


def _row(finding: Finding, words: Words) -> Row:
    return Row(
        finding.record, finding.field, finding.severity, finding.rule, finding.article,
        finding.sentence(words), finding.remedy_words(words),
    )  # fmt: skip


def _gravity(row: Row) -> tuple[int, str]:
    return _GRAVITY[row.severity], row.rule


def _rules_of_one() -> set[str]:
    from ropa_app.rules.findings import rules

    return {each.id for each in rules() if each.scope != "register"}


def article_of(row: Row) -> str:
    """The article of a finding, written as the language of the window writes it."""
    return article_words(row.article, current_language()) if row.article else ""
