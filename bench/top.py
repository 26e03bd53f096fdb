"""`top` over a large database beside DuckDB over its own native tables giving the same rows.

    python bench/top.py DATABASE [--rounds 7]

DATABASE is an SQLite database that `provenance import` filled (see bench/README.md). DuckDB gets the same
facts in tables of its own, keys as integers, the owner of each brand and the bounds of each date worked out
beforehand, and one query a question. Both answer from a warm connection in this process, in turn; the rows
that both show are compared before anything is timed. Plain SQLite over the same narrow tables is the third.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from sqlalchemy import select
from sqlmodel import Session

from provenance.db import reading_engine, session_scope
from provenance.facts.layout import country_text
from provenance.models.tables import table
from provenance.queries.filters import Selection, seen_bounds
from provenance.queries.ground import load_ground
from provenance.queries.nationality import brands_of, made_bounds, stand
from provenance.queries.tally import CONTROL_DAY
from provenance.queries.top import ANY, TopQuestion, TopRow, fetch_top
from provenance.vocab import WEAPONS_IN_THE_AIR, ComponentCategory, CountryBasis, WeaponKind

TODAY = date.today()
SHOWN = 20
_AIR = tuple(list(WeaponKind).index(kind) + 1 for kind in WEAPONS_IN_THE_AIR)
_MEMORY = list(ComponentCategory).index(ComponentCategory.MEMORY) + 1


@dataclass(frozen=True)
class Question:
    """One question, as ours and as SQL conditions."""

    name: str
    ours: TopQuestion
    where: str


def questions() -> list[Question]:
    """The plain question and three that are filtered differently."""
    air = f"kind IN {_AIR}"
    us = "country = 'US'"
    since, until = date(2023, 1, 1), date(2024, 6, 30)
    window = f"seen_from >= {since.toordinal()} AND seen_to <> 0 AND seen_to <= {until.toordinal()}"
    return [
        Question("plain", TopQuestion(limit=SHOWN), f"{air} AND {us}"),
        Question(
            "any weapon, any country",
            TopQuestion(Selection(weapon_kinds=()), country=ANY, limit=SHOWN),
            "TRUE",
        ),
        Question(
            "since and until",
            TopQuestion(Selection(since=since, until=until), limit=SHOWN),
            f"{air} AND {us} AND {window}",
        ),
        Question(
            "category memory, made after 2020",
            TopQuestion(
                Selection(categories=(ComponentCategory.MEMORY,), made_after=date(2020, 12, 31)), limit=SHOWN
            ),
            f"{air} AND {us} AND category = {_MEMORY} AND known"
            f" AND made_from > {date(2020, 12, 31).toordinal()}",
        ),
    ]


def narrow_tables(session: Session) -> dict[str, dict[str, Any]]:
    """The facts as another engine would keep them: integers and short texts, owners worked out."""
    ground = load_ground(
        session,
        component_columns=(
            "part",
            "made_earliest",
            "made_latest",
            "pieces",
            "reported",
            "category",
            "authenticity",
        ),
        recovery_columns=(
            "weapon",
            "recovered_earliest",
            "recovered_latest",
            "captured_earliest",
            "captured_latest",
            "used_earliest",
            "used_latest",
            "produced_latest",
            "unstated_earliest",
        ),
    )
    brand = brands_of(ground, session, tentative=False)
    standing, genealogy = stand(ground, session, brand, CountryBasis.OWNER_NOW, TODAY)
    made_from, made_to = made_bounds(ground)
    seen_from, seen_to = seen_bounds(ground)
    weapon = table("weapon_system")
    kinds = {row.id: row.kind for row in session.execute(select(weapon.c.id, weapon.c.kind))}
    codes = np.zeros(max(kinds) + 1, dtype=np.int32)
    for number, kind in kinds.items():
        codes[number] = list(WeaponKind).index(WeaponKind(kind)) + 1 if kind else 0
    columns, recoveries = ground.components, ground.recoveries
    known = (columns["made_earliest"] != 0) | (columns["made_latest"] != 0)
    return {
        "component": {
            "recovery": ground.at.astype(np.int32),
            "firm": standing.firm.astype(np.int32),
            "country": np.array([country_text(int(code)) or "" for code in range(1 << 15)], dtype=object)[
                standing.country
            ].astype(str),
            "part": columns["part"].astype(np.int32),
            "pieces": np.where(columns["pieces"] == 0, 1, columns["pieces"]).astype(np.int32),
            "category": columns["category"].astype(np.int32),
            "suspect": (columns["authenticity"] > 1),
            "known": known,
            "made_from": made_from.astype(np.int32),
            "made_stated": columns["made_earliest"].astype(np.int32),
            "made_to": made_to.astype(np.int32),
        },
        "recovery": {
            "id": np.arange(len(recoveries["id"]), dtype=np.int32),
            "battlefield": recoveries["kind"] == 1,
            "specimen": recoveries["extent"] == 1,
            "weapon": recoveries["weapon"].astype(np.int32),
            "kind": codes[recoveries["weapon"]],
            "seen_from": seen_from.astype(np.int32),
            "seen_to": seen_to.astype(np.int32),
        },
        "firm": {
            "id": np.array(list(genealogy.labels), dtype=np.int32),
            "label": np.array(list(genealogy.labels.values())),
        },
    }


def statement(where: str) -> str:
    """The question as one SQL statement that DuckDB and SQLite both understand."""
    day = CONTROL_DAY.toordinal()
    return f"""
        SELECT firm.label, x.* FROM (
        SELECT firm, count(DISTINCT recovery) AS recoveries,
               count(DISTINCT CASE WHEN specimen THEN recovery END) AS specimens,
               count(DISTINCT CASE WHEN weapon <> 0 THEN weapon END) AS weapons,
               count(DISTINCT CASE WHEN part <> 0 THEN part END) AS parts,
               count(*) AS components, sum(pieces) AS pieces,
               sum(CASE WHEN known AND made_from > {day} THEN 1 ELSE 0 END) AS certain,
               sum(CASE WHEN made_to <= {day} AND NOT (known AND made_from > {day})
                   THEN 1 ELSE 0 END) AS before,
               sum(CASE WHEN known AND NOT made_from > {day} AND made_to > {day}
                   THEN 1 ELSE 0 END) AS possible,
               max(made_stated) AS newest,
               min(CASE WHEN seen_from <> 0 THEN seen_from WHEN seen_to <> 0 THEN seen_to END) AS first,
               max(CASE WHEN seen_to <> 0 THEN seen_to WHEN seen_from <> 0 THEN seen_from END) AS last
        FROM component JOIN recovery ON recovery.id = component.recovery
        WHERE battlefield AND NOT suspect AND firm <> 0 AND {where}
        GROUP BY firm HAVING count(DISTINCT recovery) >= 2) x
        JOIN firm ON firm.id = x.firm
        ORDER BY x.recoveries DESC, x.components DESC, firm.label LIMIT {SHOWN}"""


def in_duckdb(tables: dict[str, dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """The narrow tables as DuckDB's own."""
    connection = duckdb.connect()
    for name, columns in tables.items():
        connection.register("given", columns)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")
    return connection


