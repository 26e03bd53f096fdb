"""Builds the offline kit: a folder for a USB stick, complete for Linux and Windows, and tests it.

    python kit/build.py [FOLDER]

It needs the package registry once, while it is built; the result needs no network. The test installs the
kit on this machine without a network and asks the sample its first question; for Python versions that are
not here it looks up every requirement in the folder, with the markers of that machine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from targets import PYTHONS, TARGETS, Target, lacking

HERE = Path(__file__).parent
CHECKOUT = HERE.parent
SCRIPTS = ("install.sh", "install.bat", "check.py", "instructions.html")
MANIFEST = "MANIFEST.sha256"
ROUNDS = 4


def run(*words: str | Path, **options: object) -> None:
    """Runs a command and stops the build if it fails."""
    subprocess.run([str(word) for word in words], check=True, **options)  # type: ignore[call-overload]  # options are subprocess.run's own


def pip(*words: str | Path) -> None:
    """This interpreter's pip."""
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", *words)


def build_wheel(wheels: Path) -> str:
    """Builds the program's own wheel; returns its requirement with the version."""
    pip("wheel", "--no-deps", "--wheel-dir", wheels, CHECKOUT)
    own = next(wheels.glob("provenance-*.whl"))
    return f"provenance=={own.name.split('-')[1]}"


def download(wheels: Path, target: Target, wanted: list[str]) -> None:
    """Downloads wheels for a target, with their requirements by this machine's markers."""
    choice = [
        *(f"--platform={platform}" for platform in target.platforms),
        *(f"--abi={abi}" for abi in target.abis),
        f"--python-version={target.python}",
        "--implementation=cp",
        "--only-binary=:all:",
    ]
    constraints = f"--constraint={CHECKOUT / 'constraints.txt'}"
    pip("download", f"--dest={wheels}", f"--find-links={wheels}", constraints, *choice, *wanted)


def gather(wheels: Path, wanted: str) -> None:
    """Downloads everything that every target needs, until nothing is missing."""
    for target in TARGETS:
        print(f"  {target}", flush=True)
        missing = [wanted, "pip"]
        for _round in range(ROUNDS):
            download(wheels, target, missing)
            missing = [*lacking(wheels, target, wanted), *lacking(wheels, target, "pip")]
            if not missing:
                break
        else:
            sys.exit(f"The kit is not complete for {target}: {', '.join(missing)}")


def write_scripts(kit: Path) -> None:
    """Copies the install scripts and the instructions next to the wheels."""
    for name in SCRIPTS:
        text = (HERE / name).read_text(encoding="utf-8")
        end = "\r\n" if name.endswith(".bat") else "\n"
        (kit / name).write_text(text, encoding="utf-8", newline=end)
    (kit / "install.sh").chmod(0o755)
    shutil.copyfile(CHECKOUT / "LICENSE", kit / "LICENSE")
    (kit / "python").mkdir()
    (kit / "python" / "PUT-PYTHON-HERE.txt").write_text(
        "Windows without Python: before you leave the network, put the installer of 64-bit Python"
        f" {' or '.join(PYTHONS)} (from python.org) into this folder.\n"
        "Windows без Python: поки є мережа, покладіть сюди інсталятор 64-розрядного Python"
        f" {' або '.join(PYTHONS)} (з python.org).\n",
        encoding="utf-8",
    )


def write_manifest(kit: Path) -> int:
    """Writes the SHA-256 of every file; returns how many there are."""
    files = sorted(path for path in kit.rglob("*") if path.is_file() and path.name != MANIFEST)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(kit).as_posix()}\n"
        for path in files
    ]
    (kit / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(files)


def prove(kit: Path) -> None:
    """Installs the kit without a network, and asks the sample; resolves it for the other Pythons."""
    cut_off = ["unshare", "--map-root-user", "--net"]
    works = shutil.which("unshare") and subprocess.run([*cut_off, "true"], check=False).returncode == 0
    if not works:
        print("  (no network namespace here: only the empty package index keeps the network out)")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {
            "HOME": folder,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PIP_NO_INDEX": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PROVENANCE_PYTHON": sys.executable,
        }
        before = cut_off if works else []
        run(*before, "sh", kit / "install.sh", home / "field", env=environment, cwd=folder)
        own = home / "field" / "provenance"
        run(*before, own, "init", "--sample", env=environment, cwd=folder)
        run(*before, own, "top", "--limit", "5", env=environment, cwd=folder)
    for target in TARGETS:
        wanted = f"provenance=={own_version(kit)}"
        missing = lacking(kit / "wheels", target, wanted)
        if missing:
            sys.exit(f"Not complete for {target}: {', '.join(missing)}")
        with tempfile.TemporaryDirectory() as folder:
            resolve(kit, target, wanted, Path(folder))
        print(f"  complete for {target}", flush=True)


def resolve(kit: Path, target: Target, wanted: str, folder: Path) -> None:
    """Lets pip resolve everything for a target from the kit alone."""
    choice = [
        *(f"--platform={platform}" for platform in target.platforms),
        *(f"--abi={abi}" for abi in target.abis),
        f"--python-version={target.python}",
    ]
    only = ["--only-binary=:all:", "--implementation=cp", "--no-index", f"--find-links={kit / 'wheels'}"]
    pip("install", "--dry-run", f"--target={folder}", *only, *choice, wanted)


def own_version(kit: Path) -> str:
    """The version of the program in the kit."""
    return next((kit / "wheels").glob("provenance-*.whl")).name.split("-")[1]


def main() -> None:
    """Builds the kit and tests it."""
    kit = Path(sys.argv[1] if len(sys.argv) > 1 else CHECKOUT / "dist" / "kit").absolute()
    shutil.rmtree(kit, ignore_errors=True)
    wheels = kit / "wheels"
    wheels.mkdir(parents=True)
    print("Wheels for:", flush=True)
    gather(wheels, build_wheel(wheels))
    write_scripts(kit)
    files = write_manifest(kit)
    size = sum(path.stat().st_size for path in kit.rglob("*") if path.is_file())
    print("Test without a network:", flush=True)
    prove(kit)
    print(f"The kit: {files:,} files, {size / 1e6:,.0f} MB, in {kit}")


if __name__ == "__main__":
    main()
