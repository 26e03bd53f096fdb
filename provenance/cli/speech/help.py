"""Help in another language: every command's and option's text, and the headings around them."""

from __future__ import annotations

from typing import Any

from provenance.cli.speech.language import said

_PARAGRAPH = "\n\n"


def with_help_in_words(command: Any) -> Any:
    """A command and all below it with their help in the language that is spoken."""
    command.help = _paragraphs(command.help)
    command.short_help = said(command.short_help) if command.short_help else command.short_help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = said(parameter.help)
    _speak_headings(command)
    for each in getattr(command, "commands", {}).values():
        with_help_in_words(each)
    return command


def _paragraphs(text: str | None) -> str | None:
    """A help text, paragraph by paragraph; how its lines were broken in the code does not matter."""
    if not text:
        return text
    return _PARAGRAPH.join(said(" ".join(paragraph.split())) for paragraph in text.split(_PARAGRAPH))


def _speak_headings(command: Any) -> None:
    """Lets the command's context write the headings and the usage in the language that is spoken."""
    usual = command.context_class
    formatter: Any = usual.formatter_class

    def write_heading(self: Any, heading: str) -> None:
        formatter.write_heading(self, said(heading))

    def write_usage(self: Any, prog: str, args: str = "", prefix: str | None = None) -> None:
        formatter.write_usage(self, prog, args, said("Usage: ") if prefix is None else prefix)

    spoken = type(
        "SpokenFormatter", (formatter,), {"write_heading": write_heading, "write_usage": write_usage}
    )
    command.context_class = type("SpokenContext", (usual,), {"formatter_class": spoken})
