"""The process that makes a Ceph cluster in memory, keeps it, and ends with it: run by `ceph.py`.

Its arguments: the folder of programs, a Python that the command `ceph` runs with, ceph.conf, the folder for
data (emptied: a cluster in memory can't be taken up again), the monitor's port, and the user's two keys.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import uuid
from pathlib import Path

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
_PR_SET_PDEATHSIG = 1


class Cluster:
    """One monitor, one storage daemon, one gateway."""

    def __init__(self, programs: Path, python: Path, config: Path, data: Path, port: int) -> None:
        self.programs = programs
        self.python = python
        self.config = config
        self.data = data
        self.port = port
        self.daemons: list[subprocess.Popen[bytes]] = []

    def run(self, key: str, secret: str) -> int:
        """Make the cluster and wait until one of its daemons ends; return that one's code."""
        shutil.rmtree(self.data, ignore_errors=True)
        for folder in ("mon", "osd"):
            (self.data / folder).mkdir(parents=True)
        self._keyring()
        self._monitor()
        self._storage()
        self._call("radosgw-admin", *self._user(key, secret))
        self._daemon("radosgw", "-n", "client.rgw.a", "-f")
        _, status = os.wait()
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        """End the daemons at once: nothing of theirs is to be kept."""
        for daemon in self.daemons:
            daemon.kill()
        for daemon in self.daemons:
            daemon.wait()

    def _keyring(self) -> None:
        # cephx and not "none": without keys radosgw 20 fails with -13.
        create = ["--create-keyring"]
        for name, *rights in (
            ("mon.", "mon", "allow *"),
            ("client.admin", "mon", "allow *", "osd", "allow *", "mgr", "allow *"),
            ("osd.0", "mon", "allow profile osd", "osd", "allow *"),
            ("client.rgw.a", "mon", "allow *", "osd", "allow *"),
        ):
            caps = [word for pair in zip(rights[::2], rights[1::2], strict=True) for word in ("--cap", *pair)]
            keyring = self.data / "keyring"
            self._call("ceph-authtool", keyring, *create, "--gen-key", "-n", name, *caps, configured=False)
            create = []

    def _monitor(self) -> None:
        monmap, cluster = self.data / "monmap", str(uuid.uuid4())
        address = f"[v2:127.0.0.1:{self.port}]"
        self._call(
            "monmaptool", "--create", "--fsid", cluster, "--addv", "a", address, monmap, configured=False
        )
        self._call("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap, "--keyring", self.data / "keyring")
        self._daemon("ceph-mon", "-i", "a", "-f")

    def _storage(self) -> None:
        identity = str(uuid.uuid4())
        usr = self.programs.parent / "usr"
        environment = {"PYTHONHOME": str(usr), "PYTHONPATH": str(usr / "lib/python3/dist-packages")}
        ceph = [self.python, usr / "bin/ceph", "-c", self.config, "--connect-timeout", "30"]
        subprocess.run([*ceph, "osd", "new", identity, "0"], env=os.environ | environment, check=True)
        self._call("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", identity)
        self._daemon("ceph-osd", "-i", "0", "-f")

    def _user(self, key: str, secret: str) -> list[str]:
        return [
            *("user", "create", "--uid=pis", "--display-name=PIS"),
            *(f"--access-key={key}", f"--secret-key={secret}"),
        ]

    def _call(self, program: str, *arguments: str | Path, configured: bool = True) -> None:
        conf = ("-c", self.config) if configured else ()
        subprocess.run([self.programs / program, *conf, *arguments], check=True)

    def _daemon(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, "-c", self.config, *arguments]
        self.daemons.append(subprocess.Popen(command, preexec_fn=_end_with_parent))


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> int:
    programs, python, config, data, port, key, secret = sys.argv[1:]
    cluster = Cluster(Path(programs), Path(python), Path(config), Path(data), int(port))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return cluster.run(key, secret)
    finally:
        cluster.end()


if __name__ == "__main__":
    raise SystemExit(main())
