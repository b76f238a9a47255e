"""Other people's clients read what we wrote, and we read what they wrote."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from pis_data.storage.s3 import S3Storage
from pis_data.testing.storage_http import over_the_network

from .s3_server import new_bucket

MIB = 1024 * 1024
NAMES = ["plain.jpg", "照片/婚礼 张三&李四.jpg", "a+b c%20d#e?f.txt", "emoji 😀.png", "deep/er/x.bin"]


@pytest.fixture
def bucket() -> Iterator[S3Storage]:
    with new_bucket() as storage:
        yield storage


class Program:
    """Somebody else's program, told of one store by its environment."""

    name: str

    def __init__(self, storage: S3Storage) -> None:
        self.storage = storage
        self.program = shutil.which(self.name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        assert self.program, f"{self.name} is not there: it comes with the dependency group `test`"

    def environment(self) -> dict[str, str]:
        raise NotImplementedError

    def __call__(self, *arguments: str) -> str:
        command = [str(self.program), *arguments]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


class Rclone(Program):
    name = "rclone"

    @property
    def remote(self) -> str:
        return f"ours:{self.storage.bucket}"

    def environment(self) -> dict[str, str]:
        access, secret, _ = self.storage.clients.keys()
        return {
            "RCLONE_CONFIG": "/dev/null",
            "RCLONE_CONFIG_OURS_TYPE": "s3",
            "RCLONE_CONFIG_OURS_PROVIDER": "Ceph",
            "RCLONE_CONFIG_OURS_ACCESS_KEY_ID": str(access),
            "RCLONE_CONFIG_OURS_SECRET_ACCESS_KEY": str(secret),
            "RCLONE_CONFIG_OURS_ENDPOINT": str(self.storage.clients.endpoint),
        }


class Aws(Program):
    """AWS's own command line, with what it does by itself: checksums, parts from 8 MiB on."""

    name = "aws"

    @property
    def remote(self) -> str:
        return f"s3://{self.storage.bucket}"

    def environment(self) -> dict[str, str]:
        access, secret, _ = self.storage.clients.keys()
        return {
            "AWS_ACCESS_KEY_ID": str(access),
            "AWS_SECRET_ACCESS_KEY": str(secret),
            "AWS_DEFAULT_REGION": self.storage.clients.region,
            "AWS_ENDPOINT_URL": str(self.storage.clients.endpoint),
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "LANG": "C.UTF-8",
        }


def some_files() -> dict[str, bytes]:
    files = {name: hashlib.shake_128(name.encode()).digest(200_000) for name in NAMES}
    return {**files, "large.bin": os.urandom(MIB) * 20}


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_rclone_reads_what_we_wrote(bucket: S3Storage, tmp_path: Path) -> None:
    files = some_files()
    write(tmp_path, files)
    for name, data in files.items():
        bucket.upload(name, data, metadata={"who": "张三", "camera": "X100"})
    rclone = Rclone(bucket)
    assert "0 differences found" in rclone("check", "--download", str(tmp_path), rclone.remote)
    assert "0 differences found" in rclone("check", str(tmp_path), rclone.remote)  # by our ETags
    told = rclone("lsjson", "--metadata", f"{rclone.remote}/plain.jpg")
    assert '"camera":"X100"' in told
    assert '"content-type":"image/jpeg"' in told


def test_we_read_what_rclone_wrote(bucket: S3Storage, tmp_path: Path) -> None:
    files = some_files()
    write(tmp_path, files)
    rclone = Rclone(bucket)
    chunks = ("--s3-upload-cutoff", "8M", "--s3-chunk-size", "5M")
    rclone("copy", *chunks, "--metadata", "--metadata-set", "camera=X100", str(tmp_path), rclone.remote)
    assert {info.key for info in bucket.list()} == set(files)
    for name, data in files.items():
        assert bucket.download(name) == data
        assert bucket.stat(name).metadata["camera"] == "X100"
    assert bucket.stat("plain.jpg").content_type == "image/jpeg"
    assert bucket.stat("large.bin").etag.endswith("-4")


def test_the_aws_cli_reads_what_we_wrote(bucket: S3Storage, tmp_path: Path) -> None:
    files = some_files()
    for name, data in files.items():
        bucket.upload(name, data, metadata={"who": "张三", "camera": "X100"})
    aws = Aws(bucket)
    aws("s3", "sync", "--no-progress", aws.remote, str(tmp_path))
    found = {
        str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert found == files
    told = json.loads(aws("s3api", "head-object", "--bucket", bucket.bucket, "--key", NAMES[1]))
    assert (told["ContentType"], told["ContentLength"]) == ("image/jpeg", 200_000)
    assert told["Metadata"]["camera"] == "X100"
    assert str(make_header(decode_header(told["Metadata"]["who"]))) == "张三"
    assert told["ETag"].strip('"') == bucket.stat(NAMES[1]).etag


def test_we_read_what_the_aws_cli_wrote(bucket: S3Storage, tmp_path: Path) -> None:
    files = some_files()
    write(tmp_path, files)
    aws = Aws(bucket)
    aws("s3", "sync", "--no-progress", "--metadata", "camera=X100", str(tmp_path), aws.remote)
    assert {info.key for info in bucket.list()} == set(files)
    for name, data in files.items():
        assert bucket.download(name) == data
        assert bucket.stat(name).metadata["camera"] == "X100"
    assert bucket.stat("plain.jpg").content_type == "image/jpeg"
    assert bucket.stat("large.bin").etag.endswith("-3")
    url = aws("s3", "presign", f"{aws.remote}/plain.jpg", "--expires-in", "60").strip()
    assert over_the_network("GET", url).content == files["plain.jpg"]
