"""The import of ownership: stakes between firms on record, with an account of what was left out.

A statement of the file replaces an earlier one of the same source. What another source states of the same two
firms at the same time is never replaced: where they agree it is known, where they contradict each other the
record is rejected with both, for a person to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import ImportStatus, OwnershipStatus
from provenance.domain.ownership import CONTROLLING_PERCENT
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry.firms import Stake, own_firm
from provenance.domain.registry.forms import OWNED, Content, agrees
from provenance.domain.registry.log import Said
from provenance.domain.registry.periods import Period, overlaps, spans
from provenance.domain.registry.words import in_words
from provenance.domain.registry.writer import Terms, Writer
from provenance.domain.sources import source_id
from provenance.importing.ownership_parties import NotHere, OwnershipParties, Unclear
from provenance.importing.runs import RunRecord
from provenance.importing.summary import ImportSummary
from provenance.schema.organizations import Ownership
from provenance.schema.session import Session
from provenance.sources.ownership.bods import read_bods
from provenance.sources.ownership.gleif import read_names, read_relationships
from provenance.sources.ownership.plain import read_table
from provenance.sources.ownership.records import NotOwnership, Stated, StatedStake, Unreadable
from provenance.sources.records import Rejected, SourceRecord
from provenance.text.partial_dates import UNKNOWN, DateSpan

READERS: dict[str, Callable[[Path], Iterator[Stated]]] = {
    "gleif": read_relationships,
    "bods": read_bods,
    "csv": read_table,
}
"""The formats of files of ownership, by name."""

_NOT_HERE = "an owner or a firm that is not on record here"
_ULTIMATE = "an indirect owner; a direct one is on record"


@dataclass(frozen=True, slots=True)
class OwnershipJob:
    """A file to import: its format and source, the LEI records with its names (`gleif`), and whether firms
    that are not on record are made.
    """

    file: Path
    format: str
    source: SourceRecord
    actor: str
    names: Path | None = None
    everything: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class OwnershipAccount:
    """What became of a file: ``summary`` of the records that concern firms on record, ``left_out`` the others
    by reason, ``matched`` the firms that were found by a name alone, ``made`` those that were made.
    """

    summary: ImportSummary
    left_out: Counter[str] = field(default_factory=Counter)
    matched: tuple[str, ...] = ()
    made: tuple[str, ...] = ()


def import_ownership(session: Session, job: OwnershipJob) -> OwnershipAccount:
    """Imports a file in the caller's transaction, and writes nothing on a dry run.

    Raises:
        BadInput: the file cannot be read, or is not of that format.
        UsageError: names are given for a format that has its own.
    """
    if job.names is not None and job.format != "gleif":
        raise UsageError("Only GLEIF's relationship records have their names in another file.")
    with session.begin_nested() as savepoint:
        account = _Import(session, job).run()
        if job.dry_run:
            savepoint.rollback()
    return account


class _Import:
    def __init__(self, session: Session, job: OwnershipJob) -> None:
        self._session, self._job = session, job
        self._source = source_id(session, job.source)
        self._terms = Terms(job.actor, self._source, f"import of {job.file.name}")
        self._run = RunRecord(
            session, format=f"ownership {job.format}", file=job.file, source_id=self._source, actor=job.actor
        )
        summary = ImportSummary(job.file.name, job.format, dry_run=job.dry_run)
        self._account = OwnershipAccount(summary)
        self._parties = OwnershipParties(session, self._terms, job.source.key, everything=job.everything)
        self._seen: dict[tuple[object, ...], list[StatedStake]] = {}
        self._written: list[str] = []

    def run(self) -> OwnershipAccount:
        """Reads the whole file; indirect owners come after all direct ones."""
        job, account = self._job, self._account
        if job.names is not None:
            self._parties.match(read_names(job.names), _leis(job) if job.everything else None)
        indirect: list[StatedStake] = []
        for stated in READERS[job.format](job.file):
            if isinstance(stated, NotOwnership):
                account.left_out[stated.reason] += 1
            elif isinstance(stated, Unreadable):
                self._reject(stated.line, stated.reason)
            elif stated.indirect:
                indirect.append(stated)
            else:
                self._take(stated)
        for stated in indirect:
            self._take(stated)
        account.matched, account.made = tuple(self._parties.matched), tuple(self._parties.made)
        self._run.seal(ImportStatus.DONE, account.summary, self._written)
        return account

    def _reject(self, line: int, reason: str) -> None:
        self._account.summary.read += 1
        self._account.summary.rejected += 1
        self._account.summary.rejections.append(Rejected(line=line, reason=reason, row={}))

    def _take(self, stated: StatedStake) -> None:
        summary = self._account.summary
        try:
            owner, owned = self._parties.find(stated.owner), self._parties.find(stated.owned)
        except NotHere:
            self._account.left_out[_NOT_HERE] += 1
            return
        except Unclear as unclear:
            self._reject(stated.line, str(unclear))
            return
        key = owner, owned, stated.product_line, stated.status
        before = self._seen.setdefault(key, [])
        if stated.indirect and before:
            self._account.left_out[_ULTIMATE] += 1
            return
        if any(_said(each) == _said(stated) for each in before):
            summary.read += 1
            summary.repeated += 1
            return
        if other := next((each for each in before if _at_one_time(each, stated)), None):
            self._reject(stated.line, f"line {other.line} states the same ownership otherwise")
            return
        writer = Writer(self._session, RecordKind.ORGANIZATION, owned, self._terms)
        if stated.indirect and self._has_other_owner(writer, owner):
            self._account.left_out[_ULTIMATE] += 1
            return
        before.append(stated)
        self._state(writer, owner, stated)

    def _has_other_owner(self, writer: Writer, owner: int) -> bool:
        """Whether another controlling owner is on record: from there the chain goes on."""
        mine = self._parties.uid(owner)
        for each in writer.live(OWNED):
            percent = each[Ownership.share_percent]
            controls = percent is None or percent > CONTROLLING_PERCENT
            whole = (
                each[Ownership.product_line] is None and each[Ownership.status] == OwnershipStatus.COMPLETED
            )
            stands = spans(Ownership, each)[1].is_unknown
            if controls and whole and stands and each[Ownership.owner_id] != mine:
                return True
        return False

    def _state(self, writer: Writer, owner: int, stated: StatedStake) -> None:
        stake = Stake(
            stated.percent,
            stated.product_line,
            stated.control,
            # What a file leaves unsaid is said by no earlier issue of it either.
            Period(stated.since or UNKNOWN, stated.until or UNKNOWN),
            stated.status,
            stated.note,
        )
        others = self._of_others(writer, owner, stated)
        if others:
            if against := next((each for each in others if not _agrees(each, stated)), None):
                said = in_words(self._session, Said(OWNED, against))
                self._reject(stated.line, f"another source states otherwise, which stays: {said}")
                return
            self._count("known")
            return
        try:
            outcome = own_firm(writer, owner, stake)
        except BadInput as error:
            self._reject(stated.line, error.reason)
            return
        if outcome.change is None:
            self._count("known")
            return
        self._count("changed" if outcome.change.withdrawn else "new")
        self._written.append(f"{outcome.change.record_uid} {stated}")

    def _count(self, outcome: str) -> None:
        summary = self._account.summary
        summary.read += 1
        summary.new += outcome == "new"
        summary.known += outcome == "known"
        summary.changed += outcome == "changed"

    def _of_others(self, writer: Writer, owner: int, stated: StatedStake) -> list[Content]:
        """What other sources state of the same two firms at the same time."""
        source = writer.uids.uid(RecordKind.SOURCE, self._source)
        same = {
            Ownership.owner_id: self._parties.uid(owner),
            Ownership.product_line: stated.product_line,
            Ownership.status: stated.status.value,
        }
        period = Period(stated.since, stated.until)
        return [
            each
            for each in writer.live(OWNED)
            if agrees(same, each)
            and each[Ownership.source_id] != source
            and overlaps(Ownership, each, period)
        ]


def _said(stated: StatedStake) -> tuple[object, ...]:
    return stated.percent, stated.control, stated.since, stated.until


def _at_one_time(one: StatedStake, other: StatedStake) -> bool:
    """Whether two stakes of one owner in one firm may be about the same time."""

    def after(first: StatedStake, second: StatedStake) -> bool:
        ended = first.until.latest if first.until else None
        begun = second.since.earliest if second.since else None
        return ended is not None and begun is not None and ended <= begun

    return not (after(one, other) or after(other, one))


def _agrees(known: Content, stated: StatedStake) -> bool:
    """Whether a statement on record leaves room for another one about the same stake."""
    percent = known[Ownership.share_percent]
    if percent is not None and stated.percent is not None and percent != stated.percent:
        return False
    begun, ended = spans(Ownership, known)
    until = stated.until or UNKNOWN
    if ended.is_unknown != until.is_unknown:
        return False
    return _meet(begun, stated.since or UNKNOWN) and _meet(ended, until)


def _meet(one: DateSpan, other: DateSpan) -> bool:
    """Whether two dates may be one."""
    before = one.latest is not None and other.earliest is not None and one.latest < other.earliest
    after = other.latest is not None and one.earliest is not None and other.latest < one.earliest
    return not (before or after)


def _leis(job: OwnershipJob) -> set[str]:
    """The LEIs that a file of relationships names."""
    stakes = (each for each in READERS[job.format](job.file) if isinstance(each, StatedStake))
    return {number for stake in stakes for firm in (stake.owner, stake.owned) for _l, number in firm.numbers}
