"""`provenance db backup`, `db restore`, `db key`: the whole of a database in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.evidence.options import StoreOption
from provenance.cli.hints import BACKUPS, option_hints
from provenance.cli.progress import file_progress
from provenance.cli.settings import passphrase, store_folder
from provenance.core.errors import IntegrityFailure
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.services.contracts.backups import BackupResult
    from provenance.services.workspace import Workspace

FileArgument = Annotated[Path, typer.Argument(help="The backup.", dir_okay=False)]
PassphraseOption = Annotated[
    bool,
    typer.Option("--passphrase", help="Ask for a passphrase, or take it from PROVENANCE_PASSPHRASE."),
]


def register(group: typer.Typer) -> None:
    """Adds the commands to those of the database."""
    group.command("backup")(backup)
    group.command("restore")(restore)
    group.command("key")(key)


def backup(
    context: typer.Context,
    file: FileArgument,
    encrypt: Annotated[
        list[str] | None,
        typer.Option("--encrypt", help="Only who has this key can open it: age1…; repeatable."),
    ] = None,
    ask_passphrase: PassphraseOption = False,
    store: StoreOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Write the database and its evidence to one file, while others go on writing; verified after writing.

    The file is a ZIP with a bag (BagIt), which standard tools open and check; encrypted, it is an age file.

    Example: provenance db backup /media/stick/2026-12-01.zip
    """
    from provenance.services import backups
    from provenance.services.contracts.backups import BackupRequest

    request = BackupRequest(
        file=file,
        recipients=tuple(encrypt or ()),
        passphrase=_passphrase(twice=True) if ask_passphrase else None,
    )
    with option_hints(BACKUPS), file_progress("Files") as on_progress:
        found = backups.back_up(_workspace(context, store), request, on_progress)
    _show(found, format, out)
    if found.absent or found.faults:
        absent = [f"{name} is not in the store" for name in found.absent]
        named = "; ".join([*found.faults, *absent][:5])
        raise IntegrityFailure(
            f"The backup holds all that there is, and that is not sound: {named}",
            hint="All of it: provenance db check and provenance evidence verify.",
        )


def restore(
    context: typer.Context,
    file: FileArgument,
    ask_passphrase: PassphraseOption = False,
    key_file: Annotated[
        Path | None, typer.Option("--key", help="A file with the secret key (db key).", dir_okay=False)
    ] = None,
    store: StoreOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Restore a backup to a place without a database; every file is verified first, and it is all or nothing.

    Example: provenance --db restored.db db restore /media/stick/2026-12-01.zip
    """
    from provenance.services import backups
    from provenance.services.contracts.backups import RestoreRequest

    request = RestoreRequest(
        file=file, passphrase=_passphrase(twice=False) if ask_passphrase else None, key_file=key_file
    )
    with option_hints(BACKUPS), file_progress("Files") as on_progress:
        found = backups.bring_back(_workspace(context, store), request, on_progress)
    _show(found, format, out)


def key(
    file: Annotated[Path, typer.Argument(help="A new file for the secret half.", dir_okay=False)],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Make a key: backups are encrypted for its public half and opened with its secret half.

    Keep the file apart from the backups: without it nobody can open them.

    Example: provenance db key backup.key
    """
    from provenance.cli.views.backups import key_sections
    from provenance.services import backups

    printer(format, out).show(backups.make_key(file), key_sections)


def _workspace(context: typer.Context, store: Path | None) -> Workspace:
    return context_of(context).workspace(store=store_folder(store))


def _passphrase(*, twice: bool) -> str:
    given = passphrase()
    if given is not None:
        return given
    asked: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True)
    return asked


def _show(found: BackupResult, format: OutputFormat, out: Path | None) -> None:
    from provenance.cli.views.backups import backup_sections

    printer(format, out).show(found, backup_sections)
