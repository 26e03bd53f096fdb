"""Which parties lie on the most paths into recovered components; pure counting on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.dominators import Dominators, dominators
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import Index, Mask, Numbers, distinct, ranges
from provenance.tracing.path_network import PathMembers, PathNetwork, build_path_network, path_members
from provenance.tracing.recovered_components import RecoveredComponents
from provenance.tracing.statements import PartyKind


@dataclass(frozen=True)
class PathCounts:
    """For each party of the ledger: what its paths reach, and what depends on it.

    ``reached`` counts recoveries and components that at least one path through the party reaches,
    ``dependent`` those whose known paths all pass it (it dominates them); ``documents`` counts the
    independent documents behind its edges on such paths.
    """

    reached_recoveries: Numbers
    reached_components: Numbers
    dependent_recoveries: Numbers
    dependent_components: Numbers
    documents: Numbers


@dataclass(frozen=True)
class Survey:
    """The counted paths into some components.

    ``with_path`` recoveries and ``components_with_path`` are the coverage.
    """

    ledger: Ledger
    recovered: RecoveredComponents
    paths: PathNetwork
    reached: PathMembers
    dominated: Dominators
    counts: PathCounts
    with_path: int
    components_with_path: int


def survey(ledger: Ledger, recovered: RecoveredComponents, *, wide: bool = False) -> Survey:
    """Counts the paths of a ledger into some components."""
    paths = build_path_network(ledger, recovered, wide=wide)
    reached = path_members(paths)
    dominated = dominators(paths, reached)
    has_path = np.isin(paths.group, dominated.alive)
    return Survey(
        ledger,
        recovered,
        paths,
        reached,
        dominated,
        _path_counts(ledger, recovered, paths, reached, dominated),
        len(np.unique(recovered.recovery[has_path])),
        int(np.count_nonzero(has_path)),
    )


def _path_counts(
    ledger: Ledger,
    recovered: RecoveredComponents,
    paths: PathNetwork,
    reached: PathMembers,
    dominated: Dominators,
) -> PathCounts:
    size = ledger.nodes
    some = group_counts(recovered, paths, paths.party[reached.node], reached.of_group, size)
    every = group_counts(recovered, paths, paths.party[dominated.node], dominated.group, size)
    return PathCounts(
        reached_recoveries=np.bincount(some.party, minlength=size),
        reached_components=some.components,
        dependent_recoveries=dependent_recoveries(
            every, components_with_path_by_recovery(recovered, paths, dominated.alive), size
        ),
        dependent_components=every.components,
        documents=_documents(ledger, paths, reached, size),
    )


@dataclass(frozen=True)
class GroupCounts:
    """Pairs of party and recovery, each once, with the components they share; ``components`` by party."""

    party: Numbers
    recovery: Numbers
    shared: Numbers
    components: Numbers


def group_counts(
    recovered: RecoveredComponents, paths: PathNetwork, party: Numbers, group: Numbers, size: int
) -> GroupCounts:
    """Pairs of parties (0 to ``size - 1``) and groups, counted as recoveries and components."""
    members = Index.of(paths.group, len(paths.group_layer))
    counts = members.start[group + 1] - members.start[group]
    components = np.zeros(size, np.int64)
    np.add.at(components, party, counts)
    places = members.rows[ranges(members.start[group], counts)]
    numbers, recovery = np.unique(recovered.recovery, return_inverse=True)
    width = max(len(numbers), 1)
    pairs = np.sort(np.repeat(party, counts) * width + recovery[places])
    first = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]])) if len(pairs) else pairs
    keys, shared = pairs[first], np.diff(np.append(first, len(pairs)))
    return GroupCounts(keys // width, keys % width, shared, components)


def components_with_path_by_recovery(
    recovered: RecoveredComponents, paths: PathNetwork, alive: Numbers
) -> Numbers:
    """For each recovery, by its position among the sorted ones: how many of its components have a path."""
    has_path = np.isin(paths.group, alive)
    numbers, recovery = np.unique(recovered.recovery, return_inverse=True)
    return np.bincount(recovery[has_path], minlength=len(numbers))


def dependent_recoveries(every: GroupCounts, with_path: Numbers, size: int) -> Numbers:
    """For each party the recoveries all of whose paths, to any of their components, pass it."""
    whole = every.shared == with_path[every.recovery]
    return np.bincount(every.party[whole], minlength=size)


def _documents(ledger: Ledger, paths: PathNetwork, reached: PathMembers, size: int) -> Numbers:
    edges = paths.edge[reached.edges]
    documents, document = np.unique(ledger.document, return_inverse=True)
    width = max(len(documents), 1)
    of_edge = document[ledger.transfer[edges]]
    parties = np.concatenate([ledger.tail[edges], ledger.head[edges]])
    keys = distinct(parties * width + np.concatenate([of_edge, of_edge]))
    return np.bincount(keys // width, minlength=size)


def only_makers(ledger: Ledger) -> Mask:
    """The parties that only ever appear as the maker: paths start with them, so they are not chokepoints."""
    gave_as_maker = np.zeros(ledger.nodes, bool)
    gave_otherwise = np.zeros(ledger.nodes, bool)
    took = np.zeros(ledger.nodes, bool)
    gave_as_maker[ledger.tail[ledger.made]] = True
    gave_otherwise[ledger.tail[~ledger.made]] = True
    took[ledger.head] = True
    return gave_as_maker & ~gave_otherwise & ~took


def organization_mask(ledger: Ledger) -> Mask:
    """The parties that are organizations on record, not a bare name and not the unknown."""
    return np.array([kind == PartyKind.FIRM for kind, _who in ledger.parties], bool)


def ranking(counts: PathCounts, wanted: Mask) -> Numbers:
    """Parties by recoveries reached, then by those that depend on them, components reached, and number."""
    numbers = np.flatnonzero(wanted)
    keys = (
        numbers,
        -counts.reached_components[numbers],
        -counts.dependent_recoveries[numbers],
        -counts.reached_recoveries[numbers],
    )
    return numbers[np.lexsort(keys)]
