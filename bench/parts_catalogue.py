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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from measuring import provenance_command, run_process
from sqlalchemy import func, select

from provenance.db import (
    database_exists,
    insert_cells,
    next_id,
    reading_engine,
    session_scope,
    settle_ids,
    sqlite_path,
    writing,
    writing_engine,
)
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge
from provenance.identify.memory import collector_at_rest
from provenance.identity import natural_uid
from provenance.models.tables import table
from provenance.parts.catalogue import SqlCatalogue
from provenance.parts.keys import add_keys
from provenance.settings import database_url
from provenance.text.date_codes import DateCodeFormat
from provenance.text.folding import fold, fold_marking

_BLOCK = 50_000
_SINGLES = 1500
_MADE_UP_ASKED = 8000
_QUERIES = 10
_ROUNDS = 5
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
        part, firm = table("part"), table("organization")
        numbers = {row.uid: row.id for row in session.execute(firm.select())}
        source = session.execute(table("source").select()).first()
        assert source is not None
        start, waiting = next_id(session, part), made_up_parts(size)
        while block := list(islice(waiting, _BLOCK)):
            ids = list(range(start, start + len(block)))
            mpns = [mpn for mpn, _ in block]
            makers = [numbers[natural_uid("organization", maker)] for _, maker in block]
            keys, folded = list(map(fold_marking, mpns)), list(map(fold, mpns))
            columns = ["id", "uid", "organization_id", "mpn", "mpn_key", "folded", "source_id"]
            cells = [ids, [str(uuid.UUID(int=each)) for each in ids], makers, mpns,
                     keys, folded, [source.id] * len(ids)]  # fmt: skip
            insert_cells(session, part, columns, cells)
            add_keys(session, zip(ids, mpns, strict=True))
            start += len(block)
        settle_ids(session, [part])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def parts_in(database: str) -> int:
    """How many parts a database has."""
    with session_scope(reading_engine(database)) as session:
        return session.execute(select(func.count()).select_from(table("part"))).scalar_one()


def prepare(database: str, size: int) -> None:
    """Makes and fills the database in processes of their own, unless it has as many parts already."""
    if not sqlite_path(database) or not database_exists(database):
        run_process(provenance_command("--db", database, "init"))
    if parts_in(database) < size:
        run_process([sys.executable, __file__, database, str(size)])


@dataclass(frozen=True)
class Measured:
    """Seconds of single answers, seconds a marking of a batch (elapsed, processor), most megabytes held."""

    singles: list[float]
    batch: float
    batch_processor: float
    megabytes: float


def ask(
    database: str, knowledge: Knowledge, formats: Sequence[DateCodeFormat], asked: Sequence[str]
) -> Measured:
    """Asks each marking by itself, then all at once with nothing remembered by the catalogue, five times.

    All at once as the command does it: with the collector of cycles at rest.
    """
    engine = reading_engine(database)
    with session_scope(engine) as session:
        identifier = Identifier(knowledge, SqlCatalogue(session), formats)
        singles = []
        for marking in asked[:_SINGLES]:
            started = time.perf_counter()
            identifier.identify(marking)
            singles.append(time.perf_counter() - started)
    rounds = []
    for _ in range(_ROUNDS):
        with session_scope(engine) as session, collector_at_rest():
            fresh = Identifier(knowledge, SqlCatalogue(session), formats)
            started, used = time.perf_counter(), time.process_time()
            answered = sum(1 for _ in fresh.identify_all(asked))
            rounds.append((time.perf_counter() - started, time.process_time() - used))
    elapsed, processor = (statistics.median(each) / answered for each in zip(*rounds, strict=True))
    return Measured(singles, elapsed, processor, peak_megabytes())


def report(
    database: str,
    size: int,
    knowledge: Knowledge,
    formats: Sequence[DateCodeFormat],
    markings: Sequence[str],
) -> None:
    """Prints single and batch times of a catalogue, and of `cdist` over the same part numbers."""
    import numpy as np
    from rapidfuzz import fuzz, process

    database = database_url(database)
    started = time.perf_counter()
    prepare(database, size)
    shown = database.split(":")[0]
    print(f"\n{size:,} parts in {shown} after {time.perf_counter() - started:.0f} s")
    chosen = [mpn for mpn, _ in islice(made_up_parts(size), _MADE_UP_ASKED)]
    asked = list(dict.fromkeys([*(f"Microcircuit {mpn} 2135" for mpn in chosen), *markings]))
    random.Random(size).shuffle(asked)
    found = ask(database, knowledge, formats, asked)
    print(f"single marking: median {statistics.median(found.singles) * 1e3:.2f} ms,"
          f" 95th percentile {statistics.quantiles(found.singles, n=20)[-1] * 1e3:.2f} ms")  # fmt: skip
    print(
        f"batch of {len(asked)}: {found.batch * 1e3:.2f} ms a marking, {found.batch_processor * 1e3:.2f} ms"
        f" of this process's processor, {found.megabytes:.0f} MB at the peak"
    )
    choices = [mpn for mpn, _ in made_up_parts(size)]
    queries = [marking.upper() for marking in asked[:_QUERIES]]
    for name, scorer, workers in (
        ("ratio, its default, one core", fuzz.ratio, 1),
        ("ratio, all cores", fuzz.ratio, -1),
        ("partial_ratio, one core", fuzz.partial_ratio, 1),
    ):
        rounds = []
        for _ in range(_ROUNDS if scorer is fuzz.ratio else 1):
            started, used = time.perf_counter(), time.process_time()
            process.cdist(queries, choices, scorer=scorer, workers=workers, dtype=np.uint8)
            rounds.append((time.perf_counter() - started, time.process_time() - used))
        elapsed, processor = (statistics.median(each) / len(queries) for each in zip(*rounds, strict=True))
        print(f"rapidfuzz cdist ({name}): {elapsed * 1e3:.1f} ms a marking,"
              f" processor {processor * 1e3:.1f} ms; the batch is {elapsed / found.batch:.0f} times faster,"
              f" {processor / found.batch_processor:.0f} times by processor")  # fmt: skip


def peak_megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fills a database with a made-up catalogue of parts.")
    parser.add_argument("database")
    parser.add_argument("size", type=int)
    chosen_arguments = parser.parse_args()
    fill(chosen_arguments.database, chosen_arguments.size)
