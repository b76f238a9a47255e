"""The storage suite on a real S3 server, by each of the two clients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pis_data.errors import MultipartError
from pis_data.storage import StorageAdapter
from pis_data.storage.prefixed import PrefixedStorage
from pis_data.storage.s3 import S3Storage
from pis_data.storage.s3_fast import FastS3Storage
from pis_data.testing.storage import StorageContract
from pis_data.testing.storage_http import Fetch

from .s3_server import new_bucket


@pytest.fixture(scope="module", params=[S3Storage, FastS3Storage], ids=["botocore", "obstore"])
def bucket(request: pytest.FixtureRequest) -> Iterator[StorageAdapter]:
    with new_bucket(request.param) as storage:
        yield storage


class TestS3(StorageContract):
    """What Ceph does otherwise than AWS is told here, in tests of its own; moto shows the other way."""

    @pytest.fixture
    def storage(self, bucket: StorageAdapter) -> StorageAdapter:
        return bucket

    test_only_the_named_parts_count = None
    test_what_can_not_be_completed = None
    test_a_put_url_may_leave_the_content_type_to_the_client = None

    def test_all_parts_have_to_be_named(self, storage: StorageAdapter, prefix: str) -> None:
        """AWS leaves out the parts that are not named; Ceph refuses the list."""
        key = prefix + "a"
        upload_id = storage.init_multipart_upload(key)
        big = b"a" * (5 * 1024 * 1024)
        one = storage.upload_part(key, upload_id, 1, big)
        two, three = (storage.upload_part(key, upload_id, number, b"small") for number in (2, 10_000))
        whole = [(1, one), (2, two), (10_000, three)]
        for wrong in (
            [],
            whole[::-1],
            [*whole, (10_000, three)],
            whole[:2],
            [(1, two), *whole[1:]],
            [(1, "0" * 32), *whole[1:]],
            whole,  # the second is too small, and not the last
        ):
            with pytest.raises(MultipartError):
                storage.complete_multipart_upload(key, upload_id, wrong)
        assert not storage.exists(key)
        storage.upload_part(key, upload_id, 2, big)
        with pytest.raises(MultipartError):
            storage.complete_multipart_upload(key, upload_id, whole)
        info = storage.complete_multipart_upload(key, upload_id, [(1, one), (2, one), (10_000, three)])
        assert storage.download(key) == big + big + b"small"
        assert info.etag.endswith("-3")

    def test_a_put_url_without_a_content_type_takes_none(
        self, storage: StorageAdapter, prefix: str, fetch: Fetch
    ) -> None:
        """Where none was signed, AWS takes any; Ceph refuses one: so sign it, and both agree."""
        url = storage.get_presigned_put_url(prefix + "a.bin")
        assert fetch("PUT", url, {"Content-Type": "image/png"}, b"x").status == 403
        assert not storage.exists(prefix + "a.bin")
        assert fetch("PUT", url, {}, b"x").status == 200


def test_a_part_of_a_bucket(bucket: StorageAdapter) -> None:
    """As ``prefix=`` makes it; the suite runs on one over local storage."""
    bucket.upload("outside", b"")
    storage = PrefixedStorage(bucket, "tenant/照/")
    storage.upload("a", b"1", metadata={"who": "张三"})
    assert storage.stat("a").metadata == {"who": "张三"}
    with storage.open("a") as file:
        assert (file.read(), file.raw.info.key) == (b"1", "a")
    assert storage.filesystem.ls("", detail=False) == ["a"]
    assert storage.filesystem.cat("a") == b"1"
    with storage.filesystem.open("b", "wb") as file:
        file.write(b"2")
    assert [(info.key, info.size) for info in storage.list()] == [("a", 1), ("b", 1)]
    assert storage.delete_many(["a", "b"]) == []
    assert bucket.exists("outside")
