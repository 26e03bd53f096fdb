"""`provenance duplicates`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.context import (
    ExplainOption,
    FormatOption,
    MaxTlpOption,
    OutOption,
    context_of,
    printer,
)
from provenance.cli.notes import tell
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat


def duplicates(
    context: typer.Context,
    noun: Annotated[
        str, typer.Argument(metavar="NOUN", help="recoveries, components, organizations or parties.")
    ] = "recoveries",
    all_: Annotated[bool, typer.Option("--all", help="Include the pairs that are decided.")] = False,
    worklist: Annotated[
        Path | None, typer.Option("--worklist", help="Write the pairs to this .xlsx file, to be filled in.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Maximum pairs (0 = all).")] = 20,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
    explain: ExplainOption = False,
) -> None:
    """Propose records that may be one, reported twice, with what speaks for it and against it; best first.

    Nothing is merged: decide with `provenance same`, one by one or with a worklist.

    Example: provenance duplicates recoveries --worklist to-decide.xlsx
    """
    from provenance.cli.views.duplicates import duplicate_sections
    from provenance.cli.views.words import many
    from provenance.services import duplicates as service
    from provenance.services.contracts.duplicates import (
        DuplicatesRequest,
        DuplicateWorklistRequest,
        duplicate_noun,
    )

    workspace = context_of(context).workspace(clearance=read_max_tlp(max_tlp))
    of = duplicate_noun(noun)
    if worklist is not None:
        asked = DuplicateWorklistRequest(noun=of, file=worklist, everything=all_)
        done = service.write_worklist(workspace, asked)
        tell(f"{worklist}: {many(done.pairs, 'pair')}. Once filled in: provenance same --from {worklist}")
        return
    request = DuplicatesRequest(noun=of, everything=all_, limit=limit)
    found = service.propose_duplicates(workspace, request)
    printer(format, out, explain).show(found, duplicate_sections)
