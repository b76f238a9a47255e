"""``pis-data storage``, as it is typed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from pis_data.storage.local import LocalStorage


class Shell:
    """Runs the command in a folder, with a configured store or none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("STORAGE_", "MINIO_"))
        }

    def __call__(
        self, *arguments: str, stdin: bytes = b"", code: int = 0
    ) -> subprocess.CompletedProcess[bytes]:
        result = subprocess.run(
            [sys.executable, "-m", "pis_data", "storage", *arguments],
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert result.returncode == code, result.stderr.decode()
        assert b"Traceback" not in result.stderr
        return result

    def json(self, *arguments: str, code: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", code=code).stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def store(shell: Shell, local: LocalStorage) -> LocalStorage:
    shell.environment |= {"STORAGE_TYPE": "local", "STORAGE_PATH": str(local.path)}
    return local


def test_one_object_from_beginning_to_end(shell: Shell, store: LocalStorage) -> None:
    data = os.urandom(2_000_000)
    (shell.folder / "照 片.jpg").write_bytes(data)
    put = shell.json("put", "照 片.jpg", "raw/album/", "--metadata", "who=张三", "--metadata", "eq=a=b")
    assert (put["key"], put["size"]) == ("raw/album/照 片.jpg", len(data))
    stat = shell.json("stat", "raw/album/照 片.jpg")
    assert stat == put
    assert (stat["content_type"], stat["metadata"]) == ("image/jpeg", {"who": "张三", "eq": "a=b"})
    assert "who=张三" in shell("stat", "raw/album/照 片.jpg").stdout.decode()
    (shell.folder / "out").mkdir()
    assert shell.json("get", "raw/album/照 片.jpg", "out")["path"] == "out/照 片.jpg"
    assert (shell.folder / "out" / "照 片.jpg").read_bytes() == data
    assert shell("get", "raw/album/照 片.jpg", "-").stdout == data
    assert shell.json("rm", "raw/album/照 片.jpg", "never") == {"ok": True, "failed": []}
    assert list(store.list()) == []


def test_ls(shell: Shell, store: LocalStorage) -> None:
    for number in range(5):
        store.upload(f"raw/{number}", b"x" * number)
    store.upload("other", b"")
    lines = shell("ls", "raw/").stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == ["0", "1", "2", "3", "4"]
    assert lines[4].endswith("raw/4")
    page = shell.json("ls", "raw/", "--limit", "2", "--start-after", "raw/1")
    assert [item["key"] for item in page["objects"]] == ["raw/2", "raw/3"]
    assert page["more"] is True
    assert shell.json("ls", "raw/", "--limit", "5")["more"] is False
    assert shell.json("ls", "none/") == {"objects": [], "more": False}
    assert b"--start-after 'raw/1' goes on" in shell("ls", "raw/", "--limit", "2").stderr


def test_put_from_standard_input_and_create_only(shell: Shell, store: LocalStorage) -> None:
    shell("put", "-", "a.bin", "--content-type", "image/x-odd", "--no-replace", stdin=b"from a pipe")
    assert store.download("a.bin") == b"from a pipe"
    assert store.stat("a.bin").content_type == "image/x-odd"
    refused = shell("put", "-", "a.bin", "--no-replace", stdin=b"again", code=1)
    assert b"already" in refused.stderr
    assert store.download("a.bin") == b"from a pipe"


def test_urls(shell: Shell, store: LocalStorage) -> None:
    read = shell.json("url", "a b.jpg", "--expires", "60", "--download-name", "照.jpg")
    grant = store.signer.verify("GET", "a b.jpg", read["url"].partition("?")[2])
    assert (read["method"], read["expires"], grant.download_name) == ("GET", 60, "照.jpg")
    write = shell("url", "a", "--put", "--content-type", "image/png").stdout.decode().strip()
    assert store.signer.verify("PUT", "a", write.partition("?")[2]).content_type == "image/png"
    assert shell("url", "a b", "--public").stdout == b"http://127.0.0.1:8333/a%20b\n"
    for wrong in (
        ["--put", "--public"],
        ["--content-type", "a/b"],
        ["--put", "--download-name", "a"],
        ["--expires", "0"],
    ):
        shell("url", "a", *wrong, code=2)


def test_another_store(shell: Shell, store: LocalStorage, tmp_path: Path) -> None:
    other = LocalStorage(tmp_path / "other")
    other.ensure_bucket()
    other.upload("only here", b"x")
    shell.environment |= {"OLD_STORAGE_TYPE": "local", "OLD_STORAGE_PATH": str(other.path)}
    for name in ("env:OLD_", f"file://{other.path}"):
        assert shell.json("stat", "only here", "--store", name)["size"] == 1
    shell("stat", "only here", code=1)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("stat", "none"), 1, "there is no object 'none'"),
        (("get", "none"), 1, "there is no object 'none'"),
        (("get", "a", "-", "--json"), 2, "both take standard output"),
        (("get", "a/../b"), 1, "segment '.' or '..'"),
        (("put", "no-such-file", "a"), 2, "can't read no-such-file"),
        (("put", ".", "a"), 2, "can't read"),
        (("put", "-", "a", "--metadata", "x"), 2, "NAME=VALUE"),
        (("put", "-", "a", "--content-type", "x"), 2, "type/subtype"),
        (("ls", "--store", "nonsense"), 2, "env:PREFIX"),
        (("ls", "--store", "file:///no/such/folder"), 1, "does not exist"),
        (("ls", "--store", "minio://KEY:s3cret@127.0.0.1:9/bucket?ssl=false"), 1, "can't be reached"),
        (("serve", "--store", "minio://KEY:s3cret@127.0.0.1:9/bucket?ssl=false"), 1, "only local"),
        (("serve", "--store", "file:///no/such/folder"), 1, "does not exist"),
    ],
)
def test_what_goes_wrong_is_said_in_words(
    shell: Shell, store: LocalStorage, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = shell(*arguments, code=code)
    assert says in " ".join(result.stderr.decode().replace("│", " ").split())
    assert b"s3cret" not in result.stderr
    assert result.stdout == b""
    assert list(store.list()) == []


def test_without_configuration_a_folder_here_is_used_and_said(shell: Shell) -> None:
    result = shell("put", "-", "a", stdin=b"x")
    assert b"./pis-data/storage" in result.stderr
    assert shell("get", "a", "-").stdout == b"x"
    assert LocalStorage(shell.folder / "pis-data" / "storage").exists("a")


def test_a_configured_store_is_created_only_when_asked(shell: Shell, tmp_path: Path) -> None:
    shell.environment |= {"STORAGE_TYPE": "local", "STORAGE_PATH": str(tmp_path / "unmounted")}
    assert b"--create" in shell("put", "-", "a", stdin=b"x", code=1).stderr
    assert not (tmp_path / "unmounted").exists()
    shell("put", "-", "a", "--create", stdin=b"x")
    assert shell.json("stat", "a")["size"] == 1


def test_what_the_store_will_not_delete(shell: Shell, store: LocalStorage) -> None:
    store.upload("folder/a", b"")
    (store.path / "objects" / "folder" / "@a").unlink()
    (store.path / "objects" / "folder" / "@a").mkdir()
    failed = shell.json("rm", "folder/a", "b", code=1)
    assert failed["ok"] is False
    assert [item["key"] for item in failed["failed"]] == ["folder/a"]


def test_serving_without_its_extra(shell: Shell, store: LocalStorage) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from pis_data.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "storage", "serve"],
        env=shell.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "pis-data[serve]" in result.stderr


