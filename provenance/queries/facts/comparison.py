"""Compares the packed facts with the tables that they were made from."""

from __future__ import annotations

import numpy as np

from provenance.queries.facts import contents
from provenance.queries.facts.layout import SHEETS
from provenance.queries.facts.sheets import changes_of, packed_segments, read_segment
from provenance.schema.derived import SEGMENT_BITS
from provenance.schema.privileges import is_limited
from provenance.schema.session import Session


def differences(session: Session) -> list[str]:
    """Where packed facts that are in use differ from the tables; empty if nowhere. Stale segments are not
    compared: no answer uses them. The digests of what the tables hold are compared in the same way. A role
    that row-level security limits cannot compare anything.
    """
    if is_limited(session):
        return []
    found = []
    for name, sheet in SHEETS.items():
        columns = sheet.names()
        for segment, packed in sorted(
            packed_segments(session, sheet, columns, changes_of(session, name)).items()
        ):
            truth = read_segment(session, sheet, segment)
            wrong = [
                column for column in columns if not np.array_equal(packed[column].whole(), truth[column])
            ]
            if wrong:
                first, last = segment << SEGMENT_BITS, (segment + 1 << SEGMENT_BITS) - 1
                found.append(f"{name}, rows {first:,} to {last:,}: {', '.join(wrong)}")
    return found + contents.differences(session)
