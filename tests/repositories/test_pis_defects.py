"""What is broken in PIS, or loses data there, and is not tested where its aggregate's tests stand.

docs/from-pis.md names the test of every entry of pis.md 9.2 and 9.3; tests/docs/test_from_pis.py checks it.
"""

from __future__ import annotations

import datetime as dt

import pytest

from pis_data.errors import ForeignKeyViolationError, UniqueViolationError
from pis_data.schema import PhotoStatus

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=40)


# pis.md 9.2 #1, #2, #5: a store or a database that did not answer, or an upload slower than 30 seconds, made
# the worker delete the photo's row
def test_no_call_removes_a_live_photo_whatever_its_status(repositories, db, album, add):
    old = [add(album, status=status, created_at=NOON, captured_at=NOON)[0] for status in PhotoStatus]
    with repositories.transaction() as r:
        doomed = r.photos.purge_trash(LATER)
        removed = r.photos.permanent_delete(old)
    assert (doomed, removed) == ([], [])
    assert {row["id"]: row["status"] for row in db.find_many("photos")} == dict(
        zip(old, PhotoStatus, strict=True)
    )


# pis.md 9.2 #1, #5
def test_a_worker_without_an_answer_gives_the_photo_back(photos, album, add):
    (key,) = add(album, status="pending")
    claim = photos.claim_for_processing(key)
    assert photos.release(claim).status == PhotoStatus.PENDING  # the store does not answer: later, then
    claim = photos.claim_for_processing(key)
    assert photos.fail(claim).status == PhotoStatus.FAILED  # the object is not there: a person shall look
    assert photos.claim_for_processing(key, retry_failed=True).id == key


# pis.md 9.2 #3: beyond the first 1,000 rows, and in the trash, the objects of photos were taken for orphans
def test_the_objects_of_every_row_are_known_the_trash_included(photos, albums, album, add):
    live, dead = add(album, 1001), add(album, 2, deleted_at=NOON, thumb_key="thumbs/dead.jpg")
    hidden = albums.create(title="deleted")
    inside = add(hidden)
    albums.soft_delete(hidden.id)
    known = list(photos.iter_keys(batch=100))
    assert {each.id for each in known} == {*live, *dead, *inside}
    keys = [each.original_key for each in known]
    assert photos.exists_by_key([keys[-1], "thumbs/dead.jpg", "nobody's"]) == {keys[-1], "thumbs/dead.jpg"}


# pis.md 9.2 #4: the retouched photo's original was deleted before the new one was there
# pis.md 9.3: retouch upload
def test_the_old_original_is_given_away_only_with_the_new_one_in_its_place(repositories, photos, album, add):
    (key,) = add(album, status="pending_retouch")
    before = photos.get(key)
    with pytest.raises(ForeignKeyViolationError):
        photos.replace_original(key, "retouched/1.jpg", retoucher_id=album.id)  # nobody
    with pytest.raises(ZeroDivisionError), repositories.transaction() as r:
        r.photos.replace_original(key, "retouched/1.jpg")
        raise ZeroDivisionError
    assert photos.get(key) == before
    replaced, old = photos.replace_original(key, "retouched/1.jpg")
    assert (replaced.original_key, old) == ("retouched/1.jpg", before.original_key)


# pis.md 9.2 #6: the purge removed rows though their objects were still there
def test_a_row_stays_as_long_as_one_of_its_objects(repositories, photos, album, add):
    first, second = add(album, 2, deleted_at=NOON, thumb_key="thumbs/x.jpg")
    with repositories.transaction() as r:
        doomed = {photo.id: photo for photo in r.photos.purge_trash(LATER)}
        failed = {doomed[second].original_key}  # what `storage.delete_many` says
        gone = [key for key, photo in doomed.items() if not failed.intersection(photo)]
        assert [each.id for each in r.photos.permanent_delete(gone)] == [first]
    [left] = photos.purge_trash(LATER)  # next time again
    assert (left.id, left.original_key in list(left)) == (second, True)


# pis.md 9.2 #7: a file left over below raw/ was entered anew, and took the place of the retouched original
def test_an_object_that_is_left_over_changes_no_row(photos, album, add):
    (key,) = add(album, status="completed")
    raw = photos.get(key).original_key
    photos.replace_original(key, "retouched/1.jpg")
    with pytest.raises(UniqueViolationError):
        photos.create_pending(album.id, id=key, filename="again.jpg", original_key=raw)
    assert photos.get(key).original_key == "retouched/1.jpg"


# pis.md 9.2 #8: a script that made the tables anew left their foreign keys out
def test_rows_that_refer_to_nothing_are_refused(db, photos, album):
    with pytest.raises(ForeignKeyViolationError):
        photos.create_pending("01890000-0000-7000-8000-000000000000", filename="a", original_key="a")
    with pytest.raises(ForeignKeyViolationError):
        db.update("albums", {"id": album.id}, {"cover_photo_id": album.id})


# pis.md 9.3: album reprocess of more than 100 photos
def test_an_album_of_any_size_is_processed_again(photos, album, add):
    made = add(album, 150)
    again = photos.requeue(made, from_status=[PhotoStatus.COMPLETED, PhotoStatus.FAILED])
    assert sorted(again) == sorted(made)
    assert photos.count_by_status(album.id) == {PhotoStatus.PENDING: 150}


# pis.md 9.3: human-retouch entry (cache lacks the flag) and completion (isRetouch dropped)
def test_a_photo_is_retouched_once_and_then_done(photos, albums, users, album, add):
    person = users.create("ann@example.org", role="retoucher")
    (key,) = add(album, status="pending")
    claim = photos.claim_for_processing(key)
    albums.update(album.id, enable_human_retouch=True)  # a moment ago
    waiting = photos.complete(claim, status=albums.processing_config(album.id).status_after(claim))
    assert waiting.status == PhotoStatus.PENDING_RETOUCH
    photos.claim_retouch(key, person.id)
    photos.replace_original(key, "retouched/1.jpg")
    claim = photos.claim_for_processing(key)
    done = photos.complete(claim, status=albums.processing_config(album.id).status_after(claim))
    assert done.status == PhotoStatus.COMPLETED


# pis.md 9.3: settings uploads (logo, favicon and QR code were lost where nobody had seeded the key)
@pytest.mark.parametrize("key", ["logo_url", "favicon_url", "wechat_qrcode_url", "a_key_of_tomorrow"])
def test_a_setting_that_nobody_seeded_is_kept(settings, key):
    settings.set_many({key: f"https://example.org/{key}.png"})
    assert settings.get(key) == f"https://example.org/{key}.png"


# pis.md 9.3: case-insensitive searches
def test_a_search_finds_whatever_the_case(users):
    made = users.create("Ann.O'Neil_1%@Example.org")
    for part in ("ann.o'neil", "ANN", "neil_1%@EXAMPLE"):
        assert [user.id for user in users.list(search=part).items] == [made.id]
    assert users.list(search="neil-1").items == ()
