"""Packages: of an album's own visible photos, made by one worker, downloaded until they expire."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from uuid import uuid4

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError, NotFoundError, PermissionDeniedError
from pis_data.schema import PackageDownload, PackageStatus
from pis_data.storage import create_storage_adapter

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
AT_ONCE = dt.timedelta(0)


@pytest.fixture
def packages(repositories):
    return repositories.packages


# -- making --------------------------------------------------------------------------------------------


def test_a_package_of_some_photos(packages, album, add):
    ids = add(album, 3)
    made = packages.create(album.id, [ids[2], ids[0]], include_original=True)
    assert type(made) is PackageDownload
    assert (made.photo_ids, made.status) == ([ids[2], ids[0]], PackageStatus.PENDING)
    assert (made.include_watermarked, made.include_original) == (True, True)
    assert (made.zip_key, made.file_size, made.expires_at, made.completed_at) == (None, None, None, None)
    assert packages.get(made.id, album.id) == made
    assert [photo.id for photo in packages.photos(made)] == made.photo_ids


def test_a_package_of_all_photos_or_the_picked_ones(packages, album, add):
    picked = add(album, 2, is_selected=True, sort_order=5)
    others = add(album, 2, sort_order=1)
    add(album, status="failed", is_selected=True)
    add(album, deleted_at=NOON, is_selected=True)
    assert packages.create(album.id).photo_ids == [*others, *picked]
    assert packages.create(album.id, selected=True).photo_ids == picked


@pytest.mark.parametrize("state", [{"status": "pending"}, {"deleted_at": NOON}], ids=str)
def test_only_completed_live_photos_of_the_album_go_in(packages, albums, db, album, add, state):
    """9.1, 8: PIS takes any id, of any album, from the trash too."""
    mine = add(album)
    for wrong in (*add(album, **state), *add(albums.create(title="other")), uuid4()):
        with pytest.raises(NotFoundError, match="1 of 2"):
            packages.create(album.id, [*mine, wrong])
    assert db.count("package_downloads") == 0


def test_only_live_albums_that_allow_it(packages, albums, album, add):
    ids = add(album)
    closed, dead = albums.create(title="closed", allow_download=False), albums.create(title="dead")
    add(closed), add(dead)
    albums.soft_delete(dead.id)
    with pytest.raises(PermissionDeniedError):
        packages.create(closed.id)
    for key in (dead.id, uuid4()):
        with pytest.raises(NotFoundError):
            packages.create(key, ids)
    with pytest.raises(NotFoundError):
        packages.create(albums.create(title="empty").id)
    with pytest.raises(NotFoundError):
        packages.create(album.id, selected=True)


def test_what_makes_no_sense_is_refused(packages, album, refused):
    for how in (
        {"photo_ids": []},
        {"photo_ids": ["x"]},
        {"photo_ids": [uuid4()], "selected": True},
        {"photo_ids": [uuid4() for _ in range(10_001)]},
        {"include_watermarked": False},
        {"include_original": 1},
    ):
        with refused(InvalidValueError):
            packages.create(album.id, **how)


def test_a_package_is_found_with_its_album(packages, albums, album, add):
    add(album)
    made = packages.create(album.id)
    assert packages.get(made.id, albums.create(title="other").id) is None
    assert packages.get(uuid4(), album.id) is None


def test_photos_that_went_meanwhile_stay_out(packages, photos, albums, album, add):
    ids = add(album, 3)
    made = packages.create(album.id, ids)
    photos.soft_delete(ids[1])
    assert [photo.id for photo in packages.photos(made)] == [ids[0], ids[2]]
    albums.soft_delete(album.id)
    assert packages.photos(made) == []


# -- workers -------------------------------------------------------------------------------------------


@pytest.fixture
def package(packages, album, add):
    add(album)
    return packages.create(album.id)


def test_a_package_is_made_with_the_default_expiry(packages, package, album):
    """9.3: completing a package with its default expiry always fails in PIS."""
    before = dt.datetime.now(dt.UTC)
    claim = packages.claim(package.id)
    assert claim.status == PackageStatus.PROCESSING
    done = packages.complete(claim, file_size=1 << 40)
    assert (done.status, done.file_size) == (PackageStatus.COMPLETED, 1 << 40)
    assert done.zip_key == packages.zip_key(package) == f"packages/{album.id}/{package.id}.zip"
    assert dt.timedelta(days=15) <= done.expires_at - before < dt.timedelta(days=15, minutes=5)
    assert done.completed_at >= before


def test_a_package_of_an_album_with_a_non_latin_title(packages, albums, add, tmp_path):
    """9.3: for such a title the upload always fails in PIS; and no address is signed for 15 days."""
    album = albums.create(title="海边的一天 🌊 «été»", is_public=True)
    add(album)
    claim = packages.claim(packages.create(album.id).id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("海.jpg", b"x")
    storage = create_storage_adapter(f"file://{tmp_path}")
    storage.ensure_bucket()
    info = storage.upload(packages.zip_key(claim), file.getvalue(), content_type="application/zip")
    done = packages.complete(claim, file_size=info.size)
    assert storage.stat(done.zip_key).size == done.file_size
    url = storage.get_presigned_get_url(done.zip_key, expires=3600, download_name=f"{album.title}.zip")
    assert str(claim.id) in url
    assert url.isascii()


def test_a_package_is_claimed_once(packages, package, together, open_repositories):
    def claim(db):
        return open_repositories(db).packages.claim(package.id) is not None

    assert sorted(together(*[claim] * 4)) == [False, False, False, True]
    assert packages.claim(package.id) is None
    assert packages.claim(uuid4()) is None


def test_a_stuck_package_is_taken_over(packages, package):
    """9.1, 3: in PIS a package whose worker died stays as it is for ever."""
    lost = packages.claim(package.id)
    taken = packages.claim(package.id, lease=AT_ONCE)
    assert taken.id == package.id
    if taken.updated_at > lost.updated_at:  # SQLite's clock has milliseconds
        for call in (packages.fail, packages.release, packages.renew_lease):
            assert call(lost) is None
        assert packages.complete(lost, file_size=1) is None
    assert packages.complete(taken, file_size=1).status == PackageStatus.COMPLETED
    assert packages.claim(package.id, lease=AT_ONCE) is None


def test_a_claim_is_renewed_released_and_failed(packages, package):
    claim = packages.renew_lease(packages.claim(package.id))
    assert packages.release(claim).status == PackageStatus.PENDING
    assert packages.release(claim) is None
    claim = packages.claim(package.id)
    assert packages.fail(claim).status == PackageStatus.FAILED
    assert packages.claim(package.id) is None
    assert packages.claim(package.id, retry_failed=True).status == PackageStatus.PROCESSING


def test_a_claim_on_a_removed_package_is_lost(packages, package):
    claim = packages.claim(package.id)
    assert packages.delete(package.id) == 1
    assert packages.complete(claim, file_size=1) is None


def test_a_claim_that_makes_no_sense_is_refused(packages, package, refused):
    claim = packages.claim(package.id)
    for call in (
        lambda: packages.complete(package.id, file_size=1),
        lambda: packages.complete(claim, file_size=-1),
        lambda: packages.complete(claim, file_size=1, expires_at=dt.datetime(2026, 1, 1)),
        lambda: packages.complete(claim, file_size=1, zip_key=" "),
        lambda: packages.fail(None),
        lambda: packages.claim(package.id, lease=5),
        lambda: packages.zip_key(None),
    ):
        with refused(InvalidValueError):
            call()


# -- visitors ------------------------------------------------------------------------------------------


def test_visitors_see_how_far_it_is(packages, package, album):
    claim = packages.claim(package.id)
    packages.complete(claim, file_size=7, expires_at=NOON, download_url="/signed")
    seen = packages.get_public_view(package.id, album.id, now=NOON - dt.timedelta(seconds=1))
    assert (seen.status, seen.photo_count, seen.file_size) == (PackageStatus.COMPLETED, 1, 7)
    shown = {field.name for field in dataclasses.fields(seen)}
    assert not shown & {"zip_key", "download_url", "photo_ids"}
    assert packages.get_public_view(package.id, album.id, now=NOON) is None
    assert "/signed" not in repr(packages.get(package.id, album.id))


@pytest.mark.parametrize(
    "closed",
    [{"allow_download": False}, {"allow_share": False}, {"expires_at": NOON}, {"deleted_at": NOON}],
    ids=str,
)
def test_visitors_see_packages_of_albums_that_they_see(db, packages, package, album, closed):
    assert packages.get_public_view(package.id, album.id, now=NOON) is not None
    db.update("albums", {"id": album.id}, closed)
    assert packages.get_public_view(package.id, album.id, now=NOON) is None


# -- watching and removing -----------------------------------------------------------------------------


def test_what_is_stuck_is_found(packages, album, add):
    add(album)
    waiting, worked_on, done, failed = (packages.create(album.id) for _ in range(4))
    packages.claim(worked_on.id)
    packages.complete(packages.claim(done.id), file_size=1)
    packages.fail(packages.claim(failed.id))
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    assert {each.id for each in packages.list_stuck(later)} == {waiting.id, worked_on.id}
    assert len(packages.list_stuck(later, limit=1)) == 1
    assert packages.list_stuck(NOON - dt.timedelta(days=3650)) == []


def test_what_has_expired_is_removed(packages, album, add):
    """9.1, 8: nothing ever removes PIS's expired packages."""
    add(album)
    for days in (2, 1, 0, -1):
        claim = packages.claim(packages.create(album.id).id)
        packages.complete(claim, file_size=1, expires_at=NOON - dt.timedelta(days=days))
    unfinished = packages.create(album.id)
    found = packages.list_expired(NOON)
    assert [each.expires_at for each in found] == [NOON - dt.timedelta(days=days) for days in (2, 1, 0)]
    assert len(packages.list_expired(NOON, limit=2)) == 2
    assert packages.delete([each.id for each in found]) == 3
    assert packages.list_expired(NOON) == []
    assert packages.get(unfinished.id, album.id) is not None
    with pytest.raises(InvalidFilterError):
        packages.list_expired(NOON, limit=0)
