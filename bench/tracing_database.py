"""The same synthetic network as `bench/tracing.py` in a database, and the commands on it, reading included.

python bench/tracing_database.py FILE.db             # makes the database where it is not there
python bench/tracing_database.py FILE.db --transfers 200000 --firms 20000
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from measuring import provenance_command, run_process
from tracing import SEED, make_finds, make_ledger, median_of, peak_gigabytes

from provenance.cli.settings import database_url
from provenance.core.identity import natural_uid
from provenance.queries.facts.upkeep import rebuild
from provenance.schema.base import TableModel
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, Recovery, RecoveryDate
from provenance.schema.reference import Part
from provenance.schema.rows import insert_rows
from provenance.schema.session import Session, session_scope, writing
from provenance.schema.sources import Source
from provenance.schema.transfers import Document, Transfer, TransferParty
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import ALWAYS, NEVER
from provenance.tracing.recovered_components import RecoveredComponents
from provenance.tracing.statements import AsOf
from provenance.tracing.supply_paths import trace_component
from provenance.tracing.traced_components import traced_component

_TOGETHER = 50_000


def fill(session: Session, ledger: Ledger, recovered: RecoveredComponents) -> None:
    """Writes firms, parts, finds, documents and transfers with their parties."""
    source = {
        "uid": natural_uid("source", "bench"), "key": "bench", "publisher": "Bench", "title": "Bench",
        "origin_group": "bench", "id": 1_000_000,
    }  # fmt: skip
    insert_rows(session, [Source(**source)])
    firms, parts = ledger.nodes, int(ledger.part.max())
    _write(session, Organization, firms, lambda n: {
        "id": n + 1_000_000, "uid": natural_uid("bench firm", str(n)), "label": f"Firm {n}",
        "kind": "operating", "verification": "unverified", "source_id": 1_000_000, "from_seed": False,
    })  # fmt: skip
    _write(session, Part, parts, lambda n: {
        "id": n + 1_000_001, "uid": natural_uid("bench part", str(n)), "mpn": f"P{n + 1}",
        "mpn_key": f"P{n + 1}", "folded": f"p{n + 1}", "source_id": 1_000_000,
    })  # fmt: skip
    _write_finds(session, recovered)
    documents = int(ledger.document.max()) + 1
    _write(session, Document, documents, lambda n: {
        "id": n + 1, "uid": natural_uid("bench document", str(n)), "kind": "invoice",
        "reference": str(n), "reference_key": str(n), "title": f"invoice {n}", "origin_group": "bench",
        "source_id": 1_000_000,
    })  # fmt: skip
    _write(session, Transfer, len(ledger.number), lambda n: {
        "id": n + 1, "uid": natural_uid("bench transfer", str(n)),
        "part_id": int(ledger.part[n]) + 1_000_000, "evidence_class": "trade_record_same_part",
        "document_id": int(ledger.document[n]) + 1,
        "earliest": _day(ledger.earliest[n], ALWAYS), "latest": _day(ledger.latest[n], NEVER),
    })  # fmt: skip
    _write(session, TransferParty, 2 * len(ledger.tail), lambda n: _party(ledger, n))
    rebuild(session)


def _day(number: Any, open_: int) -> date | None:
    return None if number == open_ else date.fromordinal(int(number))


def _party(ledger: Ledger, number: int) -> dict[str, Any]:
    edge, taking = divmod(number, 2)
    firm = int((ledger.head if taking else ledger.tail)[edge])
    made = bool(ledger.made[edge]) and not taking
    return {
        "id": number + 1, "transfer_id": int(ledger.transfer[edge]) + 1, "organization_id": firm + 1_000_000,
        "side": "to" if taking else "from", "role": "maker" if made else "unknown",
        "as_written": f"Firm {firm}", "confidential": False,
    }  # fmt: skip


def _write_finds(session: Session, recovered: RecoveredComponents) -> None:
    until = dict(zip(recovered.recovery.tolist(), recovered.until.tolist(), strict=True))
    recoveries = sorted(until)
    _write(session, Recovery, len(recoveries), lambda n: {
        "id": recoveries[n] + 1_000_000, "uid": natural_uid("bench recovery", str(n)), "kind": "battlefield",
        "extent": "specimen", "label": f"Wreck {n}", "folded": f"wreck {n}",
    })  # fmt: skip
    dated = [number for number in recoveries if until[number] < NEVER]
    _write(session, RecoveryDate, len(dated), lambda n: {
        "recovery_id": dated[n] + 1_000_000, "kind": "recovered", "as_written": "day",
        "earliest": _day(until[dated[n]], NEVER), "latest": _day(until[dated[n]], NEVER),
        "source_id": 1_000_000,
    })  # fmt: skip
    _write(session, Component, len(recovered.component), lambda n: {
        "id": n + 1_000_001, "uid": natural_uid("bench component", str(n)),
        "recovery_id": int(recovered.recovery[n]) + 1_000_000, "marking": f"M{n}", "marking_mixed": False,
    })  # fmt: skip
    _write(session, Identification, len(recovered.component), lambda n: {
        "uid": natural_uid("bench identification", str(n)), "component_id": n + 1_000_001,
        "part_id": int(recovered.part[n]) + 1_000_000, "as_written": "P", "status": "published",
        "method": "published part number",
    })  # fmt: skip


def _write(session: Session, table: type[TableModel], count: int, row: Any) -> None:
    for numbers in _batches(count):
        insert_rows(session, [table(**row(number)) for number in numbers])
    print(f"  {table.__table__.name}: {count:,}", flush=True)


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, _TOGETHER):
        yield range(start, min(start + _TOGETHER, count))


def time_paths(file: Path, rounds: int, components: int, rng: np.random.Generator) -> None:
    """Times `trace path` without the start of the program; the first path makes the statements for all."""
    times = []
    with session_scope(reading_engine(database_url(str(file)))) as session:
        for number in rng.integers(1_000_001, 1_000_001 + components, rounds).tolist():
            begun = time.perf_counter()
            trace_component(session, traced_component(session, number), AsOf())
            times.append(time.perf_counter() - begun)
    first, *others = times
    print(f"trace path, out of the database: {median_of(others)}, of {len(others)}")
    print(f"… the first, which makes the statements for all: {first * 1000:.0f} ms")


def main() -> None:
    """Makes the database where it is not there, and measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--firms", type=int, default=200_000)
    parser.add_argument("--transfers", type=int, default=2_000_000)
    parser.add_argument("--parts", type=int, default=20_000)
    parser.add_argument("--recoveries", type=int, default=20_000)
    parser.add_argument("--components", type=int, default=100_000)
    asked = parser.parse_args()
    rng = np.random.default_rng(SEED)
    if not asked.file.exists():
        run_process(provenance_command("--db", str(asked.file), "init"))
        ledger = make_ledger(asked.firms, asked.transfers, asked.parts, rng)
        recovered = make_finds(asked.recoveries, asked.components, asked.parts, rng)
        with writing(writing_engine(database_url(str(asked.file)))) as session:
            fill(session, ledger, recovered)
    print(f"{asked.file.stat().st_size / 1e9:.2f} GB on disk, {peak_gigabytes():.2f} GB in memory")
    time_paths(asked.file, 100, asked.components, rng)
    taken = run_process(provenance_command("--db", str(asked.file), "trace", "chokepoints", "--limit", "20"))
    print(f"trace chokepoints, reading everything first: {taken.wall:.1f} s")


if __name__ == "__main__":
    main()
