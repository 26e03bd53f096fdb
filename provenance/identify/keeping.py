"""Keeping what was learned: knowledge as bytes and back, so that a database learns once and answers often."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from typing import Any

import numpy as np

from provenance.identify.calibration import Calibration
from provenance.identify.evidence import FamilyRecords, Sightings
from provenance.identify.knowledge import Knowledge
from provenance.identify.maker_model import MakerModel
from provenance.identify.names import MakerNames
from provenance.identify.ranking import Ranker
from provenance.identify.rules import RuleBook
from provenance.identify.votes import Votes

FORM = 2
"""Form of the bytes; raised whenever features, clues or signs change: older bytes are learned anew."""


def knowledge_to_bytes(knowledge: Knowledge) -> bytes:
    """What was learned, without rules and names, which the database has."""
    model = knowledge.model
    kept = {
        "form": FORM,
        "makers": model.makers,
        "features": model.features,
        "clue_weights": model.clue_weights,
        "calibration": asdict(knowledge.calibration),
        "sightings": list(knowledge.sightings.to_rows()),
        "families": list(knowledge.families.to_rows()),
        "runs": list(knowledge.runs.to_rows()),
        "words": list(knowledge.words.to_rows()),
        "recoveries": dict(knowledge.recoveries),
        "ranker": knowledge.ranker and knowledge.ranker.weights,
    }
    buffer = io.BytesIO()
    text = np.frombuffer(json.dumps(kept, ensure_ascii=False).encode(), np.uint8)
    np.savez_compressed(buffer, weights=model.weights, text=text)
    return buffer.getvalue()


def knowledge_from_bytes(kept: bytes, rules: RuleBook, names: MakerNames) -> Knowledge:
    """The knowledge that `knowledge_to_bytes` kept, with today's rules and names.

    Raises ValueError where the bytes are of another form or no such bytes: learn anew.
    """
    try:
        with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
            weights = arrays["weights"]
            said: dict[str, Any] = json.loads(arrays["text"].tobytes())
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(f"not kept knowledge: {error}") from error
    if said.get("form") != FORM:
        raise ValueError(f"kept in form {said.get('form')}, not {FORM}")
    calibration = said["calibration"] | {"weights": tuple(said["calibration"]["weights"])}
    return Knowledge(
        rules,
        names,
        Sightings.from_rows(tuple(row) for row in said["sightings"]),
        FamilyRecords.from_rows(tuple(row) for row in said["families"]),
        MakerModel(said["makers"], said["features"], weights, said["clue_weights"]),
        Calibration(**calibration),
        Votes.from_rows(tuple(row) for row in said["runs"]),
        Votes.from_rows(tuple(row) for row in said["words"]),
        said["recoveries"],
        Ranker(tuple(said["ranker"])) if said["ranker"] else None,
    )
