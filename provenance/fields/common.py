"""Fields that several kinds of entries have."""

from __future__ import annotations

from provenance.core.vocabulary import Tlp
from provenance.fields import values
from provenance.fields.specification import FieldSpec, chosen

DATE_FORM = "2024, 2024-05, 2024-05-12, a span a..b, or day first: 12.05.2024"

CREDIBILITY = FieldSpec(
    "credibility",
    "Admiralty credibility of this information, 1 to 6. Blank: not assessed",
    values.credibility,
)
TLP = chosen("tlp", "Traffic Light Protocol 2.0. Blank: no mark, treated as AMBER", Tlp)
NOTE = FieldSpec("note", "Anything else", values.words)
ASSESSED = (CREDIBILITY, TLP, NOTE)
"""Fields that every kind of entry has."""
