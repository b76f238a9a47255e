"""``pis-data storage`` on an S3 store, as it is typed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pis_data.storage.s3 import S3Storage
from pis_data.testing.storage_http import over_the_network

from .s3_server import new_bucket, remove, server
from .test_cli import Shell


@pytest.fixture(scope="module")
def bucket() -> Iterator[S3Storage]:
    with new_bucket() as storage:
        yield storage


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_one_object_from_beginning_to_end(shell: Shell, bucket: S3Storage) -> None:
    store = server(bucket=bucket.bucket).url(masked=False)

    def run(*arguments: str) -> Any:
        return shell.json(*arguments, "--store", store)

    data = os.urandom(1_000_000) * 9
    (shell.folder / "照 片.jpg").write_bytes(data)
    put = run("put", "照 片.jpg", "raw/album/", "--metadata", "who=张三")
    assert (put["key"], put["size"]) == ("raw/album/照 片.jpg", len(data))
    assert put["etag"].endswith("-2")
    assert run("stat", put["key"])["metadata"] == {"who": "张三"}
    assert shell("ls", "raw/", "--store", store).stdout.decode().endswith("raw/album/照 片.jpg\n")
    shell("get", put["key"], "back.jpg", "--store", store)
    assert (shell.folder / "back.jpg").read_bytes() == data
    url = shell("url", put["key"], "--store", store).stdout.decode().strip()
    assert over_the_network("GET", url).content == data
    shell("put", "照 片.jpg", "raw/album/", "--no-replace", "--store", store, code=1)
    shell("rm", put["key"], "--store", store)
    assert not bucket.exists(put["key"])


def test_configured_by_the_environment(shell: Shell) -> None:
    config = server(bucket=f"pis-{os.urandom(6).hex()}")
    shell.environment |= {
        "STORAGE_TYPE": "minio",
        "STORAGE_ENDPOINT": str(config.endpoint_url),
        "STORAGE_ACCESS_KEY": "pis",
        "STORAGE_SECRET_KEY": "pis-test-secret",
        "STORAGE_BUCKET": config.bucket,
    }
    missing = shell("ls", code=1)
    assert b"there is no such bucket" in missing.stderr
    shell("put", "-", "a.txt", "--create", stdin=b"from a pipe")
    assert shell("get", "a.txt", "-").stdout == b"from a pipe"
    with S3Storage(config) as storage:
        remove(storage)


def test_errors_are_said_in_words(shell: Shell, bucket: S3Storage) -> None:
    store = server(bucket=bucket.bucket, secret_key="not-the-secret").url(masked=False)
    refused = shell("ls", "--store", store, code=1)
    assert b"the secret key is wrong" in refused.stderr
    assert b"not-the-secret" not in refused.stderr
