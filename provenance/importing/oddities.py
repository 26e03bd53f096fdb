"""What a published list states that is hardly true: kept as stated, and listed for review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from provenance.domain.plausibility import (
    ENDS,
    FEWEST_ODD,
    Dated,
    odd_future,
    odd_making,
    odd_order,
    odd_pieces,
    odd_serial,
)
from provenance.domain.review import Doubt, ReviewReason
from provenance.sources.records import ComponentRecord, RecoveryRecord
from provenance.text.partial_dates import DateSpan


class OddStatements:
    """Counts, in ``review``, the rows that state something hardly true; each recovery is looked at once."""

    def __init__(self, review: Counter[Doubt], today: date) -> None:
        self._review = review
        self._today = today
        self._last: RecoveryRecord | None = None
        self._dates: list[Dated] = []
        self._made_by = today
        """The day up to which nothing is odd about a date of manufacture; most rows need no closer look."""

    def note(self, records: Iterable[ComponentRecord]) -> None:
        """Looks at some rows; those of one recovery are mostly adjacent and share one record."""
        for record in records:
            if record.recovery is not self._last:
                self._recovery(record.recovery)
            if record.pieces is not None and record.pieces > FEWEST_ODD:
                for odd in odd_pieces(record.pieces, record.recovery.kind):
                    self._add(f"line {record.line}: {odd}")
            if record.more and (serial := record.more.get("component_serial")):
                for odd in odd_serial(serial):
                    self._add(f"line {record.line}: {odd}")
            if record.made_earliest is not None and record.made_earliest > self._made_by:
                self._making(record, DateSpan(record.made_earliest, record.made_latest))

    def _recovery(self, recovery: RecoveryRecord) -> None:
        self._last = recovery
        self._dates = [
            Dated(fact.kind, DateSpan(fact.earliest, fact.latest), fact.as_written) for fact in recovery.dates
        ]
        ends = (each.span.latest for each in self._dates if each.kind in ENDS and each.span.latest)
        self._made_by = min((self._today, *ends))
        future = [
            odd for each in self._dates for odd in odd_future(each.kind, each.span, each.words, self._today)
        ]
        for odd in (*odd_order(self._dates), *future):
            self._add(f"{recovery.label}: {odd}")

    def _making(self, record: ComponentRecord, made: DateSpan) -> None:
        words = _in_words(made)
        for odd in (*odd_making(made, words, self._dates), *odd_future("made", made, words, self._today)):
            self._add(f"line {record.line}: {odd}")

    def _add(self, text: str) -> None:
        self._review[ReviewReason.UNLIKELY, text] += 1


def _in_words(span: DateSpan) -> str:
    """An interval by its ends, or by its day."""
    if span.earliest == span.latest:
        return str(span.earliest)
    return f"{span.earliest or '?'} to {span.latest or '?'}"