def test_a_server_that_can_not_listen_says_so_and_exits_with_1(shell: Shell, store: LocalStorage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = shell("serve", "--port", str(port), code=1)
    assert result.stderr.decode() == f"pis-data: can't listen on 127.0.0.1:{port}: Address already in use\n"
    assert b"--allow-origin 'x'" in shell("serve", "--allow-origin", "x", code=2).stderr


def test_a_server_that_is_stopped_by_ctrl_c_ends_without_a_word(shell: Shell, store: LocalStorage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "pis_data", "storage", "serve", "--port", str(port)],
        env=shell.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Serving ")
    with urllib.request.urlopen(
        f"http://127.0.0.1:{port}/"
    ) as answer:  # bound already, answered when it is up
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1] == ""
    assert process.returncode == 0


def test_a_bar_on_a_terminal(shell: Shell, store: LocalStorage) -> None:
    (shell.folder / "big").write_bytes(bytes(30_000_000))
    for arguments in (("put", "big", "a"), ("get", "a", "back")):
        shown = on_a_terminal(shell, *arguments)
        assert "MB" in shown
    assert (shell.folder / "back").stat().st_size == 30_000_000


def on_a_terminal(shell: Shell, *arguments: str) -> str:
    """Run the command with a terminal as its stderr, and return what that showed."""
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "pis_data", "storage", *arguments]
    process = subprocess.Popen(
        command, cwd=shell.folder, env={**shell.environment, "TERM": "xterm"}, stderr=slave
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says EIO when the other side has closed
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    assert process.wait() == 0
    return shown.decode(errors="replace")
