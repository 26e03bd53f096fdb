"""Request and result of identifying markings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from provenance.identify.calibration import Confidence
from provenance.identify.grounds import Ground
from provenance.services.contracts.base import Request, Result


class IdentifyRequest(Request):
    """Markings to identify, the lines of each separated as `provenance.text.marking_lines` says.

    ``made_by`` is a day by which the parts were made, such as that of their recovery.
    """

    markings: tuple[str, ...]
    made_by: date | None = None


@dataclass(frozen=True, slots=True)
class IdentifiedCandidate:
    """A maker, and its part where the marking names one.

    ``confidence`` and ``score``, the chance from 0 to 1, are about the maker (``confidence_of``), not about
    the part number. ``ground`` is what the maker rests on; None where only wording or likeness speaks for
    it. ``printed`` is the part number as the marking has it, ``mpn`` as it is ordered. ``package``,
    ``temperature`` and ``reel`` are codes inside the suffix, None where they cannot be read. ``owner`` is the
    operating group that owns the maker today, None where the maker is its own or the owner is unknown.
    """

    maker: str
    maker_ref: str
    owner: str | None
    mpn: str | None
    printed: str | None
    base_part: str | None
    suffix: str | None
    package: str | None
    temperature: str | None
    reel: str | None
    category: str | None
    in_catalogue: bool
    confidence: Confidence
    confidence_of: Literal["maker"]
    ground: Ground | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class IdentifiedDate:
    """One reading of a date code, with the first and last day that it allows."""

    from_: Annotated[date | None, Field(alias="from")]
    to: date | None
    reading: str
    reason: str


@dataclass(frozen=True, slots=True)
class IdentifiedMarking:
    """What one marking says; a blank or unknown one has no candidates.

    ``marking`` is the text as given, ``lines`` its raw lines, ``as_read`` the text that was read: on one
    line, without control characters, at most 2,000 characters of it, None where nothing was left to read.
    """

    marking: str
    candidates: tuple[IdentifiedCandidate, ...]
    dates: tuple[IdentifiedDate, ...]
    lot: str | None
    lines: tuple[str, ...]
    as_read: str | None


@dataclass(frozen=True, slots=True)
class KnowledgeState:
    """What identification has learned from: markings of known makers in this database.

    ``is_learned`` is false where nothing was learned yet, or only by another version of the program.
    """

    learned_pairs: int
    marked_components: int
    is_learned: bool


class IdentifyResult(Result):
    """The markings in the order of the request, blank ones too."""

    model_config = ConfigDict(serialize_by_alias=True)

    schema_id: ClassVar[str] = "provenance.identify/1"
    knowledge: KnowledgeState
    rows: tuple[IdentifiedMarking, ...]
