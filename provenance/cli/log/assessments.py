"""`provenance log belief`; `log withdraw` is what `provenance withdraw` was called before."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.hints import NEW_NAMES, option_hints
from provenance.cli.log.corrections import withdraw
from provenance.cli.log.options import NewMakerOption, new_names
from provenance.core.vocabulary import Authenticity, MarkingState, OutputFormat, Reliability, Tlp
from provenance.core.vocabulary.field import Aspect, CounterfeitKind, IdentificationState

_HINTS = {
    "basis": "Add --basis TEXT.",
    "assessment": "See provenance log belief --help.",
    "several_sources": "Name it: --source KEY",
    **NEW_NAMES,
}


def register_log(log: typer.Typer) -> None:
    """Adds the commands to the group."""
    log.command("belief")(belief)
    log.command("withdraw", hidden=True)(withdraw)


def belief(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="Reference of a component, recovery or source, or a source's key.")
    ],
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
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log an assessment of a record, with its author and basis; earlier assessments stay on record.

    The reliability of a source and the credibility of what it reports are assessed separately.

    Example: provenance log belief C-7K3M9-Q2X4H --authenticity suspect --basis X-ray
    """
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
