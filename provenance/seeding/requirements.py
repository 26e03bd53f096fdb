"""The checklist's requirements from the seed."""

from __future__ import annotations

from typing import Any

from provenance.core.vocabulary import ComponentCategory, Verification
from provenance.core.vocabulary.evidence import Need, RecordFact, RequirementSubject, View
from provenance.seeding.files import SeedRow


def _item(text: str) -> str:
    return View(text) if text in set(View) else RecordFact(text)


def requirement(row: SeedRow, source_id: int) -> dict[str, Any]:
    """A requirement's columns; its place in the list is its line in the file.

    Raises:
        BadInput: it asks for something that is neither a view nor a fact of a record.
    """
    return {
        "key": row["key"],
        "place": row.line,
        "subject": row.read("subject", RequirementSubject),
        "category": row.member("category", ComponentCategory),
        "item": row.read("item", _item),
        "need": row.read("need", Need),
        "wording": row["asks"],
        "verification": row.read("verification", Verification),
        "source_id": source_id,
        "note": row.get("note"),
    }
