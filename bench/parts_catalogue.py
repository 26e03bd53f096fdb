"""Speed of `identify` with a large parts catalogue in a database, beside rapidfuzz's `cdist`.

Called by `python bench/identify.py --catalogue 1000000`: a made-up catalogue with a fixed seed is written to
a database of its own (SQLite in a temporary folder, or what `--database` names: a new, empty one), then
asked as the program asks it. Filling runs in a process of its own, so that the memory printed is what
answering takes. A catalogue that is there already is asked again without filling.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from measuring import provenance_command, run_process
from sqlalchemy import func, select

from provenance.cli.collector import collector_paused
from provenance.cli.settings import database_url
from provenance.core.identity import natural_uid
from provenance.domain.parts import add_keys
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge
from provenance.identify.store.catalogue import SqlCatalogue
from provenance.schema.engines import reading_engine, sqlite_path, writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.reference import Part
from provenance.schema.rows import RowNumbers, insert_columns
from provenance.schema.session import session_scope, writing
from provenance.schema.sources import Source
from provenance.text.date_codes import DateCodeFormat
from provenance.text.folding import fold, fold_marking

_BLOCK = 50_000
_SINGLES = 1500
_MADE_UP_ASKED = 8000
_QUERIES = 10
_ROUNDS = 5
TODAY = date.today()
Scorer = Callable[..., Any]
FAMILIES = {
    "ADM": "analog-devices", "AD": "analog-devices", "LTC": "linear-technology", "MAX": "maxim-integrated",
    "TPS": "texas-instruments", "SN74LVC": "texas-instruments", "STM32F": "stmicroelectronics",
    "XC7A": "xilinx", "LPC": "nxp", "PIC18F": "microchip", "IRF": "international-rectifier",
    "MT41K": "micron", "CY7C": "cypress", "S29GL": "spansion", "W25Q": "winbond",
    "DS": "dallas-semiconductor", "LM": "national-semiconductor", "OPA": "burr-brown",
    "BQ": "texas-instruments", "NCP": "onsemi",
}  # fmt: skip


def made_up_parts(size: int, seed: int = 20240224) -> Iterator[tuple[str, str]]:
    """Distinct made-up part numbers in the shapes of real families with their makers, the same each time."""
    chance = random.Random(seed)
    families = list(FAMILIES)
    seen: set[str] = set()
    while len(seen) < size:
        family = chance.choice(families)
        suffix = "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=chance.randrange(1, 5)))
        mpn = f"{family}{chance.randrange(100, 99999)}{suffix}"
        if mpn not in seen:
            seen.add(mpn)
            yield mpn, FAMILIES[family]


def fill(database: str, size: int) -> None:
    """Writes the catalogue as an import of parts leaves it: parts, their keys, the planner's statistics."""
    engine = writing_engine(database)
    with writing(engine) as session:
        numbers = {row.uid: row.id for row in session.execute(select(Organization))}
        source = session.execute(select(Source)).first()
        assert source is not None
        numbers_of, waiting = RowNumbers(session, Part), made_up_parts(size)
        while block := list(islice(waiting, _BLOCK)):
            ids = numbers_of.take(len(block))
            mpns = [mpn for mpn, _ in block]
            makers = [numbers[natural_uid("organization", maker)] for _, maker in block]
            keys, folded = list(map(fold_marking, mpns)), list(map(fold, mpns))
            columns = {
                Part.id: ids,
                Part.uid: [str(uuid.UUID(int=each)) for each in ids],
                Part.organization_id: makers,
                Part.mpn: mpns,
                Part.mpn_key: keys,
                Part.folded: folded,
                Part.source_id: [source.id] * len(ids),
            }
            insert_columns(session, Part, columns)
            add_keys(session, zip(ids, mpns, strict=True))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def parts_in(database: str) -> int:
    """How many parts a database has."""
    with session_scope(reading_engine(database)) as session:
        return session.execute(select(func.count()).select_from(Part)).scalar_one()


def prepare(database: str, size: int) -> None:
    """Makes and fills the database in processes of their own, unless it has as many parts already."""
    path = sqlite_path(database)
    if not path or not path.exists():
        run_process(provenance_command("--db", database, "init"))
    if parts_in(database) < size:
        run_process([sys.executable, __file__, database, str(size)])


Taken = tuple[float, float]
"""Seconds a marking: elapsed, and of this process's processor."""


