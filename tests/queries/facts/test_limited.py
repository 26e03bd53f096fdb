"""Row-level security: who may not see a recovery does not get it counted, packed or not."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.engine import make_url

from provenance.queries.facts.layout import SHEETS
from provenance.queries.facts.sheets import load
from provenance.queries.facts.upkeep import pack_changes
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.privileges import is_limited
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import session_scope
from tests.support.commands import Outcome
from tests.support.databases import Level, PostgresDatabases
from tests.support.lists import component, recovery, take_in
from tests.support.rows import Rows

pytestmark = pytest.mark.postgres

Run = Callable[..., Outcome]


@pytest.fixture
def served(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The sample on a server, packed."""
    address = postgres_databases.filled(Level.SAMPLE)
    yield address
    postgres_databases.discard(address)


@pytest.fixture
def numbers(served: str) -> list[int]:
    """The row numbers of the sample's recoveries, in order; the first two may be seen by the role."""
    engine = reading_engine(served)
    with session_scope(engine) as session:
        found = session.execute(select(Recovery.id).order_by(Recovery.id)).scalars().all()
    engine.dispose()
    return list(found)


@pytest.fixture
def role(served: str, numbers: list[int]) -> Iterator[str]:
    """A role that may see two recoveries and nothing else of the recoveries; may write where allowed."""
    name = f"limited_{uuid.uuid4().hex}"
    engine = writing_engine(served)
    with session_scope(engine) as session:
        for statement in (
            f"CREATE ROLE {name} LOGIN",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
            "ALTER TABLE recovery ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE recovery FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY few ON recovery TO {name} USING (id <= {numbers[1]})",
        ):
            session.execute(text(statement))
    yield name
    with session_scope(engine) as session:
        session.execute(text(f"DROP OWNED BY {name}"))
        session.execute(text(f"DROP ROLE {name}"))
    engine.dispose()


@pytest.fixture
def limited(served: str, role: str) -> str:
    """The address of the sample for that role."""
    return make_url(served).set(username=role).render_as_string(hide_password=False)


def test_the_owner_still_counts_all(served: str, limited: str, run: Run) -> None:
    assert run(served, "top", "--format", "json").json["basis"]["out_of"]["recoveries"] == 14


@pytest.mark.parametrize(
    "words", [("top",), ("top", "--country", "any", "--by", "part"), ("new", "--since", "2020")]
)
def test_a_role_that_may_see_two_recoveries_counts_two(
    limited: str, run: Run, words: tuple[str, ...]
) -> None:
    said = run(limited, *words, "--format", "json")
    assert said.code == 0, said.err
    assert said.json["basis"]["out_of"]["recoveries"] == 2


def test_nothing_is_packed_for_it_and_the_name_of_its_data_is_another(
    served: str, limited: str, numbers: list[int]
) -> None:
    own, all_ = reading_engine(limited), reading_engine(served)
    with session_scope(own) as session, session_scope(all_) as whole:
        assert is_limited(session)
        assert not is_limited(whole)
        assert load(session, SHEETS["recovery"], ["id"])["id"].whole().tolist() == numbers[:2]
        found = load(session, SHEETS["component"], ["recovery"])["recovery"].whole().tolist()
        assert set(found) == set(numbers[:2])
        assert data_fingerprint(session) != data_fingerprint(whole)
    own.dispose()
    all_.dispose()
    engine = writing_engine(limited)
    with session_scope(engine) as session:
        Rows(session).add("weapon_system")
        assert pack_changes(session) == 0
    engine.dispose()


def test_merged_and_withdrawn_records_that_it_may_not_see_are_in_nobodys_way(
    served: str, limited: str, run: Run, numbers: list[int]
) -> None:
    engine = writing_engine(served)
    with session_scope(engine) as session:
        nobody = {"left_organization_id": None, "right_organization_id": None}
        for left, right in ((numbers[1], numbers[5]), (numbers[6], numbers[7])):
            merged = {"left_recovery_id": left, "right_recovery_id": right}
            Rows(session).add("same_as", verdict="same", **merged, **nobody)
        session.execute(
            update(Component).where(Component.recovery_id == numbers[8]).values(withdrawn_at=session.moment)
        )
        session.execute(update(Component).where(Component.recovery_id == numbers[9]).values(tlp="RED"))
    engine.dispose()
    said = run(limited, "top", "--max-tlp", "AMBER", "--format", "json")
    assert said.code == 0, said.err
    assert said.json["basis"]["out_of"]["recoveries"] == 2


def test_an_import_under_it_ends_in_words(limited: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "finds.csv"
    file.write_text("id,recovery,weapon,maker,mpn\na1,R1,Kh-101,Analog Devices,AD8572\n")
    said = run(
        limited,
        "import",
        "components",
        file,
        "--source",
        "s",
        "--publisher",
        "P",
        "--title",
        "T",
        "--no-read",
    )
    assert said.code == 1
    assert "row-level security" in said.err
    assert "Traceback" not in said.err


def test_an_import_of_what_it_may_see_works(
    served: str, role: str, limited: str, run: Run, numbers: list[int]
) -> None:
    owner = writing_engine(served)
    new_ones = f"FOR SELECT TO {role} USING (id > {numbers[-1]})"
    with session_scope(owner) as session:
        session.execute(text(f"CREATE POLICY new_ones ON recovery FOR INSERT TO {role} WITH CHECK (true)"))
        session.execute(text(f"CREATE POLICY see_new ON recovery {new_ones}"))
    owner.dispose()
    engine = writing_engine(limited)
    take_in(engine, component("9", "Acorn", mpn="AB12", recovery=recovery()))
    engine.dispose()
    assert run(limited, "top", "--format", "json").json["basis"]["out_of"]["recoveries"] == 3
    assert run(served, "top", "--format", "json").json["basis"]["out_of"]["recoveries"] == 15
