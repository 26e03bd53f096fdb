"""The checklist's requirements from the seed."""

from __future__ import annotations

from provenance.core.vocabulary import ComponentCategory
from provenance.core.vocabulary.evidence import Need, RecordFact, RequirementSubject, View
from provenance.schema.evidence import EvidenceRequirement
from provenance.schema.row_values import Values
from provenance.seeding.files import SeedRow
from provenance.seeding.reference_rows import Keys, verified


def _item(text: str) -> str:
    return View(text) if text in set(View) else RecordFact(text)


def requirement(row: SeedRow, keys: Keys) -> Values:
    """A requirement; its place in the list is its line in the file.

    Raises:
        BadInput: it asks for something that is neither a view nor a fact of a record.
    """
    return {
        EvidenceRequirement.key: row["key"],
        EvidenceRequirement.place: row.line,
        EvidenceRequirement.subject: row.read("subject", RequirementSubject),
        EvidenceRequirement.category: row.member("category", ComponentCategory),
        EvidenceRequirement.item: row.read("item", _item),
        EvidenceRequirement.need: row.read("need", Need),
        EvidenceRequirement.wording: row["asks"],
        **verified(EvidenceRequirement, row, keys),
    }
