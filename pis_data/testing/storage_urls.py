"""Presigned URLs: they permit what they were signed for, to anyone, until they expire; and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from pis_data.errors import CapabilityError, InvalidValueError
from pis_data.storage import StorageAdapter

from .storage_base import Contract
from .storage_http import Fetch
from .storage_keys import ODD_NAMES

KEPT = b"kept as it is"


class UrlsContract(Contract):
    """What the holder of a URL can do with it."""

    def test_a_get_url_reads(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        storage.upload(prefix + "a.jpg", b"0123456789" * 1000)
        url = storage.get_presigned_get_url(prefix + "a.jpg")
        answer = fetch("GET", url)
        assert (answer.status, answer.content) == (200, b"0123456789" * 1000)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["content-length"] == "10000"
        assert answer.headers["etag"].strip('"').lower() == storage.stat(prefix + "a.jpg").etag

    def test_a_range_of_it(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        storage.upload(prefix + "a", b"0123456789")
        url = storage.get_presigned_get_url(prefix + "a")
        for asked, wanted, told in (
            ("bytes=2-4", b"234", "bytes 2-4/10"),
            ("bytes=7-", b"789", "bytes 7-9/10"),
            ("bytes=-2", b"89", "bytes 8-9/10"),
        ):
            answer = fetch("GET", url, {"Range": asked})
            assert (answer.status, answer.content) == (206, wanted)
            assert answer.headers["content-range"] == told

    def test_a_range_past_the_end(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        possible(storage, "range past the end")
        storage.upload(prefix + "a", b"0123456789")
        url = storage.get_presigned_get_url(prefix + "a")
        answer = fetch("GET", url, {"Range": "bytes=8-100"})
        assert (answer.status, answer.content) == (206, b"89")
        assert answer.headers["content-range"] == "bytes 8-9/10"
        assert fetch("GET", url, {"Range": "bytes=10-"}).status == 416

    def test_what_is_not_changed_is_not_sent_again(
        self, storage: StorageAdapter, prefix: str, fetch: Fetch
    ) -> None:
        storage.upload(prefix + "a", b"same")
        url = storage.get_presigned_get_url(prefix + "a")
        etag = fetch("GET", url).headers["etag"]
        answer = fetch("GET", url, {"If-None-Match": etag})
        assert (answer.status, answer.content) == (304, b"")
        assert fetch("GET", url, {"If-None-Match": '"another"'}).status == 200

    @pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
    def test_every_legal_key(self, storage: StorageAdapter, prefix: str, fetch: Fetch, name: str) -> None:
        put = storage.get_presigned_put_url(prefix + name)
        assert put.isascii()
        assert fetch("PUT", put, content=name.encode()).status == 200
        assert storage.download(prefix + name) == name.encode()
        assert fetch("GET", storage.get_presigned_get_url(prefix + name)).content == name.encode()

    def test_a_missing_object(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        assert fetch("GET", storage.get_presigned_get_url(prefix + "a")).status == 404

    def test_a_name_to_save_under(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        storage.upload(prefix + "a.jpg", b"x")
        for name in ("photo.jpg", 'My "best" photo; 1.jpg', "婚礼 张三&李四.jpg"):
            answer = fetch("GET", storage.get_presigned_get_url(prefix + "a.jpg", download_name=name))
            assert answer.status == 200
            header = answer.headers["content-disposition"]
            assert header.startswith("attachment")
            assert f'filename="{name}"' in header or f"filename*=UTF-8''{quote(name, safe='')}" in header

    @pytest.mark.parametrize("name", ["", "a\nb", "x" * 256, "\ud800", 7])
    def test_a_name_that_is_none(self, storage: StorageAdapter, prefix: str, name: Any) -> None:
        with pytest.raises(InvalidValueError):
            storage.get_presigned_get_url(prefix + "a", download_name=name)

    def test_a_put_url_writes(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        url = storage.get_presigned_put_url(prefix + "a.bin")
        body = b"x" * 3_000_000
        answer = fetch("PUT", url, content=body)
        assert answer.status == 200
        info = storage.stat(prefix + "a.bin")
        assert info.size == 3_000_000
        assert answer.headers["etag"].strip('"').lower() == info.etag
        assert storage.download(prefix + "a.bin") == body

    def test_a_put_url_may_leave_the_content_type_to_the_client(
        self, storage: StorageAdapter, prefix: str, fetch: Fetch
    ) -> None:
        possible(storage, "unsigned content type")
        url = storage.get_presigned_put_url(prefix + "a.bin")
        assert fetch("PUT", url, {"Content-Type": "image/png"}, b"x").status == 200
        assert storage.stat(prefix + "a.bin").content_type == "image/png"

    def test_a_put_url_holds_to_its_content_type(
        self, storage: StorageAdapter, prefix: str, fetch: Fetch
    ) -> None:
        url = storage.get_presigned_put_url(prefix + "a", content_type="image/jpeg")
        for wrong in ("image/png", "text/html"):
            assert fetch("PUT", url, {"Content-Type": wrong}, b"x").status == 403
        assert fetch("PUT", url, {}, b"x").status == 403
        assert not storage.exists(prefix + "a")
        assert fetch("PUT", url, {"Content-Type": "image/jpeg"}, b"x").status == 200
        assert storage.stat(prefix + "a").content_type == "image/jpeg"

    def test_a_part_url_sends_a_part(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        key = prefix + "照 a.mp4"
        upload_id = storage.init_multipart_upload(key)
        bodies = {1: b"a" * (5 * 1024 * 1024), 2: b"b"}
        parts = []
        for number, body in bodies.items():
            answer = fetch("PUT", storage.get_presigned_part_url(key, upload_id, number), content=body)
            assert answer.status == 200
            parts.append((number, answer.headers["etag"]))
        storage.complete_multipart_upload(key, upload_id, parts)
        assert storage.download(key) == bodies[1] + bodies[2]
        assert fetch("PUT", storage.get_presigned_part_url(key, upload_id, 3), content=b"x").status in {
            400,
            404,
        }

    def test_a_url_expires(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        storage.upload(prefix + "a", KEPT)
        get = storage.get_presigned_get_url(prefix + "a", expires=1)
        put = storage.get_presigned_put_url(prefix + "a", expires=1)
        upload_id = storage.init_multipart_upload(prefix + "b")
        part = storage.get_presigned_part_url(prefix + "b", upload_id, 1, expires=1)
        time.sleep(2.2)
        assert fetch("GET", get).status == 403
        assert fetch("PUT", put, content=b"late").status == 403
        assert fetch("PUT", part, content=b"late").status == 403
        assert storage.download(prefix + "a") == KEPT

    def test_a_changed_url_is_refused(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        storage.upload(prefix + "a", KEPT)
        storage.upload(prefix + "b", b"secret")
        get = storage.get_presigned_get_url(prefix + "a")
        put = storage.get_presigned_put_url(prefix + "a")
        for url in (get, put):
            bare = url.partition("?")[0]
            other_key = url.replace(quote(prefix + "a"), quote(prefix + "b"))
            assert other_key != url
            for changed in (bare, other_key, _flip_last(url)):
                assert fetch("GET", changed).status in {400, 403}
                assert fetch("PUT", changed, content=b"changed").status in {400, 403}
        assert fetch("PUT", get, content=b"changed").status == 403
        assert fetch("GET", put).status == 403
        assert storage.download(prefix + "a") == KEPT
        assert storage.download(prefix + "b") == b"secret"

    def test_a_changed_part_url_is_refused(self, storage: StorageAdapter, prefix: str, fetch: Fetch) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a")
        etag = storage.upload_part(prefix + "a", upload_id, 1, KEPT)
        url = storage.get_presigned_part_url(prefix + "a", upload_id, 1)
        other_part = re.sub(r"(part(?:-n|N)umber=)1\b", r"\g<1>2", url)
        other_key = url.replace(quote(prefix + "a"), quote(prefix + "b"))
        for changed in (other_part, other_key, _flip_last(url), url.partition("?")[0]):
            assert changed != url
            assert fetch("PUT", changed, content=b"changed").status in {400, 403}
        assert fetch("GET", url).status in {400, 403, 405}
        assert not storage.exists(prefix + "b")
        storage.complete_multipart_upload(prefix + "a", upload_id, [(1, etag)])
        assert storage.download(prefix + "a") == KEPT

    @pytest.mark.parametrize("expires", [0, -1, 604_801, 1.5, "60", True, None])
    def test_expires_is_one_second_to_seven_days(
        self, storage: StorageAdapter, prefix: str, expires: Any
    ) -> None:
        calls: list[Callable[[], object]] = [
            lambda: storage.get_presigned_get_url(prefix + "a", expires),
            lambda: storage.get_presigned_put_url(prefix + "a", expires),
            lambda: storage.get_presigned_part_url(prefix + "a", "id", 1, expires),
        ]
        for call in calls:
            with pytest.raises(InvalidValueError):
                call()

    @pytest.mark.parametrize("expires", [1, 604_800])
    def test_the_longest_and_the_shortest(self, storage: StorageAdapter, prefix: str, expires: int) -> None:
        assert urlsplit(storage.get_presigned_get_url(prefix + "a", expires)).scheme in {"http", "https"}


def possible(storage: StorageAdapter, what: str) -> None:
    """Skip the test, with the reason, if the store declares that its URLs can't do this."""
    if what in storage.url_limits:
        raise CapabilityError(storage.url_limits[what])


def _flip_last(url: str) -> str:
    """Change the signature's last but one character (the last may hold bits that don't count)."""
    at = len(url) - 2
    return url[:at] + ("A" if url[at] != "A" else "B") + url[at + 1 :]