class Markings:
    """Markings asked of a catalogue with what is known, as the program asks."""

    def __init__(
        self, database: str, knowledge: Knowledge, formats: Sequence[DateCodeFormat], markings: Sequence[str]
    ) -> None:
        self._engine = reading_engine(database)
        self._knowledge, self._formats, self.markings = knowledge, formats, markings

    def singles(self) -> list[float]:
        """Seconds of answers to markings asked each by itself."""
        with session_scope(self._engine) as session:
            identifier = Identifier(self._knowledge, SqlCatalogue(session), self._formats, today=TODAY)
            taken = []
            for marking in self.markings[:_SINGLES]:
                started = time.perf_counter()
                identifier.identify(marking)
                taken.append(time.perf_counter() - started)
        return taken

    def batch(self) -> Taken:
        """All at once with nothing remembered by the catalogue; the collector rests, as in the command."""
        with session_scope(self._engine) as session, collector_paused():
            fresh = Identifier(self._knowledge, SqlCatalogue(session), self._formats, today=TODAY)
            started, used = time.perf_counter(), time.process_time()
            count = sum(1 for _ in fresh.identify_all(self.markings))
            return (time.perf_counter() - started) / count, (time.process_time() - used) / count


def cdist_once(queries: Sequence[str], choices: Sequence[str], scorer: Scorer, workers: int) -> Taken:
    """What rapidfuzz takes to compare each query with each choice."""
    import numpy as np
    from rapidfuzz import process

    started, used = time.perf_counter(), time.process_time()
    process.cdist(queries, choices, scorer=scorer, workers=workers, dtype=np.uint8)
    taken = time.perf_counter() - started, time.process_time() - used
    return taken[0] / len(queries), taken[1] / len(queries)


def report(
    database: str,
    size: int,
    knowledge: Knowledge,
    formats: Sequence[DateCodeFormat],
    markings: Sequence[str],
) -> None:
    """Prints single and batch times of a catalogue, in turn with `cdist` over the same part numbers.

    A ratio is the median of those of the rounds: both sides of each were measured within a minute.
    """
    from rapidfuzz import fuzz

    database = database_url(database)
    started = time.perf_counter()
    prepare(database, size)
    print(f"\n{size:,} parts in {database.split(':')[0]} after {time.perf_counter() - started:.0f} s")
    chosen = [mpn for mpn, _ in islice(made_up_parts(size), _MADE_UP_ASKED)]
    markings = list(dict.fromkeys([*(f"Microcircuit {mpn} 2135" for mpn in chosen), *markings]))
    random.Random(size).shuffle(markings)
    asked = Markings(database, knowledge, formats, markings)
    singles = asked.singles()
    print(f"single marking: median {statistics.median(singles) * 1e3:.2f} ms,"
          f" 95th percentile {statistics.quantiles(singles, n=20)[-1] * 1e3:.2f} ms")  # fmt: skip
    asked.batch()
    megabytes = peak_megabytes()
    choices = [mpn for mpn, _ in made_up_parts(size)]
    queries = [marking.upper() for marking in markings[:_QUERIES]]
    peers = {"ratio, its default, one core": (fuzz.ratio, 1), "ratio, all cores": (fuzz.ratio, -1)}
    rounds = [
        (asked.batch(), [cdist_once(queries, choices, *peer) for peer in peers.values()])
        for _ in range(_ROUNDS)
    ]
    ours = [batch for batch, _ in rounds]
    print(f"batch of {len(markings)}: {_shown(ours)}, {megabytes:.0f} MB at the peak")
    for place, name in enumerate(peers):
        print_peer(name, ours, [each[place] for _, each in rounds])
    print_peer("partial_ratio, one core", ours[:1], [cdist_once(queries, choices, fuzz.partial_ratio, 1)])


def print_peer(name: str, ours: Sequence[Taken], theirs: Sequence[Taken]) -> None:
    """One line: what a contender takes, and how many times that is what the batch takes."""
    times = [
        statistics.median(their[clock] / our[clock] for our, their in zip(ours, theirs, strict=True))
        for clock in (0, 1)
    ]
    print(f"rapidfuzz cdist ({name}): {_shown(theirs)};"
          f" the batch is {times[0]:,.0f} times faster, {times[1]:,.0f} times by processor")  # fmt: skip


def _shown(rounds: Sequence[Taken]) -> str:
    elapsed, processor = (statistics.median(each) * 1e3 for each in zip(*rounds, strict=True))
    return f"{elapsed:.2f} ms a marking, {processor:.2f} ms of this process's processor"


def peak_megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fills a database with a made-up catalogue of parts.")
    parser.add_argument("database")
    parser.add_argument("size", type=int)
    chosen_arguments = parser.parse_args()
    fill(chosen_arguments.database, chosen_arguments.size)
