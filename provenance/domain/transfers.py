"""Stated transfers to rows: parties, what moved, the document, the citation."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.domain.batches import NewRows
from provenance.domain.goods_reading import GoodsReader
from provenance.domain.handles import called_one_of
from provenance.domain.organizations import FirmResolver
from provenance.domain.parts import PartWriter
from provenance.domain.party_numbers import PartyNumbers
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.domain.sources import Origin
from provenance.domain.weapons import weapons_named
from provenance.schema.organizations import OrganizationName
from provenance.schema.reference import Part
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session, hold_new
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Document, Transfer, TransferParty, TransferTransit
from provenance.sources.records import DocumentRecord, MakerRecord, ShipmentParty, ShipmentRecord
from provenance.text.confidence import blank_names
from provenance.text.firm_names import name_key
from provenance.text.folding import fold
from provenance.text.maker_strings import read_maker
from provenance.text.part_numbers import part_key


class TransferWriter:
    """Makes the rows of one source's transfers; call `flush` before they are read."""

    def __init__(
        self,
        session: Session,
        source: tuple[int, str],
        run_id: int | None = None,
        firms: FirmResolver | None = None,
    ) -> None:
        """``firms`` finds the parties; without it, as for a published list, whose own words are taken."""
        self._session = session
        self._source_id, self._source_key = source
        self._origin_group: str = session.execute(
            select(Source.origin_group).where(Source.id == self._source_id)
        ).scalar_one()
        self._run_id = run_id
        self._rows = NewRows(session)
        self.firms = firms or FirmResolver(session, Origin(*source, run_id))
        self._parts = PartWriter(session, self._rows, self._source_id)
        self._numbers = PartyNumbers(session, self._source_id, self.firms.review)
        self._goods = GoodsReader(session, self.firms, self.firms.review)
        self._transits: list[TransferTransit] = []
        self._documents: dict[tuple[str, str, str], int] = {}
        self._components: dict[str, int] = {}
        self._documents_made = 0
        self._now = session.moment

    @property
    def made(self) -> Counter[str]:
        """How many records were created, by table."""
        more = Counter(document=self._documents_made, organization_identifier=self._numbers.made)
        return self._rows.made + self.firms.made + more

    def renumber(self) -> None:
        """Takes up the numbering after what is there now, as at the start of each transaction."""
        self._rows.renumber()

    def flush(self) -> None:
        """Writes what was collected."""
        self._rows.write()
        insert_rows(self._session, self._transits)
        self._transits = []

    def add(self, record: ShipmentRecord, version: int = 1) -> tuple[int, str]:
        """Collects one transfer with its parties and citation; its number and uid.

        Raises:
            NotFound: the component or the weapon that it names is not on record.
        """
        record = self._goods.read(record)
        component_id = self.component(record.component) if record.component else None
        weapon = weapons_named(self._session, [record.weapon])[0] if record.weapon else None
        key = record.key if version == 1 else f"{record.key}~{version}"
        uid = natural_uid("transfer", self._source_key, key)
        number = self._rows.add(
            Transfer(
                uid=uid,
                component_id=component_id,
                part_id=self._part(record),
                weapon_system_id=weapon,
                goods_as_written=_open_text(record, record.goods or record.mpn),
                document_id=self._document(record.document) if record.document else None,
                entered_at=self._now,
                note=_open_text(record, record.note),
                lot=record.lot,
                part_family=record.part_family,
                hs6=record.hs6,
                quantity=record.quantity,
                quantity_unit=record.quantity_unit,
                value=record.value,
                currency=record.currency,
                earliest=record.earliest,
                latest=record.latest,
                origin_country=record.origin_country,
                destination_country=record.destination_country,
                evidence_class=record.evidence_class,
                tlp=record.tlp,
            )
        )
        for party in record.parties:
            self._add_party(number, party)
        self._transits += [
            TransferTransit(transfer_id=number, position=position, country=code)
            for position, code in enumerate(record.transit, start=1)
        ]
        self._cite(record, key, number)
        return number, uid

    def component(self, text: str) -> int:
        """The component of that reference or source's record key.

        Raises:
            NotFound: there is none.
        """
        if text not in self._components:
            self._components[text] = called_one_of(self._session, text, RecordKind.COMPONENT)
        return self._components[text]

    def _add_party(self, transfer_id: int, party: ShipmentParty) -> None:
        # A name given in confidence makes no firm: a search for firms would reveal it.
        number = (
            known_firm(self._session, party.as_written) if party.confidential else self._party_firm(party)
        )
        self._rows.add(
            TransferParty(
                transfer_id=transfer_id,
                organization_id=number,
                side=party.side,
                role=party.role,
                channel=party.channel,
                country=party.country,
                place=party.place,
                as_written=party.as_written,
                confidential=party.confidential,
            )
        )

    def _party_firm(self, party: ShipmentParty) -> int | None:
        """The firm that a party is: by its name, and by its registration number where the name is new.

        A name whose firm is on record with another number of the same kind is another firm of that name: the
        party is the one with its number, or of no firm.
        """
        by_number = self._numbers.firm_with(party.numbers)
        if by_number is not None and not self.firms.known(party.as_written):
            self.firms.add_spelling(by_number, party.as_written)
            self._numbers.note_joined(by_number, party.as_written, party.numbers)
        number = self.firms.organization(party.as_written)
        if number is None or self._numbers.add(number, party.as_written, party.numbers):
            return number
        return by_number

    def _part(self, record: ShipmentRecord) -> int | None:
        if record.mpn is None:
            return None
        if record.maker:
            return self._parts.part(record.mpn, self._maker(record.maker))
        known = (
            self._session.execute(
                select(Part.id).where(Part.mpn_key == part_key(record.mpn)).order_by(Part.id)
            )
            .scalars()
            .all()
        )
        # Two makers have this part number: the record does not say whose it was.
        return known[0] if len(known) == 1 else self._parts.part(record.mpn, None)

    def _maker(self, text: str) -> int | None:
        """The maker that a cell names, read as in a list of components."""
        reading = read_maker(text)
        maker = MakerRecord(as_written=text, brand=reading.brand, parentheses=reading.parentheses)
        found = self.firms.maker(maker)
        self.firms.review.update(found.doubts)
        return found.organization_id

    def _document(self, record: DocumentRecord) -> int:
        group = record.origin_group or self._origin_group
        key = (group, record.kind or "", fold(record.reference or record.title))
        if key not in self._documents:
            self._documents[key] = self._known_document(*key) or self._new_document(record, *key)
        return self._documents[key]

    def _known_document(self, group: str, kind: str, reference_key: str) -> int | None:
        found: int | None = self._session.execute(
            select(Document.id).where(
                Document.origin_group == group,
                Document.kind == kind if kind else Document.kind.is_(None),
                Document.reference_key == reference_key,
            )
        ).scalar()
        return found

    def _new_document(self, record: DocumentRecord, *key: str) -> int:
        """A document that is new, or that another writer has created since it was looked up."""
        hold_new(self._session, "document", " ".join(key))
        return self._known_document(*key) or self._make_document(record, *key)

    def _make_document(self, record: DocumentRecord, group: str, kind: str, reference_key: str) -> int:
        self._documents_made += 1
        return insert_row(
            self._session,
            Document(
                uid=natural_uid("document", group, kind, reference_key),
                kind=kind or None,
                reference=record.reference,
                reference_key=reference_key,
                title=record.title,
                origin_group=group,
                issued_earliest=record.issued_earliest,
                issued_latest=record.issued_latest,
                source_id=self._source_id,
            ),
        )

    def _cite(self, record: ShipmentRecord, key: str, transfer_id: int) -> None:
        self._rows.add(
            Citation(
                source_id=self._source_id,
                record_key=key,
                recovery_id=None,
                component_id=None,
                transfer_id=transfer_id,
                address=record.address,
                raw_text=record.raw,
                published_earliest=record.published_earliest,
                published_latest=record.published_latest,
                retrieved=record.retrieved,
                credibility=record.credibility,
                import_run_id=self._run_id,
            )
        )


def _open_text(record: ShipmentRecord, text: str | None) -> str | None:
    """A text of the record without the names given in confidence: it is shown to people."""
    hidden = [party.as_written for party in record.parties if party.confidential]
    return blank_names(text, hidden) if text else None


def known_firm(session: Session, text: str) -> int | None:
    """The one organization on record under a name; None where there is none, or more than one."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(OrganizationName.organization_id).where(OrganizationName.name_key == name_key(text)).distinct()
    ).scalars()
    found = {merged.get(number, number) for number in rows}
    return found.pop() if len(found) == 1 else None
