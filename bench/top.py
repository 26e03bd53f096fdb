"""`top` over a large database beside DuckDB over native tables and plain SQLite over the base tables.

    python bench/top.py --make FOLDER            # writes, imports and asks a million components
    python bench/top.py DATABASE [--rounds 7]    # asks one that `provenance import` has filled

Both peers get their facts from the base tables alone (see top_peers.py). What `top` prints of a firm is
compared before anything is timed: rank, name, recoveries, specimens, weapons, parts, components, pieces,
first and last seen, newest manufacture, and the four classes of made-after.

*Again*: asked again in one process; ours keeps packed columns and owners on its connection while nobody
writes, DuckDB its tables. *First*: a connection that has answered nothing yet, opened and closed within the
time. *Cold*: a fresh process with the whole command, imports and printing included. Ours accounts besides
for all that each rule left out, and works out trend, handling and doubtful links.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from generate import write
from measuring import PROJECT, Taken, in_turn, provenance_command, run_process, time_call
from top_peers import Facts, duck_facts, in_duckdb, in_sqlite, sqlite_facts, statement

from provenance.core.vocabulary import WEAPONS_IN_THE_AIR, ComponentCategory
from provenance.queries.filters import ANY, Selection
from provenance.queries.ranking import RankedGroup, TopQuestion, fetch_top
from provenance.schema.engines import reading_engine
from provenance.schema.session import Session, session_scope
from provenance.text.partial_dates import DateSpan, format_span

TODAY = date.today()
SHOWN = 20
_AIR = f"weapon_kind IN ({', '.join(repr(str(kind)) for kind in WEAPONS_IN_THE_AIR)})"
_US = "country = 'US'"


@dataclass(frozen=True)
class Question:
    """One question: as the program's own, as words of its command line, and as SQL conditions."""

    name: str
    ours: TopQuestion
    words: tuple[str, ...]
    where: str


def questions() -> list[Question]:
    """The plain question, all there is, and three that are filtered differently."""
    since, until, made = date(2023, 1, 1), date(2024, 6, 30), date(2020, 12, 31)
    memory = ComponentCategory.MEMORY
    window = f"seen_from >= {since.toordinal()} AND seen_to <= {until.toordinal()}"
    return [
        Question("plain", TopQuestion(limit=SHOWN), (), f"{_AIR} AND {_US}"),
        Question(
            "any weapon, any country",
            TopQuestion(Selection(weapon_kinds=()), country=ANY, limit=SHOWN),
            ("--weapon-kind", "any", "--country", "any"),
            "TRUE",
        ),
        Question(
            "since and until",
            TopQuestion(Selection(since=since, until=until), limit=SHOWN),
            ("--since", since.isoformat(), "--until", until.isoformat()),
            f"{_AIR} AND {_US} AND {window}",
        ),
        Question(
            "category, made after",
            TopQuestion(Selection(categories=(memory,), made_after=made), limit=SHOWN),
            ("--category", memory, "--made-after", made.isoformat()),
            f"{_AIR} AND {_US} AND category = '{memory}' AND made_from > {made.toordinal()}",
        ),
        Question(
            "CHPL tier 1",
            TopQuestion(Selection(tiers=("1",)), limit=SHOWN),
            ("--chpl-tier", "1"),
            f"{_AIR} AND {_US} AND tier = '1'",
        ),
    ]


def _ours(session: Session, question: TopQuestion) -> list[RankedGroup]:
    return fetch_top(session, question, today=TODAY).rows


def _rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return found


def shown(row: RankedGroup) -> tuple[Any, ...]:
    """What the program prints of a firm."""
    figures, made = row.figures, row.figures.made_after
    return (
        row.rank,
        row.name,
        figures.recoveries,
        figures.specimens,
        figures.weapon_systems,
        figures.parts,
        figures.components,
        figures.pieces,
        made.certain,
        made.possible,
        made.before,
        made.unknown,
        figures.first_seen or "",
        figures.last_seen or "",
        figures.newest_made or "",
    )


