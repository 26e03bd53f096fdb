"""Fast mode: one component a line, each saved before the next is read, undone by a word.

A line that is typed is a component of its own. A line out of a pipe or a file has a key: its recovery, its
batch, what it says, and how often the same line came before it in this run. The key makes the
component's identity, so that the same input again, whole or after a crash, changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, select

from provenance.core.errors import BadInput
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary import RecoveryKind
from provenance.domain.component_entries import Place, check_component, log_component
from provenance.domain.derivation import made_by
from provenance.domain.journal import Author, Entry, Logged, author_of, entry_of
from provenance.domain.names import recovery_called
from provenance.domain.plausibility import odd_pieces
from provenance.domain.record_kinds import RecordKind
from provenance.domain.units import unit_of
from provenance.domain.withdrawals import withdraw_component
from provenance.fields.entries import Kind
from provenance.fields.lines import command, read_line
from provenance.importing.logged_rows import standing_notes
from provenance.importing.marking_reader import MarkingDesk, ReadMarking
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Database, session_scope

_UNDONE = "withdrawn by its author"


class Fate(StrEnum):
    """The outcome of a line."""

    LOGGED = "logged"
    KNOWN = "known"
    UNDONE = "undone"
    NOTHING_TO_UNDO = "nothing to undo"


@dataclass(frozen=True, slots=True)
class LoggedLine:
    """A line and what became of it; ``best`` is the engine's best candidate in words, if it has any."""

    fate: Fate
    component_ref: str | None = None
    marking: str | None = None
    unit: str | None = None
    pieces: int | None = None
    best: str | None = None
    confidence: str | None = None
    note: str | None = None


class FastLog:
    """Logs lines for one recovery; every line is one transaction."""

    def __init__(
        self, database: Database, reading: Engine, *, recovery: str, batch: str | None = None
    ) -> None:
        """``batch`` None means typed lines, which are never repetitions of each other.

        Raises:
            NotFound: no such recovery.
        """
        self._database = database
        self._actor = database.actor
        self._batch = batch
        self._desk = MarkingDesk(reading)
        with session_scope(reading, clock=database.clock) as session:
            self._recovery_id = recovery_called(session, recovery)
            row = session.execute(
                select(Recovery.uid, Recovery.label, Recovery.kind).where(Recovery.id == self._recovery_id)
            ).one()
            self.recovery_uid: str = row.uid
            self._kind = RecoveryKind(row.kind)
            self.title = f"{row.label} ({reference('recovery', row.uid)})"
            self._latest = made_by(session, self._recovery_id)
        self._author: Author | None = None
        self._units: dict[str | None, int | None] = {None: None}
        self._unit_before = ""
        self._repeats: Counter[str] = Counter()
        self._done: list[int] = []

    def take(self, text: str) -> LoggedLine:
        """Logs a line, or withdraws the last one where the line says so.

        Raises:
            Faults: a cell cannot be read.
            BadInput: the line does not describe a component.
        """
        if command(text) == "undo":
            return self._undo()
        line = read_line(text, self._unit_before)
        entry = entry_of(Kind.COMPONENT, {"recovery": self.recovery_uid, **line.cells})
        if not line.cells:
            raise BadInput("the line does not describe a component")
        check_component(entry)
        if entry["pieces"] is not None and (odd := odd_pieces(entry["pieces"], self._kind)):
            raise BadInput(str(odd[0]), code="odd")
        self._unit_before = line.unit
        uid = self._uid(line.cells)
        read = self._desk.read(entry["marking"], self._latest) if entry["marking"] else None
        return self._outcome(entry, read, self._keep(entry, uid))

    def _uid(self, cells: dict[str, str]) -> str:
        if self._batch is None:
            return new_uid()
        content = "\x1f".join(f"{name}={cell}" for name, cell in sorted(cells.items()))
        self._repeats[content] += 1
        return natural_uid(
            "component", "line", self.recovery_uid, self._batch, content, str(self._repeats[content])
        )

    def _keep(self, entry: Entry, uid: str) -> Logged:
        unit = entry["unit"]
        with self._database.writing() as session:
            author = self._author or author_of(session, self._actor)
            there: int | None = session.execute(select(Component.id).where(Component.uid == uid)).scalar()
            if there is not None:
                notes = standing_notes(session, RecordKind.COMPONENT, there)
                logged = Logged(RecordKind.COMPONENT, there, uid, entry["marking"] or "", notes, known=True)
            else:
                if unit not in self._units:
                    found = unit_of(session, author, self._recovery_id, unit)
                else:
                    found = self._units[unit]
                logged = log_component(
                    session,
                    author,
                    entry,
                    reader=self._desk.reader(session),
                    uid=uid,
                    place=Place(self._recovery_id, found),
                )
        # Remembered only now: what a failed transaction made does not exist.
        self._author = author
        if there is None:
            self._units[unit] = found
        self._done.append(logged.number)
        return logged

    def _outcome(self, entry: Entry, read: ReadMarking | None, logged: Logged) -> LoggedLine:
        best = read.best if read else None
        return LoggedLine(
            Fate.KNOWN if logged.known else Fate.LOGGED,
            logged.ref,
            entry["marking"],
            entry["unit"],
            entry["pieces"],
            best.words if best else None,
            str(best.candidate.confidence) if best else None,
            "; ".join(logged.notes) or None if logged.known else None,
        )

    def _undo(self) -> LoggedLine:
        if not self._done:
            return LoggedLine(Fate.NOTHING_TO_UNDO)
        with self._database.writing() as session:
            number = self._done[-1]
            withdraw_component(session, author_of(session, self._actor), number, _UNDONE)
            row = session.execute(
                select(Component.uid, Component.marking).where(Component.id == number)
            ).one()
        self._done.pop()
        return LoggedLine(Fate.UNDONE, reference("component", row.uid), row.marking)
