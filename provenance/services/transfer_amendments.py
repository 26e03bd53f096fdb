"""Corrections of logged transfers: stated anew, the former statement withdrawn, in one transaction."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import select

from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import reference
from provenance.core.tlp import read_mark
from provenance.core.vocabulary import PartyRole, Side
from provenance.domain.amendments.log import AMEND, seal_amendment
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.handles import called_one_of
from provenance.domain.journal import author_of
from provenance.domain.record_kinds import RecordKind
from provenance.domain.withdrawals import withdraw_for
from provenance.queries.names import row_of_reference
from provenance.schema.audit import AuditEntry
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer
from provenance.services.contracts.amendments import AmendRequest, AmendResult, AmendRow
from provenance.services.contracts.transfers import StatedParty, StatedTransfer
from provenance.services.transfers import party_of, refuse_unlikely, stated_record
from provenance.sources.records import ShipmentParty, ShipmentRecord
from provenance.sources.transfers.statements import shipment_of
from provenance.text.partial_dates import DateSpan, format_span
from provenance.text.validation import faults_in_words
from provenance.tracing.transfer_entry import store_transfers

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace

_SIDES = {"from": Side.FROM, "to": Side.TO}
_FIELDS = {
    **{name: name for name in ("component", "lot")},
    "part": "mpn",
    "maker": "maker",
    "family": "part_family",
    **{name: name for name in ("weapon", "goods")},
    "hs": "hs6",
    "quantity": "quantity",
    "unit": "quantity_unit",
    **{name: name for name in ("value", "currency", "date", "origin", "transit", "destination")},
    **{name: name for name in ("document", "document_kind", "document_date")},
    "class": "evidence_class",
    **{name: name for name in ("published", "credibility", "tlp", "note")},
}
"""The fields by what logging calls them, each with its name in the statement."""

_NAMED = {field: name for name, field in _FIELDS.items()}


_NAMES_ITS_UNIT = re.compile(r"[^\d\s.,'’+-]")
"""What an amount has beside its number: the unit or currency, which the former one would contradict."""


def names_transfer(session: Session, text: str) -> bool:
    """Whether a text is the reference of a transfer."""
    found = row_of_reference(session, text)
    return found is not None and found[0] == RecordKind.TRANSFER


def amend_transfer(workspace: Workspace, request: AmendRequest) -> AmendResult:
    """States a logged transfer anew with some fields amended, and withdraws the former statement.

    A transfer is never changed in place: supply paths are asked for as they were known on a day.

    Raises:
        UsageError: nothing or no reason is given, or a transfer has no such field or cannot say that.
        NotFound: a component, weapon, maker or party is not on record; nothing is stored.
        BadInput: it is withdrawn, not logged here, or has names given in confidence, which are not kept for
            this; or it would be dated in the future (code ``odd``).
    """
    reason, given = request.reason.strip(), _given(request)
    with workspace.writing() as session:
        uid, source, former = _logged(session, request.ref)
        before = _texts(former)
        record = stated_record(_stated(former, before, given), workspace.today)
        after = _texts(record)
        changed = [name for name in (*_SIDES, *_FIELDS) if before.get(name) != after.get(name)]
        title, old = record.goods or record.mpn or "", reference("transfer", uid)
        if not changed:
            return AmendResult(ref=old, kind="transfer", title=title, reason=reason)
        if not request.accept_odd:
            refuse_unlikely(record, workspace.today)
        if record.component and "component" in changed:
            refuse_withdrawn(
                session, RecordKind.COMPONENT, called_one_of(session, record.component, RecordKind.COMPONENT)
            )
        stored = store_transfers(session, source, [record], actor=workspace.actor, new=request.new)
        (now,) = stored.uids
        ref = reference("transfer", now)
        author = author_of(session, workspace.actor)
        withdraw_for(session, author, uid, f"amended, now {ref}: {reason}", now)
        seal_amendment(
            session, actor=workspace.actor, action=AMEND, record=(RecordKind.TRANSFER, now),
            changes=(_of(before, changed), _of(after, changed)),
            typed=given, reason=f"{reason} (was {old})", sources={},
        )  # fmt: skip
    note = f"{old} is withdrawn and stands as {ref} from now on; paths as known on earlier days show {old}"
    rows = tuple(
        AmendRow(ref=ref, kind="transfer", field=name, before=before.get(name), after=after.get(name))
        for name in changed
    )
    return AmendResult(
        ref=ref, kind="transfer", title=title, reason=reason, notes=(*stored.notes, note), rows=rows
    )


def _given(request: AmendRequest) -> dict[str, str]:
    """The amended fields as typed.

    Raises:
        UsageError: no reason is given, or a transfer has no such field.
    """
    if not request.reason.strip():
        raise UsageError("A correction needs its reason.", code="reason")
    given = {_NAMED.get(name, name): text.strip() for name, text in request.texts.items()}
    if strangers := [name for name in given if name not in _FIELDS and name not in _SIDES]:
        raise UsageError(
            f"A transfer has no {', '.join(strangers)}.", hint=f"Its fields: {', '.join((*_SIDES, *_FIELDS))}"
        )
    return given


def _of(texts: Mapping[str, str], names: Sequence[str]) -> dict[str, str | None]:
    return {name: texts.get(name) for name in names}


def _logged(session: Session, text: str) -> tuple[str, tuple[int, str], ShipmentRecord]:
    """The uid of the transfer with that reference, its source and what was logged of it.

    Raises:
        BadInput: it is withdrawn, it was not logged here, or names in it were given in confidence.
    """
    found = row_of_reference(session, text)
    assert found is not None
    refuse_withdrawn(session, RecordKind.TRANSFER, found[1])
    row = session.execute(
        select(Transfer.uid, Source.id, Source.key)
        .join(Citation, Citation.transfer_id == Transfer.id)
        .join(Source, Source.id == Citation.source_id)
        .where(Transfer.id == found[1])
        .order_by(Citation.id)
    ).first()
    assert row is not None  # Every transfer has a source.
    entry = session.execute(
        select(AuditEntry.after)
        .where(AuditEntry.record_uid == row.uid, AuditEntry.action == "log transfer")
        .order_by(AuditEntry.id)
    ).scalar()
    ref = reference("transfer", row.uid)
    if entry is None:
        raise BadInput(
            f"{ref} is what {row.key} states: only a transfer that was logged here can be amended",
            hint="Correct the list and import it again: the former row is then withdrawn.",
        )
    record = ShipmentRecord.model_validate(json.loads(entry))
    if any(party.confidential for party in record.parties):
        raise BadInput(
            f"{ref} has names that were given in confidence, and they are not kept for corrections",
            hint=f"Log it again, then: provenance withdraw {ref}",
        )
    return row.uid, (row.id, row.key), record


def _texts(record: ShipmentRecord) -> dict[str, str]:
    """What a transfer states, field by field, as it would be typed."""
    document = record.document
    values: dict[str, Any] = {
        **{name: getattr(record, field, None) for name, field in _FIELDS.items()},
        "quantity": _number(record.quantity),
        "value": _number(record.value),
        "date": _span(record.earliest, record.latest),
        "published": _span(record.published_earliest, record.published_latest),
        "origin": record.origin_country,
        "transit": "; ".join(record.transit),
        "destination": record.destination_country,
        "document": document and document.reference,
        "document_kind": document and document.kind,
        "document_date": document and _span(document.issued_earliest, document.issued_latest),
        "class": record.evidence_class,
        **{name: "; ".join(_party(each) for each in _side(record, side)) for name, side in _SIDES.items()},
    }
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def _stated(former: ShipmentRecord, before: Mapping[str, str], given: Mapping[str, str]) -> StatedTransfer:
    """The statement with the amended fields; an evidence class that followed from the goods follows again.

    Raises:
        UsageError: a party or another field cannot be read.
    """
    cells = {name: text for name, text in {**before, **given}.items() if text and name not in _SIDES}
    if "class" not in given and _follows(former, before):
        del cells["class"]
    for name, its in (("quantity", "unit"), ("value", "currency")):
        if its not in given and _NAMES_ITS_UNIT.search(given.get(name, "")):
            cells.pop(its, None)
    fields: dict[str, Any] = {_FIELDS[name]: text for name, text in cells.items()}
    try:
        if "tlp" in fields:
            fields["tlp"] = read_mark(fields["tlp"])
        fields["transit"] = tuple(
            each.strip() for each in cells.get("transit", "").split(";") if each.strip()
        )
        senders, recipients = (
            tuple(party_of(text) for text in given[name].split(";") if text.strip())
            if name in given
            else tuple(map(_as_stated, _side(former, side)))
            for name, side in _SIDES.items()
        )
        return StatedTransfer(senders=senders, recipients=recipients, **fields)
    except ValidationError as error:
        raise UsageError(faults_in_words(error.errors())) from None
    except ValueError as error:
        raise UsageError(str(error)) from None


def _follows(former: ShipmentRecord, before: Mapping[str, str]) -> bool:
    """Whether a transfer's evidence class is the one that its goods imply."""
    goods = {_FIELDS[name]: before[name] for name in ("component", "lot", "part", "hs") if name in before}
    return bool(goods) and shipment_of(goods, former.parties)["evidence_class"] == former.evidence_class


def _side(record: ShipmentRecord, side: Side) -> list[ShipmentParty]:
    return [party for party in record.parties if party.side == side]


def _party(party: ShipmentParty) -> str:
    role = None if party.role == PartyRole.UNKNOWN else party.role
    return "|".join(each or "" for each in (party.as_written, role, party.country, party.channel)).rstrip("|")


def _as_stated(party: ShipmentParty) -> StatedParty:
    return StatedParty(name=party.as_written, role=party.role, country=party.country, channel=party.channel)


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.15g}"


def _span(earliest: Any, latest: Any) -> str | None:
    span = DateSpan(earliest, latest)
    return None if span.is_unknown else format_span(span)
