"""What `top` is compared with: the same facts in other engines, worked out from the base tables alone.

Nothing here uses the program's own way of counting: the tables are read as anybody would read an SQLite file.
DuckDB gets native tables with the owner of each brand, the country, and the bounds of each date worked out
beforehand, which is not timed. Plain SQLite gets views over the base tables; only the owners and countries of
brands are worked out beforehand for it, in two small tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

NEVER = date.max.toordinal()
USUAL_CONTROL = date(2022, 2, 24)
"""The control day asked where none is on record for a weapon's builder: that of the controls on Russia."""
_LINES = 50_000
_TABLES = {
    "component": "id, recovery_id, category, hs6, made_earliest, made_latest, pieces, authenticity",
    "maker_attribution": "component_id, organization_id, country_stated, status, superseded_by",
    "identification": "component_id, part_id, status, superseded_by",
    "citation": "component_id, published_latest, retrieved",
    "recovery": "id, kind, extent, weapon_system_id",
    "recovery_date": "recovery_id, kind, earliest, latest",
    "weapon_system": "id, kind, build_country",
    "control_date": "broad_for, date",
    "hs_code": "hs6, tier",
}
_REFUSED = {
    "same_as": "verdict = 'same' AND undone_at IS NULL",
    "component": "withdrawn_at IS NOT NULL",
    "recovery_date": "earliest IS NULL OR latest IS NULL",
}


def owners(base: sqlite3.Connection, today: date) -> list[tuple[int, int | None, str, str | None]]:
    """Each brand with its topmost operating owner today (None: open), the owner's label and country."""
    day = today.isoformat()
    steps: dict[int, list[tuple[Any, ...]]] = {}
    rows = base.execute(
        "SELECT owned_id, owner_id, since_earliest, since_latest, until_earliest, until_latest FROM ownership"
        " WHERE scope = 'all' AND status = 'completed' AND (share_percent IS NULL OR share_percent > 50)"
    )
    for owned, owner, since, since_latest, until, until_latest in rows:
        ended = bool(until_latest) and until_latest <= day
        if (since is None or since <= day) and not ended:
            open_ = (until, until_latest) != (None, None) and not (until and day < until)
            steps.setdefault(owned, []).append((since or "", since_latest or "9999", owner, open_))
    kinds = dict(base.execute("SELECT id, kind FROM organization"))
    labels = dict(base.execute("SELECT id, label FROM organization"))
    countries = dict(
        base.execute(
            "SELECT organization_id, country FROM organization_seat WHERE kind = 'headquarters'"
            " ORDER BY until_earliest IS NULL, coalesce(since_earliest, ''), country"
        )
    )
    found: list[tuple[int, int | None, str, str | None]] = []
    for brand in kinds:
        firm: int | None = brand
        current, seen = brand, {brand}
        while current in steps:
            *_dates, owner, open_ = max(steps[current])
            if open_:
                firm = None
            if open_ or owner in seen:
                break
            current = owner
            seen.add(owner)
            if kinds[owner] not in ("fund", "holding"):
                firm = owner
        if firm is not None:
            found.append((brand, firm, labels[firm], countries.get(firm)))
    return found


