"""`provenance log recovery`, `seizure`, `unit`, `component` and `citation`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from provenance.cli.log.entry_command import CONFIRM_ODD, YES, EntryCommand, ExtraOption
from provenance.core.vocabulary import Extent, RecoveryKind

_CANDIDATE = ExtraOption(
    "candidate",
    Annotated[
        int | None,
        typer.Option(
            "--candidate", min=1, help="Number of the candidate for the marking to log as tentative."
        ),
    ],
)


def _citation_hints(texts: Mapping[str, str]) -> Mapping[str, str]:
    graded = f"{texts.get('source', 'KEY')} --reliability {texts.get('reliability', 'GRADE')}"
    return {
        "record_taken": "Give each record its own key: --record KEY",
        "already_graded": f"To assess it again: provenance log belief {graded} --basis TEXT",
        "new_source": "Add --publisher NAME --title TITLE, or see what there is: provenance show KEY",
    }


RECOVERY = EntryCommand(
    "recovery",
    """Log one recovered weapon, or a unit of one; without options on a terminal it asks.

    Example: provenance log recovery --weapon Kh-101 --serial 77 --used 2024-01-02 --place "37U CR 0149 4158"
    """,
    defaults={"extent": Extent.SPECIMEN.value, "kind": RecoveryKind.BATTLEFIELD.value},
)
SEIZURE = EntryCommand(
    "seizure",
    """Log goods seized at a border or in a raid; they are never counted as found in a weapon.

    Being named as consignor or consignee is not a finding against anyone.

    Example: provenance log seizure --authority "Lithuanian Customs" --from-country CN --to-country RU
    """,
)
UNIT = EntryCommand(
    "unit",
    """Log a unit of a recovery: a board or box that holds components.

    Missing details of a known unit are filled in.

    Example: provenance log unit --recovery R-7K3M9-Q2X4H --label "Board 2" --serial 0417
    """,
    extra=(),
)
COMPONENT = EntryCommand(
    "component",
    """Log one component of a recovery, and list the candidates for its marking.

    A candidate is a reading, not a finding: maker and part number stay unidentified unless you state them.

    Example: provenance log component --recovery R-7K3M9-Q2X4H --marking "AD7606BSTZ // #2135" --pieces 2
    """,
    extra=(_CANDIDATE, YES, CONFIRM_ODD),
)
CITATION = EntryCommand(
    "citation",
    """Log that a publication or record reports something that is in the database.

    Example: provenance log citation C-7K3M9-Q2X4H --source gur-war-sanctions --record 4711 --credibility 2
    """,
    arguments=("ref",),
    hints=_citation_hints,
)


def register_log(log: typer.Typer) -> None:
    """Adds the commands to the group."""
    for command in (RECOVERY, SEIZURE, UNIT, COMPONENT, CITATION):
        log.command(command.kind)(command)
