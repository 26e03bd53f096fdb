"""Keeping what was learned: knowledge as bytes and back, so that a database learns once and answers often."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from typing import Any

from provenance.identify.calibration import Calibration
from provenance.identify.evidence import FamilyRecords, Sightings
from provenance.identify.knowledge import Knowledge
from provenance.identify.memory import collector_at_rest
from provenance.identify.names import MakerNames
from provenance.identify.pulls import Pulls
from provenance.identify.ranking import Ranker
from provenance.identify.rules import RuleBook

FORM = 9
"""Form of the bytes; raised whenever features, clues or signs change: older bytes are learned anew."""
_WITNESSES = ("runs", "words", "rule_votes", "regression")


def knowledge_to_bytes(knowledge: Knowledge) -> bytes:
    """What was learned, without rules and names, which the database has."""
    kept = {
        # First, where `is_of_this_form` looks for it.
        "form": FORM,
        "calibration": asdict(knowledge.calibration),
        "ranker": asdict(knowledge.ranker),
        "sightings": list(knowledge.sightings.to_rows()),
        "families": list(knowledge.families.to_rows()),
        "witnesses": [getattr(knowledge, witness).to_lists() for witness in _WITNESSES],
        "recoveries": list(knowledge.recoveries.items()),
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())


def is_of_this_form(kept: bytes) -> bool:
    """Whether `knowledge_from_bytes` can make anything of the bytes, told by how they begin."""
    begins = f'{{"form":{FORM},'.encode()
    try:
        return zlib.decompressobj().decompress(kept, len(begins)) == begins
    except zlib.error:
        return False


def knowledge_from_bytes(kept: bytes, rules: RuleBook, names: MakerNames) -> Knowledge:
    """The knowledge that `knowledge_to_bytes` kept, with today's rules and names.

    Raises ValueError where the bytes are of another form or no such bytes: learn anew.
    """
    with collector_at_rest():
        return _knowledge(kept, rules, names)


def _knowledge(kept: bytes, rules: RuleBook, names: MakerNames) -> Knowledge:
    try:
        said: dict[str, Any] = json.loads(zlib.decompress(kept))
    except (zlib.error, ValueError) as error:
        raise ValueError(f"not kept knowledge: {error}") from error
    if said.get("form") != FORM:
        raise ValueError(f"kept in form {said.get('form')}, not {FORM}")
    calibration = said["calibration"] | {"weights": tuple(said["calibration"]["weights"])}
    witnesses = (Pulls.from_lists(each) for each in said["witnesses"])
    return Knowledge(
        rules,
        names,
        sightings=Sightings.from_rows(tuple(row) for row in said["sightings"]),
        families=FamilyRecords.from_rows(tuple(row) for row in said["families"]),
        calibration=Calibration(**calibration),
        recoveries=dict(said["recoveries"]),
        ranker=Ranker(tuple(said["ranker"]["weights"]), said["ranker"]["others"]),
        **dict(zip(_WITNESSES, witnesses, strict=True)),
    )