def _facts(ordinal: Callable[[str], str]) -> dict[str, str]:
    """The two relations that a question is asked of, as statements over the base tables."""

    def seen(kind: str) -> str:
        return (
            f"max(CASE WHEN kind = '{kind}' THEN {ordinal('latest')} END) AS {kind}_to,"
            f" min(CASE WHEN kind = '{kind}' THEN {ordinal('earliest')} END) AS {kind}_from"
        )

    dates = (
        f"SELECT recovery_id, {seen('recovered')}, {seen('captured')}, {seen('used')}, {seen('produced')}"
        " FROM recovery_date GROUP BY recovery_id"
    )
    by = " ".join(
        f"CASE WHEN {column} IS NULL THEN {NEVER} ELSE {column} END,"
        for column in ("recovered_to", "captured_to", "used_to", "produced_to")
    )
    recovery = f"""
        SELECT r.id AS recovery, r.kind = 'battlefield' AS battlefield, r.extent = 'specimen' AS specimen,
               r.weapon_system_id AS weapon, w.kind AS weapon_kind,
               coalesce({ordinal("k.date")}, {USUAL_CONTROL.toordinal()}) AS control,
               coalesce(recovered_from, captured_from, used_from) AS seen_from,
               coalesce(recovered_to, captured_to, used_to) AS seen_to,
               LEAST({by} {NEVER}) AS found_by
        FROM recovery r LEFT JOIN weapon_system w ON w.id = r.weapon_system_id
        LEFT JOIN control_date k ON k.broad_for = w.build_country
        LEFT JOIN ({dates}) d ON d.recovery_id = r.id"""
    component = f"""
        SELECT c.id, c.recovery_id AS recovery, o.firm, o.label,
               coalesce(o.country, CASE WHEN o.firm = m.organization_id THEN m.country_stated END) AS country,
               i.part_id AS part, coalesce(c.pieces, 1) AS pieces, c.category, h.tier,
               coalesce(c.authenticity IN ('suspect', 'counterfeit', 'denied_by_maker'), FALSE) AS suspect,
               {ordinal("c.made_earliest")} AS made_from, {ordinal("c.made_latest")} AS made_to,
               reported
        FROM component c
        LEFT JOIN maker_attribution m
               ON m.component_id = c.id AND m.superseded_by IS NULL AND m.status <> 'tentative'
        LEFT JOIN brand_owner o ON o.brand = m.organization_id
        LEFT JOIN identification i
               ON i.component_id = c.id AND i.superseded_by IS NULL AND i.status <> 'tentative'
        LEFT JOIN hs_code h ON h.hs6 = c.hs6
        LEFT JOIN (SELECT component_id, min({ordinal("coalesce(published_latest, retrieved)")}) AS reported
                   FROM citation GROUP BY component_id) p ON p.component_id = c.id"""
    return {"found_recovery": recovery, "found_component": component}


_STATED = f"coalesce(made_to, {NEVER})"
_BOUND = f"LEAST({_STATED}, coalesce(reported, {NEVER}), found_by)"
_MADE_BY = f"CASE WHEN {_BOUND} < coalesce(made_from, 0) THEN {_STATED} ELSE {_BOUND} END AS made_by"


class Facts(NamedTuple):
    """Components joined with their recoveries, and how the one label of a group is had."""

    relation: str
    label: str


def statement(where: str, shown: int, *, facts: Facts) -> str:
    """A question as one SQL statement; grouped by a firm's number alone, as it costs less than by name."""
    after, before = "coalesce(made_from, 0) > control", "made_by <= control"
    known = "(made_from IS NOT NULL OR made_to IS NOT NULL)"
    return f"""
        SELECT rank() OVER (ORDER BY recoveries DESC) AS place, x.* FROM (
        SELECT {facts.label} AS label, count(DISTINCT recovery) AS recoveries,
               count(DISTINCT CASE WHEN specimen THEN recovery END) AS specimens,
               count(DISTINCT weapon) AS weapons, count(DISTINCT part) AS parts,
               count(*) AS components, sum(pieces) AS pieces,
               sum(CASE WHEN {after} THEN 1 ELSE 0 END) AS certain,
               sum(CASE WHEN NOT {after} AND NOT {before} AND {known} THEN 1 ELSE 0 END) AS possible,
               sum(CASE WHEN NOT {after} AND {before} THEN 1 ELSE 0 END) AS earlier,
               sum(CASE WHEN NOT {after} AND NOT {before} AND NOT {known} THEN 1 ELSE 0 END) AS unknown,
               min(seen_from * 10000000 + seen_to) AS first_seen,
               max(seen_to * 10000000 + seen_from) AS last_seen,
               max(made_from * 10000000 + coalesce(made_to, 0)) AS newest
        FROM {facts.relation}
        WHERE battlefield AND NOT suspect AND firm IS NOT NULL AND {where}
        GROUP BY firm HAVING count(DISTINCT recovery) >= 2) x
        ORDER BY recoveries DESC, components DESC, label LIMIT {shown}"""


