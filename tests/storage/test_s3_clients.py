"""Other people's clients read what we wrote, and we read what they wrote."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.storage.s3 import S3Storage

from .s3_server import new_bucket

MIB = 1024 * 1024
NAMES = ["plain.jpg", "照片/婚礼 张三&李四.jpg", "a+b c%20d#e?f.txt", "emoji 😀.png", "deep/er/x.bin"]


@pytest.fixture
def bucket() -> Iterator[S3Storage]:
    with new_bucket() as storage:
        yield storage


class Rclone:
    """rclone, told of one store by its environment."""

    def __init__(self, storage: S3Storage) -> None:
        access, secret, _ = storage.clients.keys()
        self.remote = f"ours:{storage.bucket}"
        self.program = shutil.which("rclone", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        assert self.program, "rclone is not there: it comes with the dependency group `test`"
        self.environment = {
            "RCLONE_CONFIG": "/dev/null",
            "RCLONE_CONFIG_OURS_TYPE": "s3",
            "RCLONE_CONFIG_OURS_PROVIDER": "Ceph",
            "RCLONE_CONFIG_OURS_ACCESS_KEY_ID": str(access),
            "RCLONE_CONFIG_OURS_SECRET_ACCESS_KEY": str(secret),
            "RCLONE_CONFIG_OURS_ENDPOINT": str(storage.clients.endpoint),
        }

    def __call__(self, *arguments: str) -> str:
        command = [str(self.program), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


def test_rclone_reads_what_we_wrote(bucket: S3Storage, tmp_path: Path) -> None:
    files = {name: hashlib.shake_128(name.encode()).digest(200_000) for name in NAMES}
    files["large.bin"] = os.urandom(MIB) * 20
    for name, data in files.items():
        bucket.upload(name, data, metadata={"who": "张三", "camera": "X100"})
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    rclone = Rclone(bucket)
    assert "0 differences found" in rclone("check", "--download", str(tmp_path), rclone.remote)
    assert "0 differences found" in rclone("check", str(tmp_path), rclone.remote)  # by our ETags
    told = rclone("lsjson", "--metadata", f"{rclone.remote}/plain.jpg")
    assert '"camera":"X100"' in told
    assert '"content-type":"image/jpeg"' in told


def test_we_read_what_rclone_wrote(bucket: S3Storage, tmp_path: Path) -> None:
    files = {name: hashlib.shake_128(name.encode()).digest(200_000) for name in NAMES}
    files["large.bin"] = os.urandom(MIB) * 20
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    rclone = Rclone(bucket)
    chunks = ("--s3-upload-cutoff", "8M", "--s3-chunk-size", "5M")
    rclone("copy", *chunks, "--metadata", "--metadata-set", "camera=X100", str(tmp_path), rclone.remote)
    assert {info.key for info in bucket.list()} == set(files)
    for name, data in files.items():
        assert bucket.download(name) == data
        assert bucket.stat(name).metadata["camera"] == "X100"
    assert bucket.stat("plain.jpg").content_type == "image/jpeg"
    assert bucket.stat("large.bin").etag.endswith("-4")
