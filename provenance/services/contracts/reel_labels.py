"""Requests and results of reading the labels of bags and reels in photos."""

from __future__ import annotations

from typing import ClassVar

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.field import NewName
from provenance.core.vocabulary.labels import LabelMeaning, LabelSyntax
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.trace_requests import LetterText
from provenance.services.contracts.transfers import StatedParty


class ReadLabels(Request):
    """A photo whose bag or reel labels are to be read: on record, or a file that is not.

    ``component`` is the item that the label belongs to; without it, the one component that the photo shows.
    """

    photo: str
    component: str | None = None


class LogLabel(ReadLabels):
    """What is to be made of the one label of a photo: a document about its item, requests, or both.

    The document is a transfer, which needs a sender or a recipient. ``number`` chooses among several labels,
    from 1. Without ``source`` it is the user's own log. ``ask`` are the firms to which a request is drafted.
    """

    number: int | None = None
    senders: tuple[StatedParty, ...] = ()
    recipients: tuple[StatedParty, ...] = ()
    source: str | None = None
    ask: tuple[str, ...] = ()
    tlp: Tlp | None = None
    new: frozenset[NewName] = frozenset()


class LabelFieldRow(Contract):
    """A field of a label as it stands there, what its identifier means, and how it is read.

    ``label`` numbers the labels of the photo from 1. ``meaning`` is None where the identifier is not known,
    ``reading`` where the value is taken as it stands, is empty or cannot be read; ``problem`` says why not.
    """

    label: int
    identifier: str
    meaning: LabelMeaning | None
    value: str
    reading: str | None
    problem: str | None


class LabelFacts(Contract):
    """A label as a whole; ``rest`` is what has no identifier that can be separated from it.

    ``separators_lost`` says that the fields cannot be told apart. The others are what a document about the
    item would state: the only part, lot and so on that the label names, None where it names none or several.
    """

    number: int
    symbology: str
    syntax: LabelSyntax
    separators_lost: bool
    rest: tuple[str, ...]
    mpn: str | None
    lot: str | None
    date_code: str | None
    quantity: str | None
    origin: str | None
    doubts: tuple[str, ...]


class LabelsRead(Result):
    """The labels of a photo, one row a field.

    ``component`` is the item that they belong to, None where it is not known; ``other_codes`` are codes that
    are not labels. ``transfer`` and ``requests`` are what was stored, if anything.
    """

    schema_id: ClassVar[str] = "provenance.evidence-read/1"
    photo: str | None
    file: str
    component: str | None
    component_title: str | None
    labels: tuple[LabelFacts, ...] = ()
    other_codes: tuple[str, ...] = ()
    transfer: str | None = None
    requests: tuple[str, ...] = ()
    letters: tuple[LetterText, ...] = ()
    notes: tuple[str, ...] = ()
    rows: tuple[LabelFieldRow, ...] = ()
