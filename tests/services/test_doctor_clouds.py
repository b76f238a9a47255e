"""The doctor before OSS and COS: what it says of a bucket that is well, and of each that is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pis_data.config import StorageConfig
from pis_data.services.doctor import Check, examine_storage
from pis_data.storage import create_storage_adapter
from tests.wire import WireServer

BUCKETS = {"oss": "pis-photos", "cos": "pis-photos-1250000000"}


@pytest.fixture(scope="module", params=["oss", "cos"])
def server(request: pytest.FixtureRequest) -> Iterator[WireServer]:
    with WireServer(request.param) as server:
        yield server


@pytest.fixture
def config(server: WireServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[StorageConfig]:
    import tests.wire.conftest as names

    names.resolve_wire_names(monkeypatch)
    monkeypatch.setattr("pis_data.storage.cloud.FIRST_PAUSE", 0.001)
    # COS knows no addressing by path: the server's custom domain stands for the vendor's host.
    host = "127.0.0.1" if server.dialect == "oss" else server.domain
    keys = f"{server.access_key}:{server.secret_key}"
    bucket = BUCKETS[server.dialect]
    url = f"{server.dialect}://{keys}@{host}:{server.port}/{bucket}?region={server.region}&ssl=false"
    if server.dialect == "oss":
        with create_storage_adapter(url) as storage:
            storage.ensure_bucket()
    else:
        from tests.storage.clouds import Cloud

        with Cloud(server).storage() as storage:
            storage.ensure_bucket()
    yield StorageConfig.from_url(url)
    server.calm()


def examined(config: StorageConfig) -> dict[str, Check]:
    return {check.name.removeprefix("storage: "): check for check in examine_storage(config)}


def test_all_is_well(config: StorageConfig) -> None:
    found = examined(config)
    assert [name for name, check in found.items() if not check.ok] == []
    assert {"connection", "clock", "rights", "presigned URLs"} <= set(found)
    signature = "signature v4" if config.kind == "oss" else "q-sign"
    assert signature in found["connection"].detail
    assert "CORS" in found["presigned URLs"].detail
    with create_storage_adapter(config) as storage:
        assert list(storage.list()) == []


def test_a_new_account_at_the_vendors_own_address(config: StorageConfig, server: WireServer) -> None:
    server.fault(kind="error", status=400, code="PublicEndpointForbidden", times=9)
    check = examined(config)["connection"]
    assert not check.ok
    assert "custom domain" in check.detail
    assert "STORAGE_ENDPOINT" in str(check.fix)


def test_clocks_that_differ(config: StorageConfig, server: WireServer) -> None:
    server.clock(-3600)
    check = examined(config)["connection"]
    assert not check.ok
    assert "NTP" in str(check.fix)


def test_wrong_keys(config: StorageConfig) -> None:
    wrong = StorageConfig.from_url(config.url(masked=False).replace("wire-test-secret", "s3cret"))
    check = examined(wrong)["connection"]
    assert not check.ok
    assert "STORAGE_SECRET_KEY" in str(check.fix)
    assert "s3cret" not in check.detail


def test_what_the_keys_may_not_do(config: StorageConfig, server: WireServer) -> None:
    server.fault(kind="error", status=403, code="AccessDenied", method="PUT", times=9)
    server.fault(kind="error", status=403, code="AccessDenied", method="POST", times=9)
    check = examined(config)["rights"]
    assert not check.ok
    assert "PutObject" in check.detail
    assert "AbortMultipartUpload" in str(check.fix)


def test_urls_that_lead_nowhere(config: StorageConfig) -> None:
    elsewhere = config.model_copy(update={"presign_url": "http://127.0.0.1:9"})
    check = examined(elsewhere)["presigned URLs"]
    assert not check.ok
    assert "STORAGE_PRESIGN_URL" in str(check.fix)


def test_pictures_that_browsers_would_save(
    config: StorageConfig, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at the vendors' own domains."""
    monkeypatch.setattr(f"pis_data.storage.{server.dialect}.VENDOR", (".wire.test",))
    vendor = config.model_copy(update={"presign_url": f"http://{server.host}:{server.port}"})
    if server.dialect == "cos":
        vendor = vendor.model_copy(update={"endpoint": server.host})
    check = examined(vendor)["pictures"]
    assert not check.ok
    assert "custom domain" in str(check.fix)
