"""Settings: the database and the actor; only the command line reads them."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, from the options before the command or from the environment.

    ``database`` is an SQLAlchemy URL; ``actor`` the name that goes into the audit trail.
    """

    database: str
    actor: str


def default_database() -> Path:
    """The SQLite file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("provenance", appauthor=False) / "provenance.schema.db"


def database_url(given: str | None) -> str:
    """The SQLAlchemy URL for a URL or a path; defaults to ``PROVENANCE_DB``, then to the default file."""
    text = given or os.environ.get("PROVENANCE_DB") or str(default_database())
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if text.startswith("postgresql://"):
        return "postgresql+psycopg://" + text.removeprefix("postgresql://")
    if "://" in text:
        return text
    return f"sqlite:///{Path(text).expanduser().absolute().as_posix()}"


def actor_name(given: str | None) -> str:
    """The actor: the option, then ``PROVENANCE_ACTOR``, then the login name."""
    if name := given or os.environ.get("PROVENANCE_ACTOR"):
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a user id that has no name.
        return "unknown"


def store_folder(given: Path | None) -> Path | None:
    """The folder of the evidence store: the option, then ``PROVENANCE_STORE``; None where neither is set."""
    text = str(given) if given is not None else os.environ.get("PROVENANCE_STORE")
    return Path(text).expanduser().absolute() if text else None


def passphrase() -> str | None:
    """What opens encrypted backups, from ``PROVENANCE_PASSPHRASE``; None where a person is to be asked."""
    return os.environ.get("PROVENANCE_PASSPHRASE")


def drafts_folder(database: str) -> Path:
    """Unfinished entries are in ``PROVENANCE_DRAFTS``, else beside an SQLite file, else the user's."""
    from platformdirs import user_state_path

    from provenance.services.drafts import drafts_of

    given = os.environ.get("PROVENANCE_DRAFTS")
    folder = Path(given).expanduser().absolute() if given else None
    return drafts_of(database, folder, user_state_path("provenance", appauthor=False) / "drafts")


def read_settings(database: str | None, actor: str | None) -> Settings:
    """Sets both."""
    return Settings(database=database_url(database), actor=actor_name(actor))
