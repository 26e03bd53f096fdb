"""Names near a mistyped one: every slip of a key is noticed, and another firm's name is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.clock import system_clock
from provenance.core.seed import seed_rows
from provenance.domain.known_names import NearNames, near_firms, near_weapons
from provenance.schema.engines import writing_engine
from provenance.schema.session import session_scope
from provenance.text.firm_names import name_key
from tests.support.databases import Level, SqliteDatabases

NAMES = sorted({row["name"] for row in seed_rows("organization_name.csv")})
KEYS = {name_key(name) for name in NAMES}
LONG = [key for key in KEYS if len(key) >= 5]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def near(sqlite_databases: SqliteDatabases) -> tuple[NearNames, NearNames]:
    """The names of firms and of weapons that the reference data has."""
    address = sqlite_databases.filled(Level.REFERENCE)
    with session_scope(writing_engine(address), clock=system_clock) as session:
        return near_firms(session), near_weapons(session)


def slips(key: str) -> st.SearchStrategy[str]:
    """A key with one letter dropped, doubled, replaced or exchanged with its neighbour."""
    at = st.integers(0, len(key) - 2)
    return st.one_of(
        at.map(lambda place: key[:place] + key[place + 1 :]),
        at.map(lambda place: key[: place + 1] + key[place:]),
        st.tuples(at, st.sampled_from(LETTERS)).map(lambda one: key[: one[0]] + one[1] + key[one[0] + 1 :]),
        at.map(lambda place: key[:place] + key[place + 1] + key[place] + key[place + 2 :]),
    )


def figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))


@given(st.sampled_from(LONG).flatmap(lambda key: st.tuples(st.just(key), slips(key))))
def test_one_slip_in_a_known_name_is_noticed(
    near: tuple[NearNames, NearNames], typed: tuple[str, str]
) -> None:
    key, slip = typed
    if slip in KEYS or len(slip) < 5 or figures(slip) != figures(key):
        return  # Another firm's name, too short to tell, or another number.
    assert near[0].misspelt(slip) is not None
    assert near[0].near(slip) != ()


@pytest.mark.parametrize("name", ["OOO Vostok", "Zwqx Trading", "Acme Ltd", "Lithuanian Customs", "Завод 12"])
def test_a_name_of_its_own_is_no_misspelling(near: tuple[NearNames, NearNames], name: str) -> None:
    assert near[0].misspelt(name) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Shahad-136", "Shahed-136"), ("Kh-10l", "Kh-101"), ("Герань2x", "Geran-2"), ("Орлан1О", "Orlan-10")],
)
def test_the_weapon_that_is_meant_comes_first(
    near: tuple[NearNames, NearNames], typed: str, meant: str
) -> None:
    assert near[1].near(typed)[0] == meant


def test_what_is_offered_is_found_again(near: tuple[NearNames, NearNames]) -> None:
    """A near name can be typed as it is offered."""
    for slip in ("texasinsturments", "peregrinesemiconducto", "integratedsiliconsolutio", "epcosag"):
        assert all(name_key(name) in KEYS for name in near[0].near(slip)), slip
