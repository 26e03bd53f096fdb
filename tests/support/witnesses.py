"""What learned witnesses say, for tests: the votes of one of them for one marking."""

from __future__ import annotations

from provenance.identify.pulls import Pulls
from provenance.identify.showing import Shown
from provenance.identify.witnesses import WITNESSES, Witnesses


def votes_of(witness: str, pulls: Pulls, shown: Shown) -> dict[str, float]:
    """Each maker that a marking which shows so much leans to, by this witness alone, with its votes."""
    place = WITNESSES.index(witness)
    everybody = [pulls if number == place else Pulls.of() for number in range(len(WITNESSES))]
    asked = Witnesses(everybody, {}, {})
    whole = (*shown, *[()] * (4 - len(shown)))
    (said,) = asked.apart(asked.on([whole]))
    found = {maker: said.votes_for(maker)[place] for maker in pulls.makers}
    return {maker: votes for maker, votes in found.items() if votes}
