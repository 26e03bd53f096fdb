"""The change counter: the triggers that maintain it, on both databases. Whichever program writes, each row
that is inserted, updated or deleted in a watched table adds to `FactChange`: once for the fact sheet that is
read from it, if any, and once for the contents of the table. Packed facts are used only at the count that
they were made from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, inspect, text

from provenance.schema.contents import BLOCK, note_inserted
from provenance.schema.derived import CONTENTS_BITS, SEGMENT_BITS
from provenance.schema.watched import KEY_OF, SHEET_OF, UniqueKey, contents_of, unique_keys

_PREFIX = "fact_change_"
_ONE_BY_ONE = 64
"""A statement that changes more rows than these is noted by segment, not by row (PostgreSQL)."""
_MANY_ROWS = 500
"""From this many rows on it is faster to drop a trigger and add up what it would have counted (SQLite)."""

_COUNT = "ON CONFLICT (sheet, segment, row_id, writer) DO UPDATE SET changes = fact_change.changes"
_INTO = "INSERT INTO fact_change (sheet, segment, row_id, writer, changes)"


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
        for table in KEY_OF
        if table in there
        for event in ("insert", "update", "delete", "truncate")
        if enabled.get((table, f"{_PREFIX}{event}")) != _postgres_body(table)
    ]


# SQLite: a trigger for each row.


def _sqlite_triggers(connection: Connection, table: str | None = None) -> dict[str, str]:
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = coalesce(?, tbl_name)",
        (table,),
    )
    return {row[0]: row[1] for row in rows if row[0].startswith(_PREFIX)}


def _sqlite_wanted(tables: Iterable[str]) -> dict[str, str]:
    from provenance.schema.everything import metadata

    there = set(tables)
    wanted: dict[str, str] = {}
    for table in KEY_OF:
        if table in there:
            keys = unique_keys(metadata.tables[table])
            wanted |= {
                f"{_PREFIX}{table}_{event}": _sqlite_trigger(table, event)
                for event in ("insert", "update", "delete")
            }
            wanted[f"{_PREFIX}{table}_replace"] = _replace_on_insert(table, keys)
            wanted[f"{_PREFIX}{table}_displace"] = _replace_on_update(table, keys)
    return wanted


def _replace_on_insert(table: str, keys: Sequence[UniqueKey]) -> str:
    """Counts the rows that an INSERT OR REPLACE deletes: SQLite runs no other trigger for them."""
    steps = _replaced(table, " OR ".join(map(_agrees, keys)))
    return f"CREATE TRIGGER {_PREFIX}{table}_replace BEFORE INSERT ON {table} BEGIN {steps} END"


def _replace_on_update(table: str, keys: Sequence[UniqueKey]) -> str:
    """Counts the rows that an UPDATE OR REPLACE deletes: SQLite runs no other trigger for them."""
    other = " OR ".join(f"{table}.{column} IS NOT OLD.{column}" for column in keys[0].columns)
    steps = _replaced(table, f"({other}) AND ({' OR '.join(map(_agrees, keys))})")
    columns = ", ".join(dict.fromkeys(column for key in keys for column in key.depends_on))
    name = f"{_PREFIX}{table}_displace"
    return f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} BEGIN {steps} END"


def _agrees(key: UniqueKey) -> str:
    same = [f"{column} = NEW.{column}" for column in key.columns]
    return f"({' AND '.join([*same, *([key.condition] if key.condition else [])])})"


def _replaced(table: str, condition: str) -> str:
    return " ".join(
        f"{_INTO} SELECT {values} FROM {table} WHERE {known} AND ({condition}) {_COUNT} + 1;"
        for values, known in _noted(table, "")
    )


def _sqlite_trigger(table: str, event: str) -> str:
    sides = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
    steps = " ".join(
        f"{_INTO} SELECT {values} WHERE {known} {_COUNT} + 1;"
        for side in sides
        for values, known in _noted(table, f"{side}.")
    )
    return f"CREATE TRIGGER {_PREFIX}{table}_{event} AFTER {event.upper()} ON {table} BEGIN {steps} END"


def _noted(table: str, side: str) -> list[tuple[str, str]]:
    """What a change of a row is noted as: values for `FactChange`, and the condition under which."""
    found = []
    if table in SHEET_OF:
        sheet, column = SHEET_OF[table]
        row = f"{side}{column}"
        found.append((f"'{sheet}', {row} >> {SEGMENT_BITS}, {row}, 1, 1", f"{row} IS NOT NULL"))
    place = _place(f"{side}{KEY_OF[table]}" if KEY_OF[table] else None)
    return [*found, (f"'{contents_of(table)}', {place}, 1, 1", "true")]


def _place(key: str | None) -> str:
    """In SQL: the segment of a table's contents, and the highest number of the block in it."""
    if key is None:
        return f"0, {BLOCK}"
    return f"{key} >> {CONTENTS_BITS}, {key} | {BLOCK}"


@contextmanager
def counted_together(
    connection: Connection, table: str, columns: Mapping[str, Sequence[Any]]
) -> Iterator[None]:
    """Many rows inserted within are counted at once, where a trigger would be run for each (SQLite).

    ``columns`` are their cells as the driver takes them. The transaction has the database's only write lock,
    so that nothing else is written meanwhile.
    """
    numbers = columns.get(str(KEY_OF.get(table)), ())
    if connection.dialect.name != "sqlite" or len(numbers) < _MANY_ROWS or None in numbers:
        yield
        return
    resting = {
        name: sql
        for name, sql in _sqlite_triggers(connection, table).items()
        if name.endswith(("_insert", "_replace"))
    }
    for name in resting:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for trigger in resting.values():
        connection.exec_driver_sql(trigger)
    note_inserted(connection, table, columns)
    sheet, key = SHEET_OF.get(table, ("", ""))
    # Citations of recoveries alone, say, belong to no row of the sheet.
    known = columns.get(key, ())
    counts = Counter((sheet, number >> SEGMENT_BITS) for number in known if number is not None)
    if counts:
        connection.exec_driver_sql(
            f"{_INTO} VALUES (?, ?, 0, 1, ?) {_COUNT} + excluded.changes",
            [(*place, count) for place, count in counts.items()],
        )


# PostgreSQL: a trigger for each statement, whose function may count for whoever may write.


def _install_postgres(connection: Connection, there: set[str]) -> None:
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    for table in KEY_OF:
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
    steps = []
    if table in SHEET_OF:
        sheet, key = SHEET_OF[table]
        row = f"CASE WHEN (SELECT count(*) FROM {rows}) > {_ONE_BY_ONE} THEN 0 ELSE {key} END"
        steps.append(
            f"{_INTO} SELECT '{sheet}', {key} >> {SEGMENT_BITS}, {row}, {_WRITER}, count(*) FROM {rows}"
            f" WHERE {key} IS NOT NULL GROUP BY 2, 3 {added}"
        )
    steps.append(
        f"{_INTO} SELECT '{contents_of(table)}', {_place(KEY_OF[table])}, {_WRITER}, count(*) FROM {rows}"
        f" GROUP BY 2, 3 HAVING count(*) > 0 {added}"
    )
    return " ".join(steps)


def _postgres_truncated(table: str) -> str:
    return " ".join(
        f"{_INTO} SELECT '{sheet}', segment, 0, {_WRITER}, 1"
        f" FROM (SELECT DISTINCT segment FROM fact_change WHERE sheet = '{sheet}') AS known {_COUNT} + 1;"
        for sheet in (*SHEET_OF.get(table, ())[:1], contents_of(table))
    )
