"""The doctor on an S3 store: each thing that can be wrong is told, with what to do."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pis_data.config import StorageConfig
from pis_data.services import doctor_stores
from pis_data.services.doctor import Check, examine_storage
from pis_data.storage import s3_client
from pis_data.storage.s3 import S3Storage

from ..storage.s3_server import new_bucket, server


@pytest.fixture(scope="module")
def bucket() -> Iterator[S3Storage]:
    with new_bucket() as storage:
        yield storage


def examined(config: StorageConfig) -> dict[str, Check]:
    checks = list(examine_storage(config))
    assert all(check.fix for check in checks if not check.ok)
    return {check.name.removeprefix("storage: "): check for check in checks}


def test_all_is_well(bucket: S3Storage) -> None:
    for prefix in ("", "tenant/a"):
        checks = examined(server(bucket=bucket.bucket, prefix=prefix))
        assert [name for name, check in checks.items() if check.ok] == [
            "clock",
            "connection",
            "create-only writes",
            "parts",
            "rights",
            "presigned URLs",
            "uploads from pages",
        ]
    assert "signature V4" in checks["connection"].detail
    assert "s3:DeleteObject" in checks["rights"].detail
    assert "can't PUT" in checks["uploads from pages"].detail
    assert list(bucket.list()) == []
    assert bucket.list_multipart_uploads() == []


def test_browsers_that_may_upload(bucket: S3Storage) -> None:
    rule = {"AllowedMethods": ["PUT"], "AllowedOrigins": ["https://pis.example"], "AllowedHeaders": ["*"]}
    client = bucket.clients.usual
    client.put_bucket_cors(Bucket=bucket.bucket, CORSConfiguration={"CORSRules": [rule]})
    try:
        found = examined(server(bucket=bucket.bucket))["uploads from pages"]
    finally:
        client.delete_bucket_cors(Bucket=bucket.bucket)
    assert found.ok
    assert "https://pis.example may PUT" in found.detail


def test_no_bucket() -> None:
    checks = examined(server(bucket="pis-no-such-bucket"))
    assert list(checks) == ["clock", "connection"]
    assert "--create" in str(checks["connection"].fix)


def test_wrong_keys(bucket: S3Storage) -> None:
    checks = examined(server(bucket=bucket.bucket, secret_key="not-the-secret"))
    assert checks["clock"].ok
    assert not checks["connection"].ok
    assert "STORAGE_SECRET_KEY" in str(checks["connection"].fix)
    assert list(checks) == ["clock", "connection"], "what else is refused is no news"
    assert "not-the-secret" not in repr(checks)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_client, "ATTEMPTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    checks = examined(server(port=port))
    assert list(checks) == ["connection"]
    assert "STORAGE_PORT" in str(checks["connection"].fix)


def test_rights_that_are_missing(bucket: S3Storage) -> None:
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:DeleteObject", "s3:GetObject"],
        "Resource": f"arn:aws:s3:::{bucket.bucket}/*",
    }
    client = bucket.clients.usual
    policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    client.put_bucket_policy(Bucket=bucket.bucket, Policy=policy)
    try:
        found = examined(server(bucket=bucket.bucket))["rights"]
    finally:
        client.delete_bucket_policy(Bucket=bucket.bucket)
        bucket.delete_many(info.key for info in bucket.list())
    assert found.detail == "refused: s3:GetObject, s3:DeleteObject"
    assert "allow s3:GetObject, s3:DeleteObject" in str(found.fix)


def test_a_store_that_replaces_what_it_should_keep(
    bucket: S3Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = S3Storage.upload

    def ignoring(self: S3Storage, *arguments: Any, if_none_match: bool = False) -> Any:
        return usual(self, *arguments)

    monkeypatch.setattr(S3Storage, "upload", ignoring)
    found = examined(server(bucket=bucket.bucket))["create-only writes"]
    assert "replaces what is there" in found.detail
    assert "ignores If-None-Match" in str(found.fix)


def test_a_host_for_urls_that_leads_nowhere(bucket: S3Storage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = examined(server(bucket=bucket.bucket, presign_url=f"http://127.0.0.1:{port}"))["presigned URLs"]
    assert f"http://127.0.0.1:{port}" in found.detail
    assert "STORAGE_PRESIGN_URL" in str(found.fix)


@pytest.mark.parametrize(("skew", "ok"), [(2.0, True), (-299.0, True), (301.0, False), (-4000.0, False)])
def test_a_clock_that_is_wrong(
    bucket: S3Storage, monkeypatch: pytest.MonkeyPatch, skew: float, ok: bool
) -> None:
    monkeypatch.setattr(doctor_stores, "_ahead", lambda storage: skew)
    found = examined(server(bucket=bucket.bucket))["clock"]
    assert found.ok is ok
    assert f"{abs(skew):.0f} s" in found.detail
    assert ok or "NTP" in str(found.fix)


def test_the_command(bucket: S3Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pis_data.services import doctor

    monkeypatch.chdir(tmp_path)
    config = server(bucket=bucket.bucket)
    for name, value in {
        "STORAGE_TYPE": "minio",
        "STORAGE_ENDPOINT": str(config.endpoint_url),
        "STORAGE_ACCESS_KEY": "pis",
        "STORAGE_SECRET_KEY": "pis-test-secret",
        "STORAGE_BUCKET": config.bucket,
    }.items():
        monkeypatch.setenv(name, value)
    checks = {check.name: check for check in doctor.run()}
    assert checks["storage: rights"].ok
    assert "pis-test-secret" not in repr(checks)