def told(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a peer says of a firm, in the same terms; two days stand in one number."""
    *figures, first, last, newest = row
    days = [divmod(int(number), 10**7) if number else (0, 0) for number in (first, last, newest)]
    days[1] = days[1][::-1]
    rank, name, *counts = figures
    return (rank, name, *map(int, counts), *(_span(*pair) for pair in days))


def _span(earliest: int, latest: int) -> str:
    first, last = (date.fromordinal(day) if day else None for day in (earliest, latest))
    return format_span(DateSpan(first, last))


def first_difference(ours: Sequence[RankedGroup], theirs: Sequence[tuple[Any, ...]]) -> str | None:
    """Where two answers differ first; None where they do not."""
    mine, other = [shown(row) for row in ours], [told(row) for row in theirs]
    for one, another in zip(mine, other, strict=False):
        if one != another:
            return f"\n  ours:   {one}\n  theirs: {another}"
    return None if len(mine) == len(other) else f"{len(mine)} rows, and {len(other)}"


def _ratio(found: dict[str, list[Taken]]) -> str:
    pairs = list(zip(found["ours"], found["peer"], strict=True))
    clock = [statistics.median(taken.wall for taken in found[name]) * 1000 for name in ("ours", "peer")]
    ratio = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
    return f"{clock[0]:6,.0f} ms | {clock[1]:6,.0f} ms | {ratio:.2f}"


def _compare(session: Session, duck: Any, lite: Any) -> bool:
    """Whether all three say the same; prints the first difference."""
    for question in questions():
        ours = _ours(session, question.ours)
        for name, peer, facts in (("DuckDB", duck, duck_facts()), ("SQLite", lite, sqlite_facts())):
            theirs = _rows(peer, statement(question.where, SHOWN, facts=facts))
            if (difference := first_difference(ours, theirs)) is not None:
                print(f"{question.name}: {name} says otherwise: {difference}", file=sys.stderr)
                return False
    return True


def _warm(session: Session, name: str, peer: Any, facts: Facts, rounds: int) -> None:
    print(f"\n| again | ours | {name} | ours/{name} |\n|---|---|---|---|")
    for question in questions():
        sql = statement(question.where, SHOWN, facts=facts)
        contenders: dict[str, Callable[[], Taken]] = {
            "ours": partial(time_call, partial(_ours, session, question.ours)),
            "peer": partial(time_call, partial(_rows, peer, sql)),
        }
        print(f"| {question.name} | {_ratio(in_turn(contenders, rounds))} |", flush=True)


def _first(address: str, native: Path, rounds: int) -> None:
    print("\n| first, on a new connection | ours | DuckDB | ours/DuckDB |\n|---|---|---|---|")
    for question in questions():
        sql = statement(question.where, SHOWN, facts=duck_facts())
        contenders: dict[str, Callable[[], Taken]] = {
            "ours": partial(time_call, partial(_ours_anew, address, question.ours)),
            "peer": partial(time_call, partial(_rows_anew, native, sql)),
        }
        print(f"| {question.name} | {_ratio(in_turn(contenders, rounds))} |", flush=True)


def _ours_anew(address: str, question: TopQuestion) -> None:
    engine = reading_engine(address)
    with session_scope(engine) as session:
        _ours(session, question)
    engine.dispose()


def _rows_anew(native: Path, sql: str) -> None:
    with duckdb.connect(str(native), read_only=True) as duck:
        _rows(duck, sql)


def _cold(database: Path, native: Path, rounds: int) -> None:
    print("\n| cold, a fresh process | ours | DuckDB | ours/DuckDB |\n|---|---|---|---|")
    for question in questions():
        sql = statement(question.where, SHOWN, facts=duck_facts())
        asked = f"duckdb.connect({str(native)!r}, read_only=True).execute({sql!r}).fetchall()"
        ours = provenance_command("--db", str(database), "top", *question.words, "--format", "json")
        contenders: dict[str, Callable[[], Taken]] = {
            "ours": partial(run_process, ours),
            "peer": partial(run_process, [sys.executable, "-c", f"import duckdb; print({asked})"]),
        }
        print(f"| {question.name} | {_ratio(in_turn(contenders, rounds))} |", flush=True)


def make(folder: Path, rows: int) -> Path:
    """A large database in a folder, made unless it is there: the list, an empty database, the import."""
    folder.mkdir(parents=True, exist_ok=True)
    database, listed = folder / f"top-{rows}.db", folder / f"top-{rows}.csv"
    if not database.exists():
        if not listed.exists():
            write(listed, rows)
        growing = database.with_suffix(".growing")
        source = ("--source", "bench", "--publisher", "Bench", "--title", "Made up")
        for words in (("init",), ("import", "components", str(listed), *source, "--no-read")):
            command = provenance_command("--db", str(growing), *words)
            subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
        growing.rename(database)
    return database


def main() -> int:
    """Compares, then times; prints tables of ratios. Exit code 1 where an answer differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path, nargs="?")
    parser.add_argument("--make", type=Path, metavar="FOLDER", help="make the database in this folder")
    parser.add_argument("--rows", type=int, default=1_000_000, help="components to make")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sqlite-rounds", type=int, default=3)
    parser.add_argument("--cold-rounds", type=int, default=5)
    given = parser.parse_args()
    if not given.database and not given.make:
        parser.error("give a DATABASE, or --make FOLDER")
    database = (make(given.make, given.rows) if given.make else given.database).absolute()
    native = database.with_suffix(".duckdb")
    in_duckdb(database, native, TODAY)
    duck, lite = duckdb.connect(str(native), read_only=True), in_sqlite(database, TODAY)
    (components,), (recoveries,) = (
        _rows(duck, f"SELECT count(*) FROM found_{name}")[0] for name in ("component", "recovery")
    )
    print(f"{components:,} components in {recoveries:,} recoveries; median of {given.rounds} rounds in turn")
    address = f"sqlite:///{database.as_posix()}"
    with session_scope(reading_engine(address)) as session:
        if not _compare(session, duck, lite):
            return 1
        _warm(session, "DuckDB", duck, duck_facts(), given.rounds)
        _warm(session, "plain SQLite", lite, sqlite_facts(), given.sqlite_rounds)
    # DuckDB shares one opened database among the connections of a process: a first one must find none open.
    duck.close()
    _first(address, native, given.rounds)
    _cold(database, native, given.cold_rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
