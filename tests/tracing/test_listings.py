"""Trade around a listing: lag, whether it went on, and who began to send the same to the same afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from provenance.schema.session import Session
from provenance.tracing.listing_survey import WentOn, fetch_listings
from provenance.tracing.listings import ListingSpan, Successor, successors, trade_around
from provenance.tracing.surveys import Scope
from tests.support.commands import run
from tests.tracing.brute import TimedEdge, edges_between
from tests.tracing.records import Records
from tests.tracing.world import ledger_of

# Firm 0 sent part 1 to 1 on day 5, part 2 to 2 on day 6; listed on day 10; firms 3 and 4 are others.
LISTED = ListingSpan(10, 10)


def test_who_began_afterwards_with_the_same_part_and_recipient() -> None:
    edges = [
        TimedEdge(0, 1, 5, 5),
        TimedEdge(0, 2, 6, 6),
        TimedEdge(3, 1, 12, 12),  # the same part to the same recipient, later: began afterwards
        TimedEdge(3, 1, 14, 14),
        TimedEdge(4, 1, 3, 3),  # sent it there before, too
        TimedEdge(4, 1, 15, 15),
        TimedEdge(5, 2, 12, 12),  # another part to that recipient
        TimedEdge(6, 1, 8, 12),  # may have begun before the listing
        TimedEdge(6, 1, 13, 13),
    ]
    ledger = ledger_of(edges, nodes=7, parts=[1, 2, 1, 1, 1, 1, 1, 1, 1])
    assert successors(ledger, 0, LISTED) == [Successor(3, transfers=2, recipients=1, parts=1, first=12)]


def test_transfers_are_placed_only_where_their_dates_decide() -> None:
    edges = [
        TimedEdge(0, 1, 5, 7),
        TimedEdge(0, 1, 10, 12),
        TimedEdge(2, 0, 9, 11),
        TimedEdge(0, 1, None, 20),
    ]
    found = trade_around(ledger_of(edges, nodes=3), 0, LISTED)
    assert (found.first, found.last) == ((5, 7), (10, 12))
    assert (found.before, found.after, found.unplaced) == (1, 1, 2)


@given(edges_between(3, 6), st.integers(1, 7), st.integers(0, 3))
def test_every_transfer_is_counted_once_and_rightly(edges: list[TimedEdge], began: int, doubt: int) -> None:
    edges = [edge for edge in edges if edge.tail != edge.head]
    span = ListingSpan(began, began + doubt)
    found = trade_around(ledger_of(edges, nodes=3), 0, span)
    mine = [edge for edge in edges if 0 in (edge.tail, edge.head)]
    before = [edge for edge in mine if edge.latest is not None and edge.latest < began]
    after = [edge for edge in mine if edge.earliest is not None and edge.earliest >= began + doubt]
    assert (found.before, found.after) == (len(before), len(after))
    assert found.before + found.after + found.unplaced == len(mine)


def test_a_listed_firm_with_its_lag_and_what_followed(scratch: Session) -> None:
    records = Records(scratch)
    part = records.part("NORTH-1")
    cedar = records.firm("OOO Cedar")
    alder, birch, other = (records.firm(name) for name in ("Alder AG", "Birch Ltd", "Elm Ltd"))

    def sold(sender: int, day: date) -> None:
        records.transfer(
            sender, cedar, part_id=part, earliest=day, latest=day, evidence_class="trade_record_same_part"
        )

    sold(alder, date(2022, 1, 1))
    sold(birch, date(2022, 3, 1))
    sold(other, date(2022, 6, 1))
    records.listing("Alder AG", "list-a", date(2022, 5, 1))
    records.listing("Birch Ltd", "list-b", date(2022, 2, 1))
    rows, basis = fetch_listings(scratch, Scope())
    assert [(row.firm, row.watchlist, row.lag_days_least, row.went_on) for row in rows] == [
        ("Alder AG", "list-a", 120, WentOn.NONE_ON_RECORD),
        ("Birch Ltd", "list-b", -28, WentOn.YES),
    ]
    assert [(item.firm, item.since) for item in rows[0].successors] == [("Elm Ltd", date(2022, 6, 1))]
    assert rows[1].successors == ()  # it had sent nothing before its listing
    assert basis.counted == {"firms": 2, "listings": 2}
    only, _basis = fetch_listings(scratch, Scope(), watchlists=["list-b"])
    assert [row.firm for row in only] == ["Birch Ltd"]


def test_the_command_on_an_empty_record_and_an_unknown_list(tmp_path: Path) -> None:
    database = str(tmp_path / "a.db")
    run(database, "init")
    assert "No firm with trade on record" in run(database, "trace", "listings").out
    unknown = run(database, "trace", "listings", "--list", "nowhere")
    assert (unknown.code, "There is no watchlist nowhere" in unknown.err) == (4, True)
