"""What the form for a transfer of goods needs of the database."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import EvidenceClass, Tlp
from provenance.core.vocabulary.field import NewName
from provenance.core.vocabulary.tracing import DocumentKind
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.handles import called_one_of
from provenance.domain.record_kinds import RecordKind
from provenance.domain.stated_firms import misspelt_party
from provenance.fields import values
from provenance.schema.session import Session
from provenance.services.contracts.transfers import StatedTransfer
from provenance.services.forms import BLANK, CheckedAnswer, FormField, FormSupport
from provenance.services.transfers import party_of, stated_record
from provenance.text.unknown import says_unknown

SIDES = ("from", "to")
"""The fields that name parties, separated by ``;``."""

_STATED = {"part": "mpn", "unit": "quantity_unit", "hs": "hs6", "class": "evidence_class"}
"""Fields that the statement calls otherwise than the form."""

_MOVED = ("component", "part", "lot", "goods", "hs")


def read_parties(text: str) -> tuple[str, ...] | None:
    """The parties of a side as typed, each in the form NAME|ROLE|COUNTRY|CHANNEL; None where unknown.

    Raises:
        BadInput: one of them cannot be read.
    """
    if says_unknown(text):
        return None
    found = tuple(part.strip() for part in text.split(";") if part.strip())
    for each in found:
        try:
            party_of(each)
        except UsageError as error:
            raise BadInput(error.message) from None
    return found


class TransferDraft(FormSupport):
    """A transfer that is being entered."""

    fields = (
        FormField("from", read_parties, completes="firm"),
        FormField("to", read_parties, completes="firm"),
        FormField("component", values.text, completes="item"),
        FormField("part", values.text),
        FormField("lot", values.text),
        FormField("goods", values.words),
        FormField("quantity", values.words),
        FormField("unit", values.words),
        FormField("date", values.days),
        FormField("document", values.words),
        FormField("document_kind", values.one_of(DocumentKind), DocumentKind),
        FormField("class", values.one_of(EvidenceClass), EvidenceClass),
        FormField("source", values.text, completes="source", required=True),
        FormField("tlp", values.one_of(Tlp), Tlp),
        FormField("note", values.words),
    )

    def is_relevant(self, name: str, texts: Mapping[str, str]) -> bool:
        """Whether a field is to be asked for, given the answers so far."""
        known = {each for each, text in texts.items() if text not in BLANK}
        if name == "unit":
            return "quantity" in known
        if name == "document_kind":
            return "document" in known
        if name == "goods":
            return not known & {"component", "part", "lot"}
        if name == "class":
            return "goods" in known and not known & {"component", "part", "lot", "hs"}
        return True

    def future_dates(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The day of the transfer, if it is in the future."""
        text = texts.get("date", "?")
        span = values.days(text) if text not in BLANK else None
        future = span is not None and span.earliest is not None and span.earliest > self._workspace.today
        return {"date": text} if future else {}

    def fault(self, texts: Mapping[str, str]) -> str | None:
        """Why the answers together are no transfer, such as neither side being known; None where they are."""
        try:
            stated_record(statement(texts), self._workspace.today)
        except UsageError as error:
            return error.message
        return None

    def _look_up(self, session: Session, name: str, text: str) -> CheckedAnswer:
        if name == "component":
            number = called_one_of(session, text, RecordKind.COMPONENT)
            refuse_withdrawn(session, RecordKind.COMPONENT, number)
        if name in SIDES:
            return self._parties(session, text)
        return CheckedAnswer()

    def _parties(self, session: Session, text: str) -> CheckedAnswer:
        """A party that looks like a known one misspelt is asked about; any other new one is taken."""
        for each in read_parties(text) or ():
            party = party_of(each).name
            known = misspelt_party(session, party)
            if known:
                near = tuple(text.replace(party, name, 1) for name in known)
                return CheckedAnswer(new_name=NewName.PARTY, near=near)
        return CheckedAnswer()


def statement(texts: Mapping[str, str]) -> StatedTransfer:
    """The transfer that the answers of a form state.

    Raises:
        UsageError: a party cannot be read.
    """
    known = {name: text for name, text in texts.items() if text not in BLANK}
    sides = {
        name: tuple(map(party_of, read_parties(known[name]) or ())) if name in known else () for name in SIDES
    }
    cells = {_STATED.get(name, name): text for name, text in known.items() if name not in (*SIDES, "source")}
    return StatedTransfer.model_validate({"senders": sides["from"], "recipients": sides["to"], **cells})
