"""What `coverage` foretells, against recoveries kept aside: half of those on record teach, the others check.

Needs a database with a list in it: ``provenance --db FILE import …`` first. Each split is another half at
random; a recovery kept aside counts as news if it has a firm that none of the half has.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean

from sqlalchemy import create_engine, text

from provenance.queries.richness import richness

SPLITS = 200
_FIRMS = """
SELECT c.recovery_id, a.organization_id FROM component c
JOIN maker_attribution a ON a.component_id = c.id AND a.superseded_by IS NULL AND a.status <> 'tentative'
JOIN recovery r ON r.id = c.recovery_id JOIN weapon_system w ON w.id = r.weapon_system_id
WHERE c.withdrawn_at IS NULL AND r.withdrawn_at IS NULL AND r.kind = 'battlefield'
AND w.kind IN ('missile', 'drone', 'guided_munition')
"""


def main() -> None:
    """Prints what was foretold and what happened, on average over the splits."""
    parser = argparse.ArgumentParser(description="Check the chance of a new firm on recoveries kept aside.")
    parser.add_argument("database", type=Path)
    parser.add_argument("--splits", type=int, default=SPLITS)
    given = parser.parse_args()
    firms: dict[int, set[int]] = defaultdict(set)
    with create_engine(f"sqlite:///{given.database}").connect() as connection:
        for recovery, firm in connection.execute(text(_FIRMS)):
            firms[recovery].add(firm)
    check(list(firms.values()), given.splits)
    print("On all of them:", json.dumps(answer(given.database)))


def check(recoveries: list[set[int]], splits: int) -> None:
    """Compares foretold and observed."""
    chance = random.Random(2026)
    told, seen, told_firms, seen_firms = [], [], [], []
    for _ in range(splits):
        chance.shuffle(recoveries)
        half = len(recoveries) // 2
        known, aside = recoveries[:half], recoveries[half:]
        times = Counter(firm for firms in known for firm in firms)
        unique = sum(any(times[firm] == 1 for firm in firms) for firms in known)
        found = richness(half, list(times.values()), unique)
        if found.chance_new is None or found.new_in_next is None:
            sys.exit("Too few recoveries.")
        told.append(found.chance_new.value)
        told_firms.append(found.new_in_next)
        seen.append(mean(bool(firms - times.keys()) for firms in aside))
        seen_firms.append(mean(len(firms - times.keys()) for firms in aside))
    print(f"{len(recoveries)} recoveries, {splits} splits in halves")
    print(f"  chance of a new firm in the next: foretold {mean(told):.3f}, happened {mean(seen):.3f}")
    print(f"  new firms in the next: foretold {mean(told_firms):.2f}, happened {mean(seen_firms):.2f}")


def answer(database: Path) -> dict[str, object]:
    """What the command says of all firms."""
    command = [sys.executable, "-m", "provenance", "--db", str(database), "coverage", "--format", "json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    row: dict[str, object] = json.loads(said.stdout)["rows"][0]
    return row


if __name__ == "__main__":
    main()