_JOINED = "found_component JOIN found_recovery USING (recovery)"


def duck_facts() -> Facts:
    """The components with their recoveries in DuckDB: two native tables."""
    return Facts(_JOINED, "any_value(label)")


def sqlite_facts() -> Facts:
    """The same over SQLite's base tables: what is derived is derived as the question is asked."""
    return Facts(f"(SELECT *, {_MADE_BY} FROM {_JOINED})".replace("LEAST(", "min("), "min(label)")


def in_duckdb(source: Path, target: Path, today: date) -> None:
    """Writes DuckDB's own tables to a file.

    Raises:
        ValueError: the database holds something that the comparison does not provide for.
    """
    base = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    for name, condition in _REFUSED.items():
        if base.execute(f"SELECT 1 FROM {name} WHERE {condition} LIMIT 1").fetchone():
            raise ValueError(f"{name} has rows with {condition}, which the comparison leaves aside")
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as duck:
        for name, columns in _TABLES.items():
            _copy(base, duck, name, columns)
        duck.execute("CREATE TABLE brand_owner (brand INTEGER, firm INTEGER, label VARCHAR, country VARCHAR)")
        duck.executemany("INSERT INTO brand_owner VALUES (?, ?, ?, ?)", owners(base, today))
        facts = _facts(lambda column: f"date_diff('day', DATE '0001-01-01', CAST({column} AS DATE)) + 1")
        duck.execute(f"CREATE TABLE found_recovery AS {facts['found_recovery']}")
        duck.execute(
            f"CREATE TABLE found_component AS SELECT c.*, {_MADE_BY} FROM ({facts['found_component']}) c"
            " JOIN found_recovery USING (recovery) ORDER BY c.id"
        )
        for name in _TABLES:
            duck.execute(f"DROP TABLE {name}")


def _copy(base: sqlite3.Connection, duck: duckdb.DuckDBPyConnection, name: str, columns: str) -> None:
    rows = base.execute(f"SELECT {columns} FROM {name}")
    names = columns.split(", ")
    duck.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {_type(column)}' for column in names)})")
    while lines := rows.fetchmany(_LINES):
        given = {
            column: np.array(["" if cell is None else str(cell) for cell in cells])
            for column, cells in zip(names, zip(*lines, strict=True), strict=True)
        }
        duck.register("given", given)
        cells = ", ".join(f"CAST(nullif({column}, '') AS {_type(column)})" for column in names)
        duck.execute(f"INSERT INTO {name} SELECT {cells} FROM given")
        duck.unregister("given")


def _type(column: str) -> str:
    whole = column in ("id", "pieces", "superseded_by") or column.endswith("_id")
    return "INTEGER" if whole else "VARCHAR"


def in_sqlite(source: Path, today: date) -> sqlite3.Connection:
    """The base tables with views of what is derived from them, and each brand's owner in a small table."""
    lite = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    lite.execute("PRAGMA mmap_size = 2147483648")
    lite.execute("PRAGMA cache_size = -262144")
    lite.execute("CREATE TEMP TABLE brand_owner (brand INTEGER PRIMARY KEY, firm, label, country)")
    lite.executemany("INSERT INTO brand_owner VALUES (?, ?, ?, ?)", owners(lite, today))
    facts = _facts(lambda column: f"CAST(julianday({column}) - 1721424.5 AS INTEGER)")
    for name, text in facts.items():
        lite.execute(f"CREATE TEMP VIEW {name} AS {text.replace('LEAST(', 'min(')}")
    return lite
