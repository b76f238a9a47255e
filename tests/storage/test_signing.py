"""Signed URLs: every field is covered, the key is kept safe and shared, and every key has a right address."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest
from hypothesis import given, settings

from pis_data.errors import AccessDeniedError, StorageError
from pis_data.storage import PresignRequest
from pis_data.storage.local import LocalStorage
from pis_data.storage.signing import UrlSigner

from .test_names import KEY

SIGNER = UrlSigner("https://photos.test/store", b"k" * 32)
FULL = PresignRequest("PUT", "raw/a 照.jpg", 60, "image/jpeg", "张三.jpg", "id", 7)


def query(url: str) -> str:
    return urlsplit(url).query


def test_what_was_signed_is_what_is_granted() -> None:
    before = int(time.time())
    url = SIGNER.sign(FULL)
    grant = SIGNER.verify("PUT", FULL.key, query(url))
    assert before + 60 <= grant.expires_at <= time.time() + 60
    assert (grant.method, grant.key, grant.content_type) == ("PUT", FULL.key, "image/jpeg")
    assert (grant.download_name, grant.upload_id, grant.part_number) == ("张三.jpg", "id", 7)


def test_every_field_is_covered() -> None:
    fields = dict(parse_qsl(query(SIGNER.sign(FULL))))
    assert len(fields) == 6
    changed = [{**fields, name: value + "1"} for name, value in fields.items()]
    missing = [{name: value for name, value in fields.items() if name != left} for left in fields]
    added = [{**fields, "more": "x"}, {**fields, "Expires": fields["expires"]}]
    swapped = [{**fields, "upload-id": fields["part-number"], "part-number": fields["upload-id"]}]
    for wrong in [*changed, *missing, *added, *swapped]:
        with pytest.raises(AccessDeniedError):
            SIGNER.verify("PUT", FULL.key, urlencode(wrong))
    for method, key in (("GET", FULL.key), ("PUT", "raw/b"), ("PUT", ""), ("put", FULL.key)):
        with pytest.raises(AccessDeniedError, match="signature"):
            SIGNER.verify(method, key, urlencode(fields))


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "signature=",
        "signature=x",
        "expires=9999999999",
        "expires=9999999999&signature=",
        "expires=soon&signature=AAAA",
        "expires=9999999999&signature=%FF%FE",
        "expires=9999999999&signature=" + "A" * 43,
        "&" * 50,
        "a=1&" * 1000,
    ],
)
def test_what_is_no_signature(wrong: str) -> None:
    with pytest.raises(AccessDeniedError):
        SIGNER.verify("GET", "a", wrong)


def test_a_field_given_twice_is_refused() -> None:
    text = query(SIGNER.sign(PresignRequest("GET", "a", 60)))
    for more in ("&expires=1", "&" + text, "&download-name=x"):
        with pytest.raises(AccessDeniedError):
            SIGNER.verify("GET", "a", text + more)


def test_it_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    text = query(SIGNER.sign(PresignRequest("GET", "a", 60)))
    now = time.time()
    monkeypatch.setattr("pis_data.storage.signing.time.time", lambda: now + 58)
    SIGNER.verify("GET", "a", text)
    monkeypatch.setattr("pis_data.storage.signing.time.time", lambda: now + 61)
    with pytest.raises(AccessDeniedError, match="expired"):
        SIGNER.verify("GET", "a", text)


def test_another_key_signs_otherwise() -> None:
    text = query(SIGNER.sign(PresignRequest("GET", "a", 60)))
    with pytest.raises(AccessDeniedError):
        UrlSigner("https://photos.test/store", b"K" * 32).verify("GET", "a", text)


@settings(max_examples=300, deadline=None)
@given(KEY)
def test_every_key_has_an_address(key: str) -> None:
    parts = urlsplit(SIGNER.sign(PresignRequest("GET", key, 60)))
    assert parts.geturl().isascii()
    assert parts.fragment == ""
    assert unquote(parts.path, errors="strict") == "/store/" + key
    assert SIGNER.verify("GET", key, parts.query).key == key


def test_the_key_is_made_once_and_kept_for_its_owner(local: LocalStorage) -> None:
    url = local.get_presigned_get_url("a")
    file = local.path / "signing.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes().strip()) == 64
    assert sorted(path.name for path in local.path.iterdir()) == [
        "multipart",
        "objects",
        "signing.key",
        "tmp",
    ]
    LocalStorage(local.path).signer.verify("GET", "a", query(url))
    file.unlink()
    with pytest.raises(AccessDeniedError):
        local.signer.verify("GET", "a", query(url))


def test_a_given_key_is_used_and_not_kept(local: LocalStorage) -> None:
    given_key = LocalStorage(local.path, signing_key="a key from the environment")
    url = given_key.get_presigned_get_url("a")
    assert not (local.path / "signing.key").exists()
    assert "environment" not in url + repr(given_key)
    again = LocalStorage("/elsewhere", signing_key="a key from the environment")
    assert again.signer.verify("GET", "a", query(url)).key == "a"


def test_a_key_file_that_was_emptied_is_not_used(local: LocalStorage) -> None:
    (local.path / "signing.key").write_bytes(b"\n")
    with pytest.raises(StorageError, match="too short"):
        local.get_presigned_get_url("a")


def test_the_address_is_the_public_one(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path, signing_key="k", public_url="https://photos.test/store/")
    assert storage.get_presigned_get_url("a b/照").startswith(
        "https://photos.test/store/a%20b/%E7%85%A7?expires="
    )
    assert storage.public_url("a b/照?#%+") == "https://photos.test/store/a%20b/%E7%85%A7%3F%23%25%2B"
    assert LocalStorage(tmp_path).public_url("a").startswith("http://127.0.0.1:8333/a")
