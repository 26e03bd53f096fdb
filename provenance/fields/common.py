"""Fields that several kinds of entries have."""

from __future__ import annotations

from typing import Any

from provenance.core.messages import mark
from provenance.core.vocabulary import Tlp
from provenance.fields import values
from provenance.fields.specification import FieldSpec, chosen

DATE_FORM = "2024, 2024-05, 2024-05-12, a span a..b, or day first: 12.05.2024"

CREDIBILITY: FieldSpec[Any] = FieldSpec(
    "credibility",
    "Admiralty credibility of this information, 1 to 6. Blank: not assessed",
    values.credibility,
    question=mark("Credibility, 1 (confirmed) to 6 (cannot be judged)"),
)
TLP: FieldSpec[Any] = chosen(
    "tlp", "Traffic Light Protocol 2.0. Blank: no mark, treated as AMBER", Tlp, question=mark("TLP mark")
)
NOTE: FieldSpec[Any] = FieldSpec("note", "Anything else", values.words, question=mark("Note"))
"""Fields that several kinds of entries have; the column is that of each kind's own table."""