def in_sqlite(tables: dict[str, dict[str, Any]]) -> sqlite3.Connection:
    """The narrow tables in SQLite, indexed as one would."""
    connection = sqlite3.connect(":memory:")
    for name, columns in tables.items():
        connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        rows = zip(*(column.tolist() for column in columns.values()), strict=True)
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
    connection.execute("CREATE UNIQUE INDEX recovery_id ON recovery (id)")
    connection.execute("CREATE INDEX component_firm ON component (firm, recovery)")
    connection.execute("ANALYZE")
    return connection


def same_rows(ours: list[TopRow], theirs: list[tuple[Any, ...]]) -> bool:
    """Whether both name the same firms with the same figures."""
    mine = [
        (
            row.name,
            row.figures.recoveries,
            row.figures.specimens,
            row.figures.weapon_systems,
            row.figures.parts,
            row.figures.components,
            row.figures.pieces,
            row.figures.made_after.certain,
            row.figures.made_after.before,
            row.figures.made_after.possible,
        )
        for row in ours
    ]
    return mine == [(row[0], *(int(figure) for figure in row[2:11])) for row in theirs]


def _ours(session: Session, question: TopQuestion) -> list[TopRow]:
    return fetch_top(session, question, today=TODAY).rows


def _rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return found


def main() -> int:
    """Compares, then times; prints ratios. Exit code 1 where the rows differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    engine = reading_engine(f"sqlite:///{given.database.absolute().as_posix()}")
    with session_scope(engine) as session:
        tables = narrow_tables(session)
        duck, lite = in_duckdb(tables), in_sqlite(tables)
        sizes = {name: len(next(iter(columns.values()))) for name, columns in tables.items()}
        print(
            f"{sizes['component']:,} components in {sizes['recovery']:,} recoveries; median of {given.rounds}"
        )
        print(f"{'question':34} {'ours':>9} {'DuckDB':>9} {'SQLite':>9}  ours/DuckDB  ours/SQLite")
        for question in questions():
            sql = statement(question.where)
            contenders: dict[str, Callable[[], Any]] = {
                "ours": partial(_ours, session, question.ours),
                "duck": partial(_rows, duck, sql),
                "lite": partial(_rows, lite, sql),
            }
            answers = {name: ask() for name, ask in contenders.items()}
            for name in ("duck", "lite"):
                if not same_rows(answers["ours"], answers[name]):
                    print(f"{question.name}: {name} gives other rows", file=sys.stderr)
                    return 1
            took: dict[str, list[float]] = {name: [] for name in contenders}
            for _round in range(given.rounds):
                for name, ask in contenders.items():
                    began = time.perf_counter()
                    ask()
                    took[name].append(time.perf_counter() - began)
            ours, theirs, plain = (statistics.median(took[name]) for name in ("ours", "duck", "lite"))
            print(
                f"{question.name:34} {ours * 1000:6.0f} ms {theirs * 1000:6.0f} ms {plain * 1000:6.0f} ms"
                f"  {ours / theirs:11.2f}  {ours / plain:11.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
