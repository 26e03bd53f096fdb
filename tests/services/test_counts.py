"""Counting questions below the command line: requests in, results out, the clearance of the workspace."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from provenance.core.errors import NotFound, UsageError
from provenance.core.vocabulary import CountryBasis, Tlp
from provenance.services.contracts.count_filters import CountFilters
from provenance.services.contracts.exposure import ExposureRequest
from provenance.services.contracts.ranking import EvidenceRequest, FirmRow, GroupBy, TopRequest
from provenance.services.contracts.sightings import NewRequest
from provenance.services.exposure import exposure
from provenance.services.ranking import evidence, rank
from provenance.services.sightings import first_sightings
from provenance.services.workspace import Workspace


@pytest.fixture
def workspace(sampled: str) -> Workspace:
    """A workspace with the sample, whose records carry no marks."""
    return Workspace(sampled, "olena")


def test_a_ranking_and_the_evidence_behind_each_line_count_the_same(workspace: Workspace) -> None:
    ranking = rank(workspace, TopRequest(limit=3))
    assert ranking.rows
    for row in ranking.rows:
        assert isinstance(row, FirmRow)
        behind = evidence(workspace, EvidenceRequest(firm=row.firm_ref))
        assert (behind.firm, len(behind.rows)) == (row.firm, row.recoveries)
        assert sum(len(recovery.components) for recovery in behind.rows) == row.components


def test_countries_are_ranked_whatever_country_is_asked_for(workspace: Workspace) -> None:
    found = rank(workspace, TopRequest(by=GroupBy.COUNTRY, country="US", limit=0))
    assert found.country == "any"
    assert len(found.rows) > 1


def test_nothing_above_the_clearance_of_the_workspace_is_counted(sampled: str) -> None:
    """Records without a mark are AMBER."""
    strict = rank(Workspace(sampled, "olena", clearance=Tlp.GREEN), TopRequest())
    assert strict.rows == ()
    assert strict.basis is not None
    assert strict.basis.handling is None
    assert strict.basis.filters["at_most_tlp"] == "GREEN"
    assert rank(Workspace(sampled, "olena", clearance=Tlp.AMBER), TopRequest()).rows


def test_an_exposure_counts_the_firm_s_own_brands(workspace: Workspace) -> None:
    owner = exposure(workspace, ExposureRequest(firm="Analog Devices"))
    brand = exposure(workspace, ExposureRequest(firm="Maxim"))
    assert owner.figures is not None
    assert brand.figures is not None
    assert brand.owner_now == owner.firm
    assert brand.figures.components < owner.figures.components


def test_first_sightings_are_on_the_day_asked_for_or_later(workspace: Workspace) -> None:
    found = first_sightings(workspace, NewRequest(since=date(2022, 1, 1), basis=CountryBasis.BRAND))
    assert found.rows
    assert all((row.first or "") >= "2022" for row in found.rows)


def test_an_unknown_weapon_and_an_unknown_tier_are_refused_without_naming_an_option(
    workspace: Workspace,
) -> None:
    with pytest.raises(NotFound, match="No weapon system is called Nichts"):
        rank(workspace, TopRequest(filters=CountFilters(weapons=("Nichts",))))
    with pytest.raises(UsageError, match="5 is not a tier of the Common High Priority List") as refused:
        rank(workspace, TopRequest(filters=CountFilters(chpl_tiers=("5",))))
    assert "--" not in refused.value.message + refused.value.hint


def test_a_request_is_frozen_and_refuses_what_it_does_not_know() -> None:
    request = TopRequest()
    with pytest.raises(ValidationError):
        request.limit = 3
    with pytest.raises(UsageError, match="colour"):
        TopRequest(colour="red")  # type: ignore[call-arg]  # that is what is tested
    with pytest.raises(UsageError, match="at least 1"):
        TopRequest(min_recoveries=0)
