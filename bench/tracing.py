"""Paths through a synthetic network, beside networkx doing the same on as much of it as it can.

200,000 organizations and 2 million transfers of 20,000 parts between them, in tiers from maker to end user,
one in ten without a date, one in a hundred going back the way it came; 100,000 components in 20,000
recoveries. Fixed seed. Prints times, peak memory and ratios; nothing here is a test.

    python bench/tracing.py
    python bench/tracing.py --transfers 200000 --firms 20000
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np

from provenance.tracing.chokepoints import Survey, only_makers, ranking, survey
from provenance.tracing.dominators import Dominators, dominators
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import ALWAYS, NEVER, Index, Network
from provenance.tracing.recovered_components import RecoveredComponents
from provenance.tracing.strongest_paths import EdgePath, strongest_paths
from provenance.tracing.vertex_cut import greedy_vertex_cut

SEED = 20221215
TIERS = (0.01, 0.04, 0.15, 0.5, 0.3)
"""Makers, authorised distributors, independent ones, importers, end users: shares of the firms."""

FIRST_DAY, LAST_DAY = date(2018, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
STEP_DAYS = 120


def make_ledger(firms: int, transfers: int, parts: int, rng: np.random.Generator) -> Ledger:
    """Transfers between neighbouring tiers, each part with its own few traders; documents cover ten or so."""
    bounds = np.concatenate([[0], np.cumsum(np.array(TIERS) * firms).astype(np.int64)])
    bounds[-1] = firms
    part = rng.integers(1, parts + 1, transfers)
    tier = rng.integers(0, len(TIERS) - 1, transfers)
    tail = _trader(part, tier, bounds, rng)
    head = _trader(part, tier + 1, bounds, rng)
    back = rng.random(transfers) < 0.01
    tail[back], head[back] = head[back], tail[back].copy()
    day = FIRST_DAY + tier * STEP_DAYS + rng.integers(0, LAST_DAY - FIRST_DAY - 5 * STEP_DAYS, transfers)
    width = rng.choice([0, 0, 0, 30, 365], transfers)
    undated = rng.random(transfers) < 0.1
    kept = tail != head
    columns = (
        np.arange(1, transfers + 1), np.zeros(transfers, np.int64),
        rng.integers(1, transfers // 10 + 2, transfers),
        np.where(undated, ALWAYS, day), np.where(undated, NEVER, day + width), part,
    )  # fmt: skip
    zeros = np.zeros(transfers, np.int64)
    return Ledger(
        *columns, zeros, zeros, zeros, np.flatnonzero(kept), tail[kept], head[kept],
        (tier[kept] == 0) & ~back[kept], tuple(("firm", str(number)) for number in range(firms)), {},
        {number: number for number in range(1, parts + 1)}, int(np.count_nonzero(~kept)),
    )  # fmt: skip


def _trader(part: np.ndarray, tier: np.ndarray, bounds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One of the some thirty firms of a tier that trade a part; a part has one maker, and hubs trade much."""
    size = bounds[tier + 1] - bounds[tier]
    choice = np.where(tier == 0, 0, (rng.random(len(part)) ** 2 * 30).astype(np.int64))
    mixed = (part * 2654435761 + choice * 40503 + tier * 97) % 4294967296 / 4294967296
    return bounds[tier] + (mixed**1.5 * size).astype(np.int64)


def make_finds(recoveries: int, components: int, parts: int, rng: np.random.Generator) -> RecoveredComponents:
    """Components of parts, few of them common; a third of the recoveries has no date."""
    recovery = rng.integers(1, recoveries + 1, components)
    day = rng.integers(LAST_DAY - 1400, LAST_DAY, recoveries + 1)
    day[rng.random(recoveries + 1) < 0.33] = NEVER
    part = 1 + (rng.random(components) ** 2 * parts).astype(np.int64)
    zeros = np.zeros(components, np.int64)
    return RecoveredComponents(np.arange(1, components + 1), recovery, part, zeros, zeros, day[recovery])


def timed(work: Callable[[], Dominators]) -> tuple[float, Dominators]:
    """Seconds that some work takes, and what it gives."""
    begun = time.perf_counter()
    given = work()
    return time.perf_counter() - begun, given


def peak_gigabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def chokepoints(ledger: Ledger, recovered: RecoveredComponents) -> tuple[Survey, list[int]]:
    """The whole question: coverage, rank of every organization, five cut off together."""
    found = survey(ledger, recovered)
    wanted = ~only_makers(ledger) & (found.counts.documents >= 2)
    cut = greedy_vertex_cut(found, wanted)
    print(
        f"  cut off together {cut.parties}: {found.with_path:,} recoveries with a path, left {cut.left},"
        f" at least {cut.at_least_left}"
    )
    return found, ranking(found.counts, wanted)[:20].tolist()


def median_of(times: list[float]) -> str:
    """Median and greatest of some times, in milliseconds."""
    return f"{statistics.median(times) * 1000:.1f} ms median, {max(times) * 1000:.1f} ms at most"


