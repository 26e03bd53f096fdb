"""The offline kit: complete for a machine that is not this one, judged by that machine's markers.

`make kit` proves the rest: it installs what it built without a network.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import CHECKOUT

KIT = CHECKOUT / "kit"


@pytest.fixture
def targets(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The kit's own module; the kit is no package."""
    monkeypatch.syspath_prepend(str(KIT))
    import targets

    return targets


def wheel(folder: Path, name: str, version: str, *needs: str, tag: str = "py3-none-any") -> None:
    """A wheel with nothing in it but what it needs."""
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {need}" for need in needs]
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n")


class TestComplete:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A program that needs a library everywhere, colours on Windows, a backport before 3.12."""
        wheel(
            tmp_path,
            "program",
            "1.0",
            "library[fast]>=2",
            'colours; sys_platform == "win32"',
            'backport; python_version < "3.12"',
            'driver; extra == "postgres"',
        )
        wheel(tmp_path, "library", "2.1", 'speedups; extra == "fast"', 'slow; extra == "slow"')
        return tmp_path

    def lacking(self, targets: Any, folder: Path) -> dict[str, list[str]]:
        """What each target lacks."""
        return {str(each): targets.lacking(folder, each, "program==1.0") for each in targets.TARGETS}

    def test_each_machine_lacks_its_own(self, targets: Any, folder: Path) -> None:
        assert self.lacking(targets, folder) == {
            "linux, Python 3.11": ["backport", "speedups"],
            "linux, Python 3.12": ["speedups"],
            "linux, Python 3.13": ["speedups"],
            "windows, Python 3.11": ["backport", "colours", "speedups"],
            "windows, Python 3.12": ["colours", "speedups"],
            "windows, Python 3.13": ["colours", "speedups"],
        }

    def test_a_wheel_of_another_machine_does_not_do(self, targets: Any, folder: Path) -> None:
        wheel(folder, "colours", "1.0")
        wheel(folder, "backport", "1.0")
        wheel(folder, "speedups", "1.0", tag="cp311-cp311-manylinux_2_17_x86_64")
        wheel(folder, "speedups", "1.0", tag="cp312-abi3-win_amd64")
        assert {name for name, missing in self.lacking(targets, folder).items() if not missing} == {
            "linux, Python 3.11",
            "windows, Python 3.12",
            "windows, Python 3.13",
        }

    def test_a_version_that_is_too_old_does_not_do(self, targets: Any, tmp_path: Path) -> None:
        wheel(tmp_path, "program", "1.0", "library>=3")
        wheel(tmp_path, "library", "2.1")
        assert targets.lacking(tmp_path, targets.TARGETS[0], "program==1.0") == ["library>=3"]

    def test_too_new_a_glibc_does_not_do(self, targets: Any, tmp_path: Path) -> None:
        wheel(tmp_path, "program", "1.0", tag="cp311-cp311-manylinux_2_39_x86_64")
        assert targets.lacking(tmp_path, targets.TARGETS[0], "program") == ["program"]


class TestCheck:
    """check.py, the first thing that both install scripts run."""

    @pytest.fixture
    def kit(self, tmp_path: Path) -> Path:
        """A kit of one file beside check.py."""
        for name in ("check.py", "wheels/a.whl"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((KIT / "check.py").read_bytes())
        digest = hashlib.sha256((KIT / "check.py").read_bytes()).hexdigest()
        (tmp_path / "MANIFEST.sha256").write_text(f"{digest}  check.py\n{digest}  wheels/a.whl\n")
        return tmp_path

    def checked(self, kit: Path) -> subprocess.CompletedProcess[str]:
        """What check.py says."""
        return subprocess.run(
            [sys.executable, str(kit / "check.py")],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def test_whole(self, kit: Path) -> None:
        done = self.checked(kit)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("2 files are intact.")

    @pytest.mark.parametrize("gone", [True, False])
    def test_damaged_or_missing(self, kit: Path, gone: bool) -> None:
        (kit / "wheels" / "a.whl").unlink() if gone else (kit / "wheels" / "a.whl").write_bytes(b"x")
        done = self.checked(kit)
        assert done.returncode == 1
        assert "wheels/a.whl" in done.stderr and "скопіюйте" in done.stderr


class TestScripts:
    @pytest.mark.parametrize("name", ["install.sh", "install.bat"])
    def test_nothing_is_fetched(self, name: str) -> None:
        text = (KIT / name).read_text(encoding="utf-8")
        assert "--no-index" in text and "PIP_NO_INDEX" in text and "PIP_CONFIG_FILE" in text
        assert not re.search(r"https?://", text)

    def test_the_shell_takes_it(self) -> None:
        subprocess.run(["sh", "-n", str(KIT / "install.sh")], check=True)

    def test_every_command_in_the_instructions_is_one(self) -> None:
        import typer

        from provenance.cli.main import app

        text = (KIT / "instructions.html").read_text(encoding="utf-8")
        commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a Typer with several commands is a group
        said = set(re.findall(r"\./provenance (\w+)(?: (\w+))?", text))
        assert len(said) > 5
        for first, second in said:
            assert first in commands, first
            if second and hasattr(commands[first], "commands"):
                assert second in commands[first].commands, f"{first} {second}"

    def test_both_languages_say_the_same_commands(self) -> None:
        text = (KIT / "instructions.html").read_text(encoding="utf-8")
        english, ukrainian = text.split('<section lang="uk">')
        pattern = re.compile(r"\./provenance(?: [a-z]+)*|--[a-z-]+")
        assert pattern.findall(english.split('<section lang="en">')[1]) == pattern.findall(ukrainian)
