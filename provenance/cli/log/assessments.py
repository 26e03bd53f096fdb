"""`provenance log belief`; `log withdraw` is what `provenance withdraw` was called before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    LayoutOptions,
)
from provenance.cli.hints import NEW_NAMES, option_hints
from provenance.cli.log.corrections import withdraw
from provenance.cli.log.options import NewMakerOption, new_names
from provenance.cli.notes import tell
from provenance.cli.option_groups import grouped
from provenance.core.errors import UsageError
from provenance.core.vocabulary import Authenticity, MarkingState, OutputFormat, Reliability, Tlp
from provenance.core.vocabulary.field import Aspect, CounterfeitKind, IdentificationState

if TYPE_CHECKING:
    from provenance.services.contracts.files import FileLayout

_HINTS = {
    "basis": "Add --basis TEXT.",
    "assessment": "See provenance log belief --help.",
    "several_sources": "Name it: --source KEY",
    **NEW_NAMES,
}


def register_log(log: typer.Typer) -> None:
    """Adds the commands to the group."""
    log.command("belief")(grouped(belief))
    log.command("readings")(readings)
    log.command("withdraw", hidden=True)(withdraw)


def belief(
    context: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(help="Reference of a component, recovery or source, or a source's key."),
    ] = None,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Log every assessment of a table with a column ref, or of a worklist of readings.",
        ),
    ] = None,
    basis: Annotated[
        str | None, typer.Option("--basis", help="The basis: a report, an X-ray, the maker's letter.")
    ] = None,
    said_by: Annotated[
        str | None,
        typer.Option("--said-by", help="Whose assessment it is: a laboratory, a person. Defaults to you."),
    ] = None,
    reliability: Annotated[
        str | None,
        typer.Option("--reliability", help=f"Of a source: {', '.join(Reliability)} or not-assessed."),
    ] = None,
    credibility: Annotated[
        str | None,
        typer.Option("--credibility", help="Of a source's record: 1 to 6 or not-assessed."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", help="The source whose record is assessed, if several report the item."),
    ] = None,
    authenticity: Annotated[
        str | None, typer.Option("--authenticity", help=f"{', '.join(Authenticity)} or not-assessed.")
    ] = None,
    counterfeit_kind: Annotated[
        str | None, typer.Option("--counterfeit-kind", help=f"{', '.join(CounterfeitKind)}.")
    ] = None,
    marking_state: Annotated[
        str | None, typer.Option("--marking-state", help=f"{', '.join(MarkingState)} or not-assessed.")
    ] = None,
    identification: Annotated[
        str | None, typer.Option("--identification", help=f"{', '.join(IdentificationState)}.")
    ] = None,
    maker: Annotated[
        str | None, typer.Option("--maker", help="The maker: whose brand is on it.", autocompletion=firms)
    ] = None,
    mpn: Annotated[str | None, typer.Option("--mpn", help="The part number.")] = None,
    candidate: Annotated[
        int | None,
        typer.Option("--candidate", min=1, help="Maker and part number of this candidate for the marking."),
    ] = None,
    new_maker: NewMakerOption = False,
    tlp: Annotated[str | None, typer.Option("--tlp", help=f"{', '.join(Tlp)} or not-assessed.")] = None,
    *,
    written: LayoutOptions,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log an assessment of a record, with its author and basis; earlier assessments stay on record.

    With --from, all lines are logged or, if one cannot be used, none; the same file again changes nothing.
    The reliability of a source and the credibility of what it reports are assessed separately.

    Example: provenance log belief C-7K3M9-Q2X4H --authenticity suspect --basis X-ray
    """
    if from_ is not None:
        if ref is not None:
            raise UsageError("Give either REF or --from, not both.")
        _log_file(context, from_, new_maker, written.layout, (format, out))
        return
    if ref is None:
        raise UsageError("What is assessed?", hint="Give REF, or --from FILE.")
    from provenance.cli.notes import show_notes
    from provenance.cli.views.assessments import assessment_view
    from provenance.services.assessments import log_assessment
    from provenance.services.contracts.assessments import AssessmentRequest

    aspects = {
        Aspect.RELIABILITY: reliability,
        Aspect.CREDIBILITY: credibility,
        Aspect.AUTHENTICITY: authenticity,
        Aspect.MARKING_STATE: marking_state,
        Aspect.TLP: tlp,
    }
    request = AssessmentRequest(
        ref=ref,
        basis=basis,
        said_by=said_by,
        aspects={aspect: text for aspect, text in aspects.items() if text is not None},
        counterfeit_kind=counterfeit_kind,
        identification=identification,
        maker=maker,
        mpn=mpn,
        candidate=candidate,
        source=source,
        new=new_names(maker=new_maker),
    )
    with option_hints(_HINTS):
        result = log_assessment(context_of(context).workspace(), request)
    show_notes(result.notes)
    printer(format, out).show(result, assessment_view)


def _log_file(
    context: typer.Context,
    file: Path,
    new_maker: bool,
    layout: FileLayout,
    printed: tuple[OutputFormat, Path | None],
) -> None:
    """Logs the assessments of a table."""
    from provenance.cli.notes import show_notes
    from provenance.cli.progress import progress
    from provenance.cli.views.assessments import beliefs_view
    from provenance.services.belief_files import log_belief_file
    from provenance.services.contracts.assessments import BeliefFileRequest

    request = BeliefFileRequest(file=file, new=new_names(maker=new_maker), layout=layout)
    with option_hints(_HINTS | LAYOUT_HINTS), progress(file.name) as on_progress:
        result = log_belief_file(context_of(context).workspace(), request, on_progress)
    show_notes(result.notes)
    printer(*printed).show(result, beliefs_view)


def readings(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The .xlsx file to write.")],
    confidence: Annotated[
        str | None,
        typer.Option("--confidence", help="Only readings of this confidence: certain, likely or possible."),
    ] = None,
    at_least: Annotated[
        int, typer.Option("--at-least", min=1, help="Only readings of at least this many components.")
    ] = 1,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Maximum groups (0 = all).")] = 0,
) -> None:
    """Write what the program reads from markings as a worklist: one line for each marking and part.

    Fill in confirm, reject or other, and on what basis; `provenance log belief --from FILE` logs it. Readings
    of most components come first.

    Example: provenance log readings --out readings.xlsx --confidence certain
    """
    from provenance.cli.views.words import many
    from provenance.services.belief_files import write_reading_worklist
    from provenance.services.contracts.assessments import ReadingsRequest

    request = ReadingsRequest(file=out, at_least=at_least, confidence=confidence, limit=limit)
    done = write_reading_worklist(context_of(context).workspace(), request)
    rest = f" Left out: {many(done.left_out, 'group')}." if done.left_out else ""
    tell(
        f"{out}: {many(done.groups, 'group')} of {many(done.components, 'component')}.{rest}"
        f" Once filled in: provenance log belief --from {out}"
    )
