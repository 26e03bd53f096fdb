"""The change counter: the tables it watches and the triggers that maintain it, on both databases. Whichever
program writes, each row that is inserted, updated or deleted in a watched table adds to `FactChange`. Packed
facts are used only at the count that they were made from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text

from provenance.schema.derived import SEGMENT_BITS

SHEET_OF: dict[str, tuple[str, str]] = {
    "component": ("component", "id"),
    "maker_attribution": ("component", "component_id"),
    "identification": ("component", "component_id"),
    "citation": ("component", "component_id"),
    "recovery": ("recovery", "id"),
    "recovery_date": ("recovery", "recovery_id"),
    "transfer": ("transfer", "id"),
    "transfer_party": ("transfer_party", "id"),
}
"""The tables that fact sheets are read from: the sheet, and the column with the row number of the sheet's
row."""

REFERENCE = "reference"
"""What `FactChange` calls the tables that answers are read from besides the sheets, all taken together."""

REFERENCE_TABLES = (
    "assessment",
    "category_hs",
    "coalition_member",
    "control_date",
    "document",
    "hs_code",
    "organization",
    "organization_name",
    "organization_seat",
    "ownership",
    "ownership_rule",
    "part",
    "same_as",
    "seizure",
    "source",
    "trace",
    "trace_answer",
    "transfer_transit",
    "unit_type",
    "weapon_alias",
    "weapon_system",
)

_REPLACED_BY: dict[str, tuple[str, ...]] = {
    "component": ("uid",),
    "maker_attribution": ("uid",),
    "identification": ("uid",),
    "citation": ("source_id", "record_key"),
    "recovery": ("uid",),
    "recovery_date": ("recovery_id", "kind", "as_written"),
    "transfer": ("uid",),
    "transfer_party": ("transfer_id", "side", "as_written"),
}
"""The columns besides the id by which an INSERT OR REPLACE may replace a row."""

_PREFIX = "fact_change_"
_ONE_BY_ONE = 64
"""A statement that changes more rows than these is noted by segment, not by row (PostgreSQL)."""
_MANY_ROWS = 500
"""From this many rows on it is faster to drop a trigger and add up what it would have counted (SQLite)."""

_COUNT = "ON CONFLICT (sheet, segment, row_id, writer) DO UPDATE SET changes = fact_change.changes"
_INTO = "INSERT INTO fact_change (sheet, segment, row_id, writer, changes)"


def watched() -> list[str]:
    """Every watched table."""
    return [*SHEET_OF, *REFERENCE_TABLES]


def install(connection: Connection) -> None:
    """Creates the triggers that are missing or differ from this program's, where the counter table exists.

    Alembic's batch operations recreate a table on SQLite without its triggers, so this runs after
    every migration.
    """
    there = set(inspect(connection).get_table_names())
    if "fact_change" not in there:
        return
    if connection.dialect.name == "sqlite":
        found = _sqlite_triggers(connection)
        for name, sql in _sqlite_wanted(there).items():
            if found.get(name) != sql:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
                connection.exec_driver_sql(sql)
    elif missing(connection):
        _install_postgres(connection, there)


def missing(connection: Connection) -> list[str]:
    """The triggers that are missing or differ from this program's; empty if none."""
    there = set(inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        found = _sqlite_triggers(connection)
        return [name for name, sql in _sqlite_wanted(there).items() if found.get(name) != sql]
    rows = connection.execute(
        text(
            "SELECT tgrelid::regclass::text, tgname, proname, prosrc, tgenabled FROM pg_trigger"
            " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
        )
    ).all()
    enabled = {(row[0].split(".")[-1], row[1]): row[3] for row in rows if row[4] in ("O", "A")}
    return [
        f"{_PREFIX}{event} on {table}"
        for table in watched()
        if table in there
        for event in ("insert", "update", "delete", "truncate")
        if enabled.get((table, f"{_PREFIX}{event}")) != _postgres_body(table)
    ]


# SQLite: a trigger for each row.


def _sqlite_triggers(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row[0]: row[1] for row in rows}


def _sqlite_wanted(tables: Iterable[str]) -> dict[str, str]:
    there = set(tables)
    wanted = {
        f"{_PREFIX}{table}_{event}": _sqlite_trigger(table, event)
        for table in watched()
        if table in there
        for event in ("insert", "update", "delete")
    }
    replaced = {
        f"{_PREFIX}{table}_replace": _replace_trigger(table) for table in _REPLACED_BY if table in there
    }
    return wanted | replaced


def _replace_trigger(table: str) -> str:
    """Counts the row that an INSERT OR REPLACE deletes: SQLite runs no other trigger for it."""
    sheet, key = SHEET_OF[table]
    same = " AND ".join(f"{column} = NEW.{column}" for column in _REPLACED_BY[table])
    return (
        f"CREATE TRIGGER {_PREFIX}{table}_replace BEFORE INSERT ON {table} BEGIN"
        f" {_INTO} SELECT '{sheet}', {key} >> {SEGMENT_BITS}, {key}, 1, 1 FROM {table}"
        f" WHERE {key} IS NOT NULL AND (id = NEW.id OR ({same})) {_COUNT} + 1; END"
    )


def _sqlite_trigger(table: str, event: str) -> str:
    sides = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
    steps = " ".join(_sqlite_step(table, side) for side in sides)
    return f"CREATE TRIGGER {_PREFIX}{table}_{event} AFTER {event.upper()} ON {table} BEGIN {steps} END"


def _sqlite_step(table: str, side: str) -> str:
    if table not in SHEET_OF:
        return f"{_INTO} VALUES ('{REFERENCE}', 0, 0, 1, 1) {_COUNT} + 1;"
    sheet, key = SHEET_OF[table]
    row = f"{side}.{key}"
    values = f"'{sheet}', {row} >> {SEGMENT_BITS}, {row}, 1, 1"
    return f"{_INTO} SELECT {values} WHERE {row} IS NOT NULL {_COUNT} + 1;"


@contextmanager
def counted_together(
    connection: Connection, table: str, columns: Sequence[str], cells: Sequence[Sequence[int | None]]
) -> Iterator[None]:
    """Many rows inserted within are counted at once, where a trigger would be run for each (SQLite).

    The transaction has the database's only write lock, so that nothing else is written meanwhile.
    """
    rows = len(cells[0]) if cells else 0
    if connection.dialect.name != "sqlite" or rows < _MANY_ROWS or table not in watched():
        yield
        return
    resting = {f"{_PREFIX}{table}_insert": _sqlite_trigger(table, "insert")}
    if table in _REPLACED_BY:
        resting[f"{_PREFIX}{table}_replace"] = _replace_trigger(table)
    for name in resting:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    yield
    for trigger in resting.values():
        connection.exec_driver_sql(trigger)
    sheet, key = SHEET_OF.get(table, (REFERENCE, None))
    counts: Counter[int] = Counter({0: rows})
    if key is not None:
        known = cells[columns.index(key)] if key in columns else ()
        counts = Counter(number >> SEGMENT_BITS for number in known if number is not None)
    # Citations of recoveries alone, say, belong to no row of the sheet.
    if counts:
        connection.exec_driver_sql(
            f"{_INTO} VALUES (?, ?, 0, 1, ?) {_COUNT} + excluded.changes",
            [(sheet, segment, count) for segment, count in counts.items()],
        )


# PostgreSQL: a trigger for each statement, whose function may count for whoever may write.


def _install_postgres(connection: Connection, there: set[str]) -> None:
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    for table in watched():
        if table in there:
            connection.exec_driver_sql(
                f"CREATE OR REPLACE FUNCTION {_PREFIX}{table}() RETURNS trigger LANGUAGE plpgsql"
                f" SECURITY DEFINER SET search_path = {schema}, pg_temp"
                f" AS $function${_postgres_body(table)}$function$"
            )
            for event, rows in _TRANSITIONS.items():
                name = f"{_PREFIX}{event}"
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table}"
                    f" {rows} FOR EACH STATEMENT EXECUTE FUNCTION {_PREFIX}{table}()"
                )


_TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}


def _postgres_body(table: str) -> str:
    def when(event: str, step: str) -> str:
        return f" IF TG_OP = '{event}' THEN {step} END IF;"

    old, new = (_postgres_step(table, rows) for rows in ("old_rows", "new_rows"))
    return (
        " BEGIN"
        + when("INSERT", new)
        + when("UPDATE", f"{old} {new}")
        + when("DELETE", old)
        + when("TRUNCATE", _postgres_truncated(table))
        + " RETURN NULL; END "
    )


_WRITER = "pg_current_xact_id()::text::bigint"


def _postgres_step(table: str, rows: str) -> str:
    added = f"{_COUNT} + excluded.changes;"
    if table not in SHEET_OF:
        return (
            f"{_INTO} SELECT '{REFERENCE}', 0, 0, {_WRITER}, count(*) FROM {rows} HAVING count(*) > 0 {added}"
        )
    sheet, key = SHEET_OF[table]
    row = f"CASE WHEN (SELECT count(*) FROM {rows}) > {_ONE_BY_ONE} THEN 0 ELSE {key} END"
    return (
        f"{_INTO} SELECT '{sheet}', {key} >> {SEGMENT_BITS}, {row}, {_WRITER}, count(*) FROM {rows}"
        f" WHERE {key} IS NOT NULL GROUP BY 2, 3 {added}"
    )


def _postgres_truncated(table: str) -> str:
    sheet, _key = SHEET_OF.get(table, (REFERENCE, ""))
    return (
        f"{_INTO} SELECT '{sheet}', segment, 0, {_WRITER}, 1"
        f" FROM (SELECT DISTINCT segment FROM fact_change WHERE sheet = '{sheet}') AS known {_COUNT} + 1;"
    )
