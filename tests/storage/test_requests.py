"""What each operation of the interface sends: no request more than the protocol makes necessary.

On servers of ours that log what they are asked; `test_s3.py` pins the same on Ceph, as botocore names it.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pis_data.config import StorageConfig
from pis_data.storage import StorageAdapter
from pis_data.storage.s3 import S3Storage
from pis_data.storage.s3_fast import FastS3Storage
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

from .clouds import Cloud

MIB = 1024 * 1024
SHOWN = ("uploads", "partNumber", "uploadId", "delete", "list-type", "prefix")
"""What of a query says which request it is, in this order."""
SIZES = {"s3": 9 * MIB, "fast": 9 * MIB, "oss": 17 * MIB, "cos": 17 * MIB}
"""What is too long for one request, each store's own way."""


@pytest.fixture(scope="module", params=["s3", "fast", "oss", "cos"])
def store(request: pytest.FixtureRequest) -> Iterator[tuple[str, WireServer, StorageAdapter]]:
    kind: str = request.param
    with pytest.MonkeyPatch.context() as patch, WireServer("s3" if kind == "fast" else kind) as server:
        resolve_wire_names(patch)
        with _open(kind, server) as storage:
            storage.ensure_bucket()
            yield kind, server, storage


def _open(kind: str, server: WireServer) -> StorageAdapter:
    if kind in {"oss", "cos"}:
        return Cloud(server).storage(public_base="https://cdn.example.cn")
    config = StorageConfig(
        kind="s3",
        endpoint="127.0.0.1",
        port=server.port,
        use_ssl=False,
        access_key=server.access_key,
        secret_key=server.secret_key,
        region=server.region,
        bucket="pis-photos",
        public_url="https://cdn.example.cn",
    )
    return FastS3Storage(config) if kind == "fast" else S3Storage(config)


class Case:
    """What the operations work on, new for each."""

    def __init__(self, kind: str, storage: StorageAdapter, folder: Path) -> None:
        self.storage = storage
        self.folder = folder
        self.large = bytes(SIZES[kind])
        for key in ("p/a", "p/b"):
            storage.upload(key, b"a" * 100_000)
        storage.delete("p/new")
        self.upload_id = storage.init_multipart_upload("p/parts")
        self.etag = storage.upload_part("p/parts", self.upload_id, 1, b"a")


COPY = {"": ["HEAD", "PUT"]}
"""The size says how a copy has to be made."""
MOVE = {kind: [*sent, "DELETE"] for kind, sent in COPY.items()}
PARTS = ["POST ?uploads", "PUT ?partNumber", "PUT ?partNumber", "POST ?uploadId"]
COMPLETE = ["POST ?uploadId", "HEAD"]
"""The answer to the first tells neither size nor type nor metadata."""
LISTED = ["GET ?uploadId", *COMPLETE]
"""The parts as the service knows them: their sizes, and their etags in its own spelling."""
BUCKET = {"": ["HEAD"], "oss": ["GET"], "cos": ["GET"]}

OPERATIONS: dict[str, tuple[Callable[[Case], object], list[str] | dict[str, list[str]]]] = {
    "upload": (lambda it: it.storage.upload("p/new", b"x"), ["PUT"]),
    "upload, from a file": (lambda it: it.storage.upload("p/new", io.BytesIO(b"x")), ["PUT"]),
    "upload, to create": (lambda it: it.storage.upload("p/new", b"x", if_none_match=True), ["PUT"]),
    "upload, in parts": (
        lambda it: it.storage.upload("p/new", it.large),
        {"": PARTS, "oss": [*PARTS, "HEAD"], "cos": [*PARTS, "HEAD"]},  # the HEAD tells the CRC of the whole
    ),
    "download": (lambda it: it.storage.download("p/a"), ["GET"]),
    "download_to": (lambda it: it.storage.download_to("p/a", it.folder / "a"), ["GET"]),
    "open": (lambda it: it.storage.open("p/a").read(), ["GET"]),
    "stat": (lambda it: it.storage.stat("p/a"), ["HEAD"]),
    "exists": (lambda it: it.storage.exists("p/a"), ["HEAD"]),
    "list": (lambda it: list(it.storage.list("p/")), ["GET ?list"]),
    "copy": (lambda it: it.storage.copy("p/a", "p/c"), COPY),
    "move": (lambda it: it.storage.move("p/b", "p/c"), MOVE),
    "delete": (lambda it: it.storage.delete("p/a"), ["DELETE"]),
    "delete_many": (lambda it: it.storage.delete_many(["p/a", "p/b", "p/none"]), ["POST ?delete"]),
    "upload_many": (lambda it: it.storage.upload_many({f"p/{n}": b"x" for n in range(3)}), ["PUT"] * 3),
    "download_many": (
        lambda it: it.storage.download_many({key: it.folder / key[-1] for key in ("p/a", "p/b")}),
        ["GET"] * 2,
    ),
    "copy_many": (lambda it: it.storage.copy_many({"p/a": "p/c"}), COPY),
    "get_presigned_get_url": (lambda it: it.storage.get_presigned_get_url("p/a"), []),
    "get_presigned_put_url": (lambda it: it.storage.get_presigned_put_url("p/a"), []),
    "get_presigned_part_url": (lambda it: it.storage.get_presigned_part_url("p/a", it.upload_id, 1), []),
    "public_url": (lambda it: it.storage.public_url("p/a"), []),
    "init_multipart_upload": (lambda it: it.storage.init_multipart_upload("p/x"), ["POST ?uploads"]),
    "upload_part": (
        lambda it: it.storage.upload_part("p/parts", it.upload_id, 2, b"a"),
        ["PUT ?partNumber"],
    ),
    "complete_multipart_upload": (
        lambda it: it.storage.complete_multipart_upload("p/parts", it.upload_id, [(1, it.etag)]),
        {"": COMPLETE, "oss": LISTED, "cos": LISTED},
    ),
    "abort_multipart_upload": (
        lambda it: it.storage.abort_multipart_upload("p/parts", it.upload_id),
        ["DELETE ?uploadId"],
    ),
    "list_multipart_uploads": (
        lambda it: it.storage.list_multipart_uploads("p/"),
        ["GET ?uploads"],
    ),
    "ensure_bucket": (lambda it: it.storage.ensure_bucket(), BUCKET),
    "health": (lambda it: it.storage.health(), BUCKET),
    "filesystem": (lambda it: it.storage.filesystem, []),
}


def _request(asked: dict[str, Any]) -> str:
    query = asked["query"]
    for name in SHOWN:
        if name in query:
            return f"{asked['method']} ?{'list' if name in {'list-type', 'prefix'} else name}"
    return str(asked["method"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_an_operation_sends(
    store: tuple[str, WireServer, StorageAdapter], name: str, tmp_path: Path
) -> None:
    kind, server, storage = store
    case = Case(kind, storage, tmp_path)
    call, wanted = OPERATIONS[name]
    server.calm()
    call(case)
    sent = [_request(asked) for asked in server.requests()]
    if isinstance(wanted, dict):
        wanted = wanted.get(kind, wanted[""])
    assert sent == wanted


def test_every_operation_is_pinned() -> None:
    public = {
        name
        for name, member in inspect.getmembers(StorageAdapter)
        if not name.startswith("_") and (callable(member) or isinstance(member, property))
    }
    assert public - {"close"} == {name.partition(",")[0] for name in OPERATIONS}