def paths(ledger: Ledger, recovered: RecoveredComponents, rounds: int, rng: np.random.Generator) -> None:
    """Times the chains of some components, each out of the whole ledger."""
    index = Index.of(ledger.part[ledger.transfer], int(ledger.part.max()) + 1)
    times, found = [], 0
    for place in rng.integers(0, len(recovered.part), rounds).tolist():
        begun = time.perf_counter()
        edges = index.of_one(int(recovered.part[place]))
        chains = chains_of(ledger, edges, int(recovered.until[place]))
        times.append(time.perf_counter() - begun)
        found += bool(chains)
    print(f"a path: {median_of(times)}, of {rounds}; {found} components have a chain")


def chains_of(ledger: Ledger, edges: np.ndarray, until: int) -> list[EdgePath]:
    """The chains of one part's edges, as `trace path` finds them."""
    nodes, places = np.unique(np.concatenate([ledger.tail[edges], ledger.head[edges]]), return_inverse=True)
    moved = ledger.transfer[edges]
    network = Network(
        len(nodes), places[: len(edges)], places[len(edges) :], ledger.earliest[moved], ledger.latest[moved]
    )
    makers = np.unique(network.tail[ledger.made[edges]])
    return strongest_paths(network, np.zeros(len(edges), np.int64), makers, until)


def with_networkx(found: Survey, parts: int) -> None:
    """The same dominators by networkx, on the layers of some parts; checks that the answers are the same."""
    paths, reached = found.paths, found.reached
    layers = np.flatnonzero(np.arange(int(paths.layer.max()) + 1) < parts)
    kept = np.isin(paths.layer, layers)
    ours_seconds, ours = timed(lambda: dominators(paths, reached, kept))
    graph, seconds = nx.DiGraph(), time.perf_counter()
    edges = reached.edges[kept[paths.network.tail[reached.edges]]]
    graph.add_edges_from(
        zip(paths.network.tail[edges].tolist(), paths.network.head[edges].tolist(), strict=True)
    )
    graph.add_edges_from(("root", node) for node in reached.first[kept[reached.first]].tolist())
    ends = kept[reached.end]
    graph.add_edges_from(
        (node, ("find", group))
        for node, group in zip(reached.end[ends].tolist(), reached.end_group[ends].tolist(), strict=True)
    )
    above = nx.immediate_dominators(graph, "root")
    theirs = set()
    for group in {group for group in above if isinstance(group, tuple)}:
        node = above[group]
        while node != "root":
            theirs.add((group[1], node))
            node = above[node]
    theirs_seconds = time.perf_counter() - seconds
    same = theirs == set(zip(ours.group.tolist(), ours.node.tolist(), strict=True))
    print(
        f"dominators of {len(layers):,} parts ({len(edges):,} edges): ours {ours_seconds:.2f} s, networkx"
        f" {theirs_seconds:.2f} s, ratio {ours_seconds / theirs_seconds:.3f}; same answer: {same}"
    )


def path_with_networkx(
    ledger: Ledger, recovered: RecoveredComponents, rounds: int, rng: np.random.Generator
) -> None:
    """A path from maker to a last holder in one big networkx graph of the first edges, dates aside."""
    edges = np.arange(min(len(ledger.tail), 1_000_000))
    graph = nx.DiGraph()
    graph.add_edges_from(zip(ledger.tail[edges].tolist(), ledger.head[edges].tolist(), strict=True))
    makers = np.unique(ledger.tail[ledger.made])
    times = []
    for start, end in zip(rng.choice(makers, rounds), rng.choice(ledger.head, rounds), strict=True):
        begun = time.perf_counter()
        if start in graph and end in graph:
            nx.has_path(graph, int(start), int(end))
        times.append(time.perf_counter() - begun)
    print(f"networkx, a path without dates among {graph.number_of_edges():,} lines: {median_of(times)}")


def main() -> None:
    """Makes the network and measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--firms", type=int, default=200_000)
    parser.add_argument("--transfers", type=int, default=2_000_000)
    parser.add_argument("--parts", type=int, default=20_000)
    parser.add_argument("--recoveries", type=int, default=20_000)
    parser.add_argument("--components", type=int, default=100_000)
    parser.add_argument("--paths", type=int, default=200, help="how many paths to time")
    parser.add_argument("--networkx-parts", type=int, default=5_000, help="so many parts for networkx")
    asked = parser.parse_args()
    rng = np.random.default_rng(SEED)
    ledger = make_ledger(asked.firms, asked.transfers, asked.parts, rng)
    recovered = make_finds(asked.recoveries, asked.components, asked.parts, rng)
    print(
        f"{asked.firms:,} organizations, {len(ledger.tail):,} edges, {len(recovered.part):,} components;"
        f" {peak_gigabytes():.2f} GB"
    )
    paths(ledger, recovered, asked.paths, rng)
    begun = time.perf_counter()
    found, first = chokepoints(ledger, recovered)
    seconds = time.perf_counter() - begun
    print(f"chokepoints over all of it: {seconds:.2f} s, peak {peak_gigabytes():.2f} GB; first {first[:5]}")
    with_networkx(found, asked.networkx_parts)
    path_with_networkx(ledger, recovered, 20, rng)


if __name__ == "__main__":
    main()
