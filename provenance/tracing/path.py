"""The chain of one component as rows: hops with their evidence, gaps as rows of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from provenance.core.vocabulary import PartyRole
from provenance.core.vocabulary.tracing import Channel
from provenance.schema.session import Session
from provenance.text.partial_dates import DateSpan, format_span
from provenance.tracing.chains import Chain, Diversion, PointKind, find_chains, point_of_diversion
from provenance.tracing.classes import CLASSES, DOCUMENTED, channel_of
from provenance.tracing.fragments import join_fragments
from provenance.tracing.hops import Hop, Hops, day_number, hops_of
from provenance.tracing.network import NEVER, Numbers
from provenance.tracing.statements import AsOf, Grade, Party, statements
from provenance.tracing.things import Thing, transfers_of

GAP = "gap"
HOP = "hop"


@dataclass(frozen=True, slots=True)
class Row:
    """A step of a chain; of a gap only the ends are known, and why it is one."""

    kind: str
    giver: str
    giver_ref: str | None
    giver_role: str
    taker: str
    taker_ref: str | None
    taker_role: str
    date: str = ""
    places: str = ""
    evidence_class: str | None = None
    reliability: str | None = None
    credibility: int | None = None
    level: str | None = None
    goods: str | None = None
    quantity: str = ""
    document: str | None = None
    origin_groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """One chain in rows with its grade, which is that of its weakest link, and its point of diversion.

    ``weakest_class`` and the two grades are of the hops on record; with any gap the chain as a whole is
    broken there, whatever they are. ``diversion`` says it in words, ``diversion_kind`` how closely.
    """

    rows: tuple[Row, ...]
    hops: int
    gaps: int
    weakest_class: str
    weakest_reliability: str | None
    weakest_credibility: int | None
    documented: bool
    dated: str
    diversion_kind: PointKind
    diversion: str


@dataclass(slots=True)
class Traced:
    """What is on record of how one component moved; ``marks`` are the TLP marks of what was looked at."""

    thing: Thing
    paths: list[Path] = field(default_factory=list)
    statements: int = 0
    alone: int = 0
    marks: tuple[str | None, ...] = ()


def trace(
    session: Session, item: Thing, as_of: AsOf, *, wide: bool = False, show_confidential: bool = False
) -> Traced:
    """The strongest chain of a component to each last known holder, best first."""
    found = statements(
        session, transfers_of(session, item, wide=wide), as_of, show_confidential=show_confidential
    )
    told = hops_of(found)
    marks = tuple(statement.tlp for statement in found)
    if not told.hops:
        return Traced(item, statements=len(found), alone=len(found), marks=marks)
    until = day_number(item.found_by, NEVER)
    chains = find_chains(told.network, told.classes, _makers(told, item), until)
    pieces = join_fragments(told, chains)
    paths = [_path(told, piece, item) for piece in pieces]
    used = {told.hops[hop].statement.number for chain in chains for hop in chain.hops}
    return Traced(item, paths, len(found), len(found) - len(used), marks)


def _makers(told: Hops, item: Thing) -> Numbers:
    named = told.node(("firm", str(item.maker_id))) if item.maker_id else None
    extra = np.array([named] if named is not None else [], np.int64)
    return np.union1d(told.makers(), extra)


def _path(told: Hops, chains: Sequence[Chain], item: Thing) -> Path:
    """A chain, or several pieces of one that gaps part, from the maker to the find."""
    rows: list[Row] = []
    holders: list[Party] = []
    gaps: set[int] = set()
    hops = [told.hops[hop] for chain in chains for hop in chain.hops]
    begun = hops[0].giver
    if not _is_maker(begun, item):
        rows.append(_gap(_maker(item), begun, "how it came from the maker is not on record"))
        holders.append(_maker(item))
        gaps.add(0)
    holders.append(begun)
    for chain in chains:
        pieces = [told.hops[hop] for hop in chain.hops]
        if pieces[0].giver.key != holders[-1].key:
            rows.append(_gap(holders[-1], pieces[0].giver, "no record joins these two"))
            gaps.add(len(holders) - 1)
            holders.append(pieces[0].giver)
        for hop in pieces:
            rows.append(_row(hop, told.hops))
            holders.append(hop.taker)
    end = holders[-1]
    found = Party(("found", item.ref), item.recovery, item.recovery_ref, "to", "found in", None, None, False)
    rows.append(_gap(end, found, "how it came into what was found is not on record"))
    gaps.add(len(holders) - 1)
    point = point_of_diversion([_channel(party, item) for party in holders], gaps)
    weakest = max((hop.statement.grade for hop in hops), key=lambda grade: grade.rank[0])
    credible = max((hop.statement.grade for hop in hops), key=lambda grade: grade.rank[1])
    classes = [hop.statement.evidence_class for hop in hops]
    return Path(
        rows=tuple(rows),
        hops=len(hops),
        gaps=sum(row.kind == GAP for row in rows),
        weakest_class=max(classes, key=CLASSES.index),
        weakest_reliability=weakest.reliability,
        weakest_credibility=credible.credibility,
        documented=all(name in DOCUMENTED for name in classes),
        dated=max((chain.dated for chain in chains), key=["certain", "possible"].index),
        diversion_kind=point.kind,
        diversion=_in_words(point, holders),
    )


def _is_maker(party: Party, item: Thing) -> bool:
    return party.role == PartyRole.MAKER or (
        item.maker_id is not None and party.key == ("firm", str(item.maker_id))
    )


def _maker(item: Thing) -> Party:
    name = f"{item.maker} (brand on the part)" if item.maker else "maker not identified"
    role = PartyRole.MAKER if item.maker else PartyRole.UNKNOWN
    return Party(("maker", item.ref), name, None, "from", role, None, None, False)


def _channel(party: Party, item: Thing) -> Channel | None:
    # A suspected counterfeit never stood in the maker's own network, whatever brand is on it.
    if item.suspect and party.key[0] == "maker":
        return None
    return Channel.AUTHORISED if _is_maker(party, item) else channel_of(party.role, party.channel)


def _in_words(point: Diversion, holders: list[Party]) -> str:
    if point.last_inside is None:
        return "unknown: no authorised holder is on record"
    last = holders[point.last_inside].name
    if point.kind == PointKind.HOLDER:
        return f"{last}, the last authorised holder, passed it to {holders[point.last_inside + 1].name}"
    if point.first_outside is None:
        return f"at or after {last}; nobody outside the maker's network is on record"
    return f"between {last} and {holders[point.first_outside].name}"


def _gap(giver: Party, taker: Party, why: str) -> Row:
    return Row(GAP, giver.name, giver.ref, giver.role, taker.name, taker.ref, taker.role, note=why)


def _row(hop: Hop, everything: Sequence[Hop]) -> Row:
    said, giver, taker = hop.statement, hop.giver, hop.taker
    alike = [
        other.statement.ref
        for other in everything
        if (other.giver.key, other.taker.key) == (giver.key, taker.key) and other.statement is not said
    ]
    grade: Grade = said.grade
    return Row(
        kind=HOP,
        giver=giver.name,
        giver_ref=giver.ref,
        giver_role=giver.role,
        taker=taker.name,
        taker_ref=taker.ref,
        taker_role=taker.role,
        date=format_span(DateSpan(said.earliest, said.latest)),
        places=_places(hop),
        evidence_class=said.evidence_class,
        reliability=grade.reliability,
        credibility=grade.credibility,
        level=said.level,
        goods=said.goods,
        quantity=_amount(said.quantity, said.quantity_unit),
        document=said.document,
        origin_groups=said.origin_groups,
        sources=said.sources,
        transfers=(said.ref, *alike),
        note=said.note or "",
    )


def _places(hop: Hop) -> str:
    """Countries in the order in which the goods passed them, as far as they are known."""
    said = hop.statement
    road = (hop.giver.country, *said.transit, hop.taker.country or said.destination)
    known = [place for place in road if place]
    return " → ".join(dict.fromkeys(known))


def _amount(quantity: float | None, unit: str | None) -> str:
    return "" if quantity is None else f"{quantity:,.10g} {unit or ''}".strip()
