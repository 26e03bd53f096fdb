"""Firms on known supply chains as a list of their own: parties of transfers, and the recoveries involved.

Makers are left out: whose brand is on a part is a question for `exposure`. A firm on this list passed a
component on, or is reported to have done so; that is not evidence of wrongdoing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, func, literal, select

from provenance.core.identity import reference
from provenance.core.vocabulary import PartyRole
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.audit import ImportRun
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.screening.calibration import likeness_for, probability
from provenance.screening.hits import Hit, ScreeningTerms
from provenance.screening.identity import DIGEST_LENGTH
from provenance.screening.index import NamedParty, build
from provenance.screening.matcher import Matcher
from provenance.sources.customers import Customer
from provenance.text.name_words import name_words
from provenance.text.party_names import read_names
from provenance.text.plurals import many

KNOWN_CHAINS = "known-chains"
ASKS = (
    "diligence: find out where earlier goods went before shipping; being on a supply path proves nothing"
    " about a firm"
)


@dataclass(slots=True)
class _Firm:
    key: str
    uid: str
    label: str
    names: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    transfers: set[int] = field(default_factory=set)
    recoveries: set[int] = field(default_factory=set)
    first: date | None = None


def asks_for_chains(terms: ScreeningTerms) -> bool:
    """Whether firms on known chains are to be screened against."""
    return terms.known_chains or KNOWN_CHAINS in terms.lists


def firm_key(uid: str | None, as_written: str) -> str:
    """What a firm on a known chain is known by: its reference, or its name where it is no known firm's."""
    return reference("organization", uid) if uid else f"as written: {as_written}"


def _role(role: str) -> str:
    return role.replace("_", " ")


_AUTHORISED = _role(PartyRole.AUTHORISED_DISTRIBUTOR)


def firms_on_chains(session: Session) -> int:
    """How many firms `KnownChains` has, without reading them."""
    key = func.coalesce(Organization.uid, literal("as written: ") + TransferParty.as_written)
    counted = _parties().with_only_columns(func.count(key.distinct()), maintain_column_froms=True)
    found: int = session.execute(counted.order_by(None)).scalar_one()
    return found


class KnownChains:
    """The firms that transfers name, ready to be screened against; empty where there are none."""

    def __init__(self, session: Session) -> None:
        self._firms = _firms(session)
        self._day = _last_import(session)
        named = [
            NamedParty(number, number, words)
            for number, firm in enumerate(self._firms)
            for text in firm.names
            for name in read_names(text)
            if not (words := name_words(name.name)).only_forms
        ]
        self._matcher = Matcher(build(named), build(()))

    def __len__(self) -> int:
        return len(self._firms)

    def hits(self, customers: Sequence[Customer], terms: ScreeningTerms) -> list[list[Hit]]:
        """For each customer the firms on known chains that it may be, itself left out."""
        if not self._firms or not asks_for_chains(terms):
            return [[] for _customer in customers]
        least = likeness_for(terms.threshold)
        found = self._matcher.by_name(customers, least)
        return [
            [
                self._hit(candidate.party, candidate.score, candidate.shared)
                for candidate in candidates
                if candidate.score >= least
                and not candidate.general
                and self._firms[candidate.party].key != customer.firm
            ]
            for customer, candidates in zip(customers, found, strict=True)
        ]

    def _hit(self, number: int, score: float, shared: Sequence[str]) -> Hit:
        firm = self._firms[number]
        found, count = len(firm.recoveries), len(firm.transfers)
        entry = f"{firm.label}|{sorted(firm.roles)}|{count}|{found}"
        who = "an authorised distributor; " if firm.roles == {_AUTHORISED} else ""
        path = f"on the supply path of {many(found, 'recovery')}"
        if not found:
            path = "party to transfers of goods that are not linked to a recovery"
        return Hit(
            list=KNOWN_CHAINS,
            version=self._day,
            key=firm.key,
            party=firm.label,
            score=round(probability(score), 4),
            matched=firm.label,
            reason=f"name: matching in {', '.join(shared)}; {who}{path}, as {', '.join(sorted(firm.roles))}"
            f" in {many(count, 'transfer')} on record",
            asks=ASKS,
            listed_from=firm.first.isoformat() if firm.first else None,
            listed_to=None,
            party_uid=firm.uid,
            entry_digest=sha256(entry.encode()).hexdigest()[:DIGEST_LENGTH],
        )


def _firms(session: Session) -> list[_Firm]:
    """Every party of a transfer that was not withdrawn, makers and confidential parties left out."""
    same = clusters(session, RecordKind.RECOVERY)
    found: dict[str, _Firm] = {}
    organizations: defaultdict[int, set[str]] = defaultdict(set)
    for row in session.execute(_parties()):
        key = firm_key(row.uid, row.as_written)
        firm = found.setdefault(key, _Firm(key, row.uid or key, row.label or row.as_written))
        if row.organization_id is not None:
            organizations[row.organization_id].add(key)
        firm.names.append(row.as_written)
        firm.roles.add(_role(row.role))
        firm.transfers.add(row.id)
        if row.recovery_id is not None:
            firm.recoveries.add(same.get(row.recovery_id, row.recovery_id))
        if row.earliest and (firm.first is None or row.earliest < firm.first):
            firm.first = row.earliest
    for number, text in session.execute(
        select(OrganizationName.organization_id, OrganizationName.name)
        .where(OrganizationName.organization_id.in_(list(organizations)))
        .order_by(OrganizationName.id)
    ):
        for key in organizations[number]:
            found[key].names.append(text)
    return list(found.values())


def _parties() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Transfer.id,
            Transfer.earliest,
            TransferParty.as_written,
            TransferParty.role,
            TransferParty.organization_id,
            Organization.uid,
            Organization.label,
            Component.recovery_id,
        )
        .join(Transfer, Transfer.id == TransferParty.transfer_id)
        .outerjoin(Organization, Organization.id == TransferParty.organization_id)
        .outerjoin(Component, Component.id == Transfer.component_id)
        .where(
            Transfer.withdrawn_at.is_(None),
            TransferParty.role != PartyRole.MAKER,
            ~TransferParty.confidential,
        )
        .order_by(Transfer.id, TransferParty.id)
    )


def _last_import(session: Session) -> str:
    """The day of the last import, which is how old the transfers are; today where there was none."""
    last = session.execute(select(func.max(ImportRun.started_at))).scalar()
    return (last.date() if last else session.today).isoformat()
