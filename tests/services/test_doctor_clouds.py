"""The doctor before OSS, COS and S3: what it says of a bucket that is well, and of each that is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from botocore.retries.standard import ExponentialBackoff

from pis_data.config import StorageConfig
from pis_data.services.doctor import Check, examine_storage
from pis_data.storage import create_storage_adapter
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

BUCKETS = {"oss": "pis-photos", "cos": "pis-photos-1250000000", "s3": "pis-photos"}
SIGNATURES = {"oss": "signature v4", "cos": "q-sign", "s3": "signature V4"}
VENDORS = ["oss", "cos"]


@pytest.fixture(scope="module", params=[*VENDORS, "s3"])
def server(request: pytest.FixtureRequest) -> Iterator[WireServer]:
    with WireServer(request.param) as server:
        yield server


@pytest.fixture
def config(server: WireServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[StorageConfig]:
    resolve_wire_names(monkeypatch)
    monkeypatch.setattr("pis_data.storage.cloud.FIRST_PAUSE", 0.001)
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0.001)
    # COS knows no addressing by path: the server's custom domain stands for the vendor's host.
    host = server.domain if server.dialect == "cos" else "127.0.0.1"
    keys = f"{server.access_key}:{server.secret_key}"
    bucket = BUCKETS[server.dialect]
    url = f"{server.dialect}://{keys}@{host}:{server.port}/{bucket}?region={server.region}&ssl=false"
    if server.dialect == "cos":
        from tests.storage.clouds import Cloud

        with Cloud(server).storage() as storage:
            storage.ensure_bucket()
    else:
        with create_storage_adapter(url) as storage:
            storage.ensure_bucket()
    yield StorageConfig.from_url(url)
    server.calm()


def examined(config: StorageConfig) -> dict[str, Check]:
    checks = list(examine_storage(config))
    assert all(check.fix for check in checks if not check.ok)
    return {check.name.removeprefix("storage: "): check for check in checks}


def test_all_is_well(config: StorageConfig, server: WireServer) -> None:
    found = examined(config)
    assert [name for name, check in found.items() if not check.ok] == []
    assert set(found) == {
        "connection",
        "clock",
        "create-only writes",
        "parts",
        "rights",
        "presigned URLs",
        "uploads from pages",
    }
    assert SIGNATURES[server.dialect] in found["connection"].detail
    assert "under 5 MiB are refused" in found["parts"].detail
    assert "to read and to write" in found["presigned URLs"].detail
    with create_storage_adapter(config) as storage:
        assert list(storage.list()) == []
        assert storage.list_multipart_uploads() == []


def test_uploads_from_pages_of_another_origin(config: StorageConfig, server: WireServer) -> None:
    check = examined(config)["uploads from pages"]
    assert "CORS rule" in check.detail
    assert "expose ETag" in str(check.fix)
    for origin in ("*", "https://pis.example"):
        server.allow_pages(origin)
        assert f"origin {origin} may PUT" in examined(config)["uploads from pages"].detail


def test_a_new_account_at_the_vendors_own_address(config: StorageConfig, server: WireServer) -> None:
    if server.dialect == "s3":
        server.fault(kind="error", status=301, code="PermanentRedirect", times=99)
        assert "STORAGE_REGION" in examined(config)["connection"].detail
        return
    server.fault(kind="error", status=400, code="PublicEndpointForbidden", times=9)
    check = examined(config)["connection"]
    assert not check.ok
    assert "custom domain" in check.detail
    assert "STORAGE_ENDPOINT" in str(check.fix)


@pytest.mark.parametrize("skew", [-3600, 400, -400, 60])
def test_clocks_that_differ(config: StorageConfig, server: WireServer, skew: int) -> None:
    server.clock(skew)
    found = examined(config)
    if skew == -3600:  # no request is taken any more
        assert not found["connection"].ok
        assert "NTP" in str(found["connection"].fix)
        return
    clock = found["clock"]
    assert clock.ok is (abs(skew) < 300)
    assert clock.ok or "NTP" in str(clock.fix)
    assert ("ahead of" if skew < 0 else "behind") in clock.detail


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


def test_a_region_that_urls_are_not_signed_for(config: StorageConfig, server: WireServer) -> None:
    """S3's SDK finds the right one for requests by itself; at the others, the connection tells."""
    found = examined(config.model_copy(update={"region": "elsewhere"}))
    wrong = {name: check for name, check in found.items() if not check.ok}
    if server.dialect == "s3":
        assert "status 400" in wrong["presigned URLs"].detail
        assert "STORAGE_REGION" in str(wrong["presigned URLs"].fix)
    elif server.dialect == "oss":
        assert "STORAGE_REGION" in str(wrong["connection"].fix)
    else:
        assert wrong == {}  # COS signs no region


def test_pictures_that_browsers_would_save(
    config: StorageConfig, server: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at the vendors' own domains."""
    if server.dialect not in VENDORS:
        # S3 shows what it stores, wherever it is asked.
        assert "pictures" not in examined(config)
        return
    monkeypatch.setattr(f"pis_data.storage.{server.dialect}.VENDOR", (".wire.test",))
    vendor = config.model_copy(update={"presign_url": f"http://{server.host}:{server.port}"})
    if server.dialect == "cos":
        vendor = vendor.model_copy(update={"endpoint": server.host})
    check = examined(vendor)["pictures"]
    assert not check.ok
    assert "custom domain" in str(check.fix)
