"""Who owned what when: made-up firms for the rules, the reference data for the ones that matter."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary import OrganizationKind, SeatKind
from provenance.domain.ownership import Genealogy, Step, by_start, load_genealogy
from provenance.schema.session import Session
from tests.support.firms import TODAY, Firms, firm_labelled

INVASION = "2022-02-24"


@pytest.fixture
def firms(scratch: Session) -> Firms:
    """An empty world of firms."""
    return Firms(scratch)


class TestWalk:
    """From a brand to its topmost operating owner."""

    def test_a_firm_that_nobody_bought_stands_for_itself(self, firms: Firms) -> None:
        assert firms.owner("Acorn", INVASION) == "Acorn"

    def test_the_topmost_owner_counts(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2010")
        firms.bought("Cedar", "Beech", "2015")
        assert firms.owner("Acorn", "2012-01-01") == "Beech"
        assert firms.owner("Acorn", "2020-01-01") == "Cedar"
        assert firms.owner("Acorn", "2009-12-31") == "Acorn"

    def test_the_day_of_the_closing_is_the_owners_first(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2020-04-16")
        assert firms.owner("Acorn", "2020-04-15") == "Acorn"
        assert firms.owner("Acorn", "2020-04-16") == "Beech"

    def test_the_day_of_the_sale_is_the_next_owners_first(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2010-01-01", until="2020-04-16")
        firms.bought("Cedar", "Acorn", "2020-04-16")
        assert firms.owner("Acorn", "2020-04-15") == "Beech"
        assert firms.owner("Acorn", "2020-04-16") == "Cedar"

    def test_a_firm_that_was_let_go_stands_for_itself_again(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2010-01-01", until="2020-04-16")
        assert firms.owner("Acorn", "2020-04-16") == "Acorn"

    def test_a_later_owner_follows_although_nobody_wrote_that_the_first_let_go(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2010")
        firms.bought("Cedar", "Acorn", "2015-01-13")
        assert firms.owner("Acorn", INVASION) == "Cedar"

    @pytest.mark.parametrize("kind", ["fund", "holding"])
    def test_who_makes_nothing_owns_no_brand_in_a_count(self, firms: Firms, kind: str) -> None:
        firms.are(kind, "Money")
        firms.bought("Money", "Acorn", "2010")
        assert firms.owner("Acorn", INVASION) == "Acorn"

    def test_an_operating_firm_above_a_holding_does(self, firms: Firms) -> None:
        firms.are("holding", "Holding")
        firms.bought("Holding", "Acorn", "2010")
        firms.bought("Cedar", "Holding", "2010")
        assert firms.owner("Acorn", INVASION) == "Cedar"

    @pytest.mark.parametrize("status", ["announced", "lapsed"])
    def test_a_deal_that_is_not_done_moves_nothing(self, firms: Firms, status: str) -> None:
        firms.bought("Beech", "Acorn", "2020", status=status)
        assert firms.owner("Acorn", INVASION) == "Acorn"

    @pytest.mark.parametrize(
        ("share", "owner"), [(49, "Acorn"), (50, "Acorn"), (50.1, "Beech"), (None, "Beech")]
    )
    def test_only_a_controlling_share_moves_a_brand(
        self, firms: Firms, share: float | None, owner: str
    ) -> None:
        firms.bought("Beech", "Acorn", "2020", share_percent=share)
        assert firms.owner("Acorn", INVASION) == owner

    def test_a_product_line_leaves_the_firm_where_it_was(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2020", scope="product_line", product_line="timers")
        assert firms.owner("Acorn", INVASION) == "Acorn"

    def test_a_circle_ends_the_walk(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2010")
        firms.bought("Cedar", "Beech", "2010")
        firms.bought("Acorn", "Cedar", "2010")
        assert firms.owner("Acorn", INVASION) == "Cedar"


class TestPartialDates:
    """A source may know the year of a closing and no more."""

    def test_in_the_year_of_the_closing_the_owner_is_open(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2014")
        assert firms.owner("Acorn", "2013-12-31") == "Acorn"
        assert firms.owner("Acorn", "2014-07-01") is None
        assert firms.owner("Acorn", "2014-12-31") == "Beech"

    def test_so_it_is_in_the_month_of_the_letting_go(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2003-01-01", until="2005-12")
        assert firms.owner("Acorn", "2005-11-30") == "Beech"
        assert firms.owner("Acorn", "2005-12-15") is None
        assert firms.owner("Acorn", "2006-01-01") == "Acorn"

    def test_and_between_two_owners_even_where_nobody_wrote_that_the_first_let_go(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2000-01-01")
        firms.bought("Cedar", "Acorn", "2015")
        assert firms.owner("Acorn", "2014-12-31") == "Beech"
        assert firms.owner("Acorn", "2015-07-01") is None
        assert firms.owner("Acorn", "2016-01-01") == "Cedar"

    def test_what_is_open_at_one_remove_is_open_for_the_brand(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2000-01-01")
        firms.bought("Cedar", "Beech", "2015")
        assert firms.owner("Acorn", "2015-07-01") is None

    def test_a_done_deal_of_which_nobody_knows_the_day_holds_today(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn")
        assert firms.owner("Acorn", INVASION) is None
        assert firms.owner("Acorn", TODAY.isoformat()) == "Beech"

    def test_its_timeline_turns_today(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn")
        assert firms.genealogy().timeline(firms["Acorn"]) == [(date.min, None), (TODAY, firms["Beech"])]

    def test_so_does_one_of_this_year(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", str(TODAY.year))
        assert firms.owner("Acorn", (TODAY - timedelta(days=1)).isoformat()) is None
        assert firms.owner("Acorn", TODAY.isoformat()) == "Beech"


class TestUnverifiedLinks:
    """An answer says which of its figures rest on links that nobody has checked."""

    def unverified(self, firms: Firms, label: str) -> bool:
        return firms.genealogy().owner_now(firms[label]).unverified

    def test_a_checked_road_is_verified(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2010")
        assert not self.unverified(firms, "Acorn")

    @pytest.mark.parametrize("verification", ["partly", "unverified", "conflict"])
    def test_one_unchecked_link_is_enough(self, firms: Firms, verification: str) -> None:
        firms.bought("Beech", "Acorn", "2010", verification=verification)
        firms.bought("Cedar", "Beech", "2015")
        assert self.unverified(firms, "Acorn")
        assert not self.unverified(firms, "Beech")

    def test_a_fund_above_the_owner_rests_on_nothing_that_matters(self, firms: Firms) -> None:
        firms.are("fund", "Money")
        firms.bought("Beech", "Acorn", "2010")
        firms.bought("Money", "Beech", "2015", verification="unverified")
        assert not self.unverified(firms, "Acorn")

    def test_a_holding_on_the_road_does(self, firms: Firms) -> None:
        firms.are("holding", "Holding")
        firms.bought("Holding", "Acorn", "2010", verification="unverified")
        firms.bought("Cedar", "Holding", "2010")
        assert self.unverified(firms, "Acorn")


class TestFamily:
    """Everyone above and below."""

    def test_who_ever_owned_a_brand_is_its_ancestor(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2000", until="2010")
        firms.bought("Cedar", "Beech", "2015")
        family = firms.genealogy().ancestors(firms["Acorn"])
        assert family == {firms["Acorn"], firms["Beech"], firms["Cedar"]}

    def test_a_firm_answers_for_what_it_ever_owned(self, firms: Firms) -> None:
        firms.bought("Beech", "Acorn", "2000", until="2010")
        firms.bought("Cedar", "Beech", "2015")
        owned = firms.genealogy().owned
        assert owned[firms["Cedar"]] == {firms["Acorn"], firms["Beech"], firms["Cedar"]}
        assert owned[firms["Acorn"]] == {firms["Acorn"]}


class TestSeats:
    """Where a firm is run from, and where it is registered."""

    def country(self, firms: Firms, label: str, kind: SeatKind = SeatKind.HEADQUARTERS) -> str | None:
        return firms.genealogy().country(firms[label], kind)

    def test_no_seat_on_record_is_no_country(self, firms: Firms) -> None:
        assert self.country(firms, "Acorn") is None

    def test_headquarters_and_legal_seat_are_apart(self, firms: Firms) -> None:
        firms.sits("Acorn", "US")
        firms.sits("Acorn", "IE", kind="legal")
        assert self.country(firms, "Acorn") == "US"
        assert self.country(firms, "Acorn", SeatKind.LEGAL) == "IE"

    def test_the_seat_today_goes_before_a_former_one(self, firms: Firms) -> None:
        firms.sits("Acorn", "SG", "2016", until="2018")
        firms.sits("Acorn", "US", "2005")
        assert self.country(firms, "Acorn") == "US"

    def test_a_brand_that_is_gone_sat_where_it_last_sat(self, firms: Firms) -> None:
        firms.sits("Acorn", "NL", "1990", until="2001")
        firms.sits("Acorn", "US", "2001", until="2015")
        assert self.country(firms, "Acorn") == "US"


class TestReferenceData:
    """The roads that people ask for, in the data that come with the program."""

    @pytest.fixture
    def known(self, reference: Session) -> Genealogy:
        """The genealogy of the reference data."""
        return load_genealogy(reference, today=TODAY)

    def owner(self, session: Session, known: Genealogy, label: str, day: date) -> str | None:
        number = known.owner_on(firm_labelled(session, label), day).organization_id
        return None if number is None else known.labels[number]

    @pytest.mark.parametrize(
        ("brand", "owner", "country"),
        [
            ("International Rectifier", "Infineon Technologies", "DE"),
            ("Cypress Semiconductor", "Infineon Technologies", "DE"),
            ("Spansion", "Infineon Technologies", "DE"),
            ("Maxim Integrated", "Analog Devices", "US"),
            ("Linear Technology", "Analog Devices", "US"),
            ("Dallas Semiconductor", "Analog Devices", "US"),
            ("Altera", "Altera", "US"),
            ("Texas Instruments", "Texas Instruments", "US"),
        ],
    )
    def test_owner_and_country_today(
        self, reference: Session, known: Genealogy, brand: str, owner: str, country: str
    ) -> None:
        assert self.owner(reference, known, brand, TODAY) == owner
        assert known.country(firm_labelled(reference, owner), SeatKind.HEADQUARTERS) == country

    @pytest.mark.parametrize(
        ("brand", "day", "owner"),
        [
            ("Altera", "2015-12-27", "Altera"),
            ("Altera", "2015-12-28", "Intel"),
            ("Altera", "2025-09-11", "Intel"),
            ("Altera", "2025-09-12", "Altera"),
            ("International Rectifier", "2015-01-12", "International Rectifier"),
            ("International Rectifier", "2015-01-13", "Infineon Technologies"),
            ("Spansion", "2015-03-11", "Spansion"),
            ("Spansion", "2015-03-12", "Cypress Semiconductor"),
            ("Spansion", "2020-04-16", "Infineon Technologies"),
            ("Dallas Semiconductor", "2001-04-11", "Maxim Integrated"),
            ("Maxim Integrated", "2021-08-25", "Maxim Integrated"),
            ("Maxim Integrated", "2021-08-26", "Analog Devices"),
            ("Linear Technology", "2017-03-10", "Analog Devices"),
        ],
    )
    def test_owner_on_a_day(
        self, reference: Session, known: Genealogy, brand: str, day: str, owner: str
    ) -> None:
        assert self.owner(reference, known, brand, date.fromisoformat(day)) == owner

    def test_ownership_has_no_circle_on_any_day(self, known: Genealogy) -> None:
        for firm in known.steps:
            for day, _owner in known.timeline(firm):
                walked, current = [firm], firm
                while steps := [step for step in known.steps.get(current, ()) if step.possibly(day)]:
                    current = steps[-1].owner_id
                    assert current not in walked, [known.labels[number] for number in (*walked, current)]
                    walked.append(current)

    def test_every_owner_today_is_an_operating_firm(self, known: Genealogy) -> None:
        for firm, kind in known.kinds.items():
            owner = known.owner_now(firm).organization_id
            if owner is not None and owner != firm:
                assert known.kinds[owner] not in (OrganizationKind.FUND, OrganizationKind.HOLDING), kind

    def test_the_owner_today_is_never_open(self, known: Genealogy) -> None:
        open_today = [
            label for firm, label in known.labels.items() if known.owner_now(firm).organization_id is None
        ]
        assert open_today == []


# Laws, on genealogies that nobody would write down: five firms, any dates, gaps, overlaps and circles.
FIRMS = st.integers(1, 5)
DAYS = st.dates(date(2000, 1, 1), date(2026, 12, 31))
SPANS = st.one_of(
    st.just((None, None)),
    st.tuples(DAYS, st.integers(0, 400)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
)
STEPS = st.builds(Step, FIRMS, SPANS, SPANS, st.booleans())
KINDS = st.dictionaries(FIRMS, st.sampled_from(["operating", "fund"]), min_size=5, max_size=5)


@st.composite
def genealogies(draw: st.DrawFn) -> Genealogy:
    """Any genealogy of five firms, steps in the order in which the database hands them over."""
    steps: dict[int, list[Step]] = {firm: [] for firm in range(1, 6)}
    for owned, step in draw(st.lists(st.tuples(FIRMS, STEPS), max_size=12)):
        if step.owner_id != owned:
            steps[owned].append(step)
    in_order = {owned: tuple(sorted(found, key=by_start)) for owned, found in steps.items()}
    return Genealogy(dict.fromkeys(steps, "a firm"), draw(KINDS), in_order, {}, TODAY)


class TestLaws:
    """What holds whatever the data are."""

    @given(genealogies(), FIRMS, DAYS)
    def test_every_walk_ends_at_an_ancestor(self, known: Genealogy, firm: int, day: date) -> None:
        owner = known.owner_on(firm, day).organization_id
        assert owner is None or owner in known.ancestors(firm)

    @given(genealogies(), FIRMS, DAYS)
    def test_a_fund_owns_nothing_but_itself(self, known: Genealogy, firm: int, day: date) -> None:
        owner = known.owner_on(firm, day).organization_id
        assert owner in (None, firm) or known.kinds[owner] == "operating"

    @given(genealogies(), FIRMS, DAYS)
    def test_the_timeline_tells_the_owner_of_every_day(self, known: Genealogy, firm: int, day: date) -> None:
        told = [owner for since, owner in known.timeline(firm) if since <= day][-1]
        assert told == known.owner_on(firm, day).organization_id

    @given(genealogies(), FIRMS)
    def test_the_timeline_says_nothing_twice(self, known: Genealogy, firm: int) -> None:
        line = known.timeline(firm)
        assert line[0][0] == date.min
        assert all(one[0] < other[0] and one[1] != other[1] for one, other in pairwise(line))

    @pytest.mark.parametrize("forwards", [True, False])
    def test_the_order_of_seats_does_not_matter(self, firms: Firms, forwards: bool) -> None:
        seats = [("SG", "2016", "2018"), ("US", "2005", ""), ("CH", "", ""), ("DE", "2005", "")]
        for country, since, until in seats if forwards else seats[::-1]:
            firms.sits("Acorn", country, since, until=until)
        # Not over, begun last; of two that fit alike the one always, whichever was written first.
        assert firms.genealogy().country(firms["Acorn"], SeatKind.HEADQUARTERS) == "US"

    @pytest.mark.parametrize("forwards", [True, False])
    def test_the_order_of_rows_does_not_matter(self, firms: Firms, forwards: bool) -> None:
        firms.are("operating", "Acorn", "Beech", "Cedar", "Dogwood")
        rows = [
            ("Beech", "Acorn", "2000", "2010", "verified"),
            ("Cedar", "Acorn", "2010", "", "unverified"),
            ("Dogwood", "Acorn", "2010", "", "verified"),
            ("Cedar", "Acorn", "2010", "", "verified"),
            ("Dogwood", "Cedar", "", "", "verified"),
        ]
        for owner, owned, since, until, verification in rows if forwards else rows[::-1]:
            firms.bought(owner, owned, since, until, verification=verification)
        known = firms.genealogy()
        days = [date(year, 7, 1) for year in range(1999, 2027)]
        told = [known.owner_on(firms["Acorn"], day) for day in days]
        dogwood, beech, acorn = firms["Dogwood"], firms["Beech"], firms["Acorn"]
        assert [owner.organization_id for owner in told] == (
            [acorn, None] + [beech] * 9 + [None] + [dogwood] * 16
        )
        assert not told[-1].unverified
