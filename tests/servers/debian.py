"""Programs from any Debian suite, unpacked beside the machine.

apt resolves, downloads and verifies the whole closure of a package (the C library included) into a private
folder, told that nothing at all is installed; the archives are unpacked, and the programs run through the
folder's own loader. No chroot, no maintainer scripts, no root: the machine's own packages are not touched.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .home import InstallError, downloads, locked, remove

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


@dataclass(frozen=True)
class Tree:
    """An unpacked set of packages."""

    root: Path

    def find(self, pattern: str) -> Path:
        """Return the one path that matches `pattern` below the root."""
        found = sorted(self.root.glob(pattern))
        if not found:
            raise InstallError(f"there is no {pattern} in {self.root}: did the package move it?")
        return found[0]

    def program(self, path: str) -> Path:
        """Return a script that runs the program at `path` with this tree's own loader and libraries."""
        script = self.root / "run" / Path(path).name
        script.parent.mkdir(exist_ok=True)
        self._write_script(script, self.find(path))
        return script

    def wrap_in_place(self, folder: str) -> Path:
        """Put such a script in the place of every program of `folder`: some start their neighbours."""
        place = self.find(folder)
        originals = place / ".originals"
        if not originals.exists():
            programs = [path for path in place.iterdir() if path.is_file() and not path.is_symlink()]
            draft = place / ".originals.new"
            draft.mkdir(exist_ok=True)
            for path in programs:
                path.rename(draft / path.name)
            draft.rename(originals)
        for original in originals.iterdir():
            self._write_script(place / original.name, original)
        return place

    def _write_script(self, script: Path, program: Path) -> None:
        loader = self.find("usr/lib*/ld-linux*.so.*")
        libraries = [path for path in self.root.glob("usr/lib/*-linux-gnu*") if path.is_dir()]
        libraries += sorted(self.root.glob("usr/lib/**/private")) + sorted(self.root.glob("usr/lib/*/ceph"))
        path = ":".join(map(str, libraries))
        script.write_text(
            f'#!/bin/sh\nexec "{loader}" --argv0 "$0" --library-path "{path}" "{program}" "$@"\n'
        )
        script.chmod(0o755)


def unpack(suite: str, *packages: str) -> Tree:
    """Return the tree of `packages` and all they depend on, downloading it unless an earlier run did.

    Raises InstallError if apt is missing, the mirror does not answer, or a package cannot be installed today.
    """
    digest = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:8]
    tree = downloads() / f"{suite}-{packages[0]}-{digest}"
    with locked(tree.with_name(f"{tree.name}.lock")):
        if not tree.exists():
            draft, work = tree.with_name(f"{tree.name}.new"), tree.with_name(f"{tree.name}.apt")
            for folder in (draft, work):  # of a run that was killed
                remove(folder)
            for archive in _download(work, suite, packages):
                _extract(archive, draft)
            draft.rename(tree)
            remove(work)
    return Tree(tree)


def _download(work: Path, suite: str, packages: tuple[str, ...]) -> list[Path]:
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise InstallError("there is no apt-get on this machine")
    for folder in ("lists/partial", "cache/archives/partial", "etc"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()  # "nothing is installed": apt then resolves the whole closure
    (work / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {suite} main\n")
    options = {
        "Dir::Etc": work / "etc",
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::State": work,
        "Dir::State::lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",  # the _apt user could not enter the folder
        "Debug::NoLocking": "1",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
    }
    apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]
    _run([*apt, "-oAPT::Update::Error-Mode=any", "update"])
    _run([*apt, "-y", "--no-install-recommends", "--download-only", "install", *packages])
    return sorted((work / "cache" / "archives").glob("*.deb"))


def _mirror() -> str:
    """Return the mirror that this machine is set up with, rather than one of ours."""
    release = Path("/etc/os-release").read_text()
    codename = re.search(r"^VERSION_CODENAME=\"?(\w+)", release, re.MULTILINE)
    indexes = _run(["apt-get", "update", "--print-uris"])
    found = re.search(
        rf"^'(\S+)/dists/{codename[1] if codename else 'stable'}/InRelease'", indexes, re.MULTILINE
    )
    if not found or not re.search(r"^ID=debian$", release, re.MULTILINE):
        raise InstallError("this machine is not set up with a mirror of Debian's packages")
    return found[1]


def _extract(archive: Path, root: Path) -> None:
    for name in ("bin", "sbin", "lib", "lib64"):  # links that one package makes by script on a real machine
        (root / "usr" / name).mkdir(parents=True, exist_ok=True)
        if not (root / name).is_symlink():
            (root / name).symlink_to(f"usr/{name}")
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as tar:
        _run(["tar", "-x", "-C", str(root), "--keep-directory-symlink", "--no-same-owner"], stdin=tar.stdout)
    if tar.returncode:
        raise InstallError(f"{archive.name} could not be unpacked")


def _run(command: list[str], stdin: IO[bytes] | int | None = subprocess.DEVNULL) -> str:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=stdin, capture_output=True, text=True, env=environment)
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        reason = [line for line in lines if line.startswith(("E:", " "))] or lines
        raise InstallError(f"{command[0]} {command[-1]}: " + " ".join(map(str.strip, reason[-6:])))
    return done.stdout
