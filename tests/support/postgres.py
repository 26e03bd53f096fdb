"""A PostgreSQL server for the length of a test run, and databases in it.

The server is a throw-away one from the machine's own binaries, reachable through a socket in its own
temporary folder and nothing else; or the one that ``PROVENANCE_TEST_POSTGRES`` names.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url

from provenance.cli.settings import database_url

NAMED_SERVER = "PROVENANCE_TEST_POSTGRES"
"""Environment variable with the address of a server on which the tests may create databases."""

_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_UNPRIVILEGED = ("postgres", "nobody")
_LOCALES = (
    ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ("--locale=C.UTF-8",),
    ("--locale-provider=icu", "--icu-locale=und", "--locale=C"),
    ("--locale=en_US.UTF-8",),
)
"""Tried in turn: under the plain C locale PostgreSQL knows no letters but ASCII's."""

_FAST = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

_MEMORY = Path("/dev/shm")
_ENOUGH_BYTES = 2**30
"""A database is some hundreds of small files, which are made far faster in memory where there is room."""

# The keeper outlives a killed test run: its standard input ends when the run does, however it ends.
_KEEPER = 'cat >/dev/null; "$1" stop -D "$2/data" -m immediate >/dev/null 2>&1; rm -rf "$2"'


class NoServer(Exception):
    """There is no PostgreSQL to test on; the message says why."""


def _binaries() -> Path | None:
    """The folder of the machine's PostgreSQL programs: PATH, pg_config, then the usual places."""
    for folder in _candidate_folders():
        if all((folder / program).is_file() for program in _PROGRAMS):
            return folder
    return None


def _candidate_folders() -> Iterator[Path]:
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        if said.returncode == 0:
            yield Path(said.stdout.strip())
    for place in _PLACES:
        yield from sorted(Path("/").glob(place.removeprefix("/")), key=_version, reverse=True)


def _version(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def _account() -> dict[str, Any]:
    """How a subprocess becomes somebody without privileges; PostgreSQL refuses to serve root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer(f"run by root, and there is no account {' or '.join(_UNPRIVILEGED)} to serve as")


@dataclass(frozen=True)
class Server:
    """A server on which databases can be made; ``admin`` is an address of one that is there already.

    ``roomy`` says that databases need not go before the server does, with all of them.
    """

    admin: URL
    roomy: bool

    def create(self, template: str | None = None) -> str:
        """The address of a new database, empty or a copy of the one at the address ``template``."""
        name = f"provenance_test_{uuid.uuid4().hex}"
        if template is not None:
            self._execute(f'CREATE DATABASE {name} TEMPLATE "{make_url(template).database}"')
        else:
            self._execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.admin.set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Drops a database, whoever is still connected; one that goes with its server anyway stays."""
        if not self.roomy:
            self._execute(f'DROP DATABASE IF EXISTS "{make_url(address).database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        import psycopg

        address = self.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server() -> Iterator[Server]:
    """The server of this test run.

    Raises:
        NoServer: none is named, and none can be started.
    """
    try:
        import psycopg  # noqa: F401 - only whether it is there
    except ModuleNotFoundError:
        raise NoServer("the driver psycopg is not installed") from None
    if named := os.environ.get(NAMED_SERVER):
        yield Server(make_url(database_url(named)), roomy=False)
        return
    with _throw_away() as thrown_away:
        yield thrown_away


@contextmanager
def _throw_away() -> Iterator[Server]:
    if os.name != "posix":
        raise NoServer(f"no throw-away server on this system; name one in {NAMED_SERVER}")
    programs = _binaries()
    if programs is None:
        raise NoServer(f"no PostgreSQL programs on this machine, and {NAMED_SERVER} names no server")
    account = _account()
    in_memory = _has_room(_MEMORY)
    # A socket's path may be about a hundred characters long; a deep TMPDIR is longer than that.
    place = _MEMORY if in_memory else next(filter(Path.is_dir, [Path("/tmp")]), None)
    with tempfile.TemporaryDirectory(prefix="pg-", dir=place, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if account:
            os.chown(folder, account["user"], account["group"])
        _initialise(programs, folder, account)
        with _serving(programs, folder, account):
            address = URL.create(
                "postgresql+psycopg", "tester", database="postgres", query={"host": str(folder)}
            )
            yield Server(address, roomy=not in_memory)


def _has_room(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ENOUGH_BYTES


def _initialise(programs: Path, folder: Path, account: dict[str, Any]) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", "tester", "-A", "trust", "-N", "-E", "UTF8"]
    for locale in _LOCALES:
        tried = _call([*command, *locale], folder, account)
        if tried.returncode == 0:
            return
    raise NoServer(f"initdb fails: {tried.stderr.strip()}")


def _call(command: list[Any], folder: Path, account: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C", "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **account,
    )


@contextmanager
def _serving(programs: Path, folder: Path, account: dict[str, Any]) -> Iterator[None]:
    control = programs / "pg_ctl"
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", _KEEPER, "keeper", control, folder],
        cwd="/",
        stdin=subprocess.PIPE,
        start_new_session=True,
        **account,
    )
    try:
        log = folder / "log"
        options = f"-k {folder} {_FAST}"
        started = _call(
            [control, "start", "-w", "-D", folder / "data", "-l", log, "-o", options], folder, account
        )
        if started.returncode != 0:
            told = log.read_text(errors="replace") if log.exists() else started.stderr
            raise NoServer(f"the server does not start: {told.strip()}")
        yield
    finally:
        keeper.communicate()
