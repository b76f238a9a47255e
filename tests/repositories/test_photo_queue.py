"""The workers' queue: who gets a photo, who keeps it, and that none is ever lost."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from pis_data.errors import ForeignKeyViolationError, InvalidFilterError, InvalidValueError, NotFoundError
from pis_data.schema import Photo, PhotoStatus

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
AT_ONCE = dt.timedelta(0)
LONG = dt.timedelta(hours=1)

RESULTS = {
    "thumb_key": "processed/thumbs/a/b.jpg",
    "preview_key": "processed/previews/a/b.jpg",
    "width": 6000,
    "height": 4000,
    "file_size": 7_654_321,
    "mime_type": "jpeg",
    "blur_data": "LEHV6nWB2yk8",
    "hash": "a" * 64,
    "exif": {"Make": "Canon", "ISO": 100},
    "captured_at": NOON,
}


def test_pending_photos_are_entered_in_order(photos, album):
    made = photos.create_many_pending(
        album.id, [{"filename": f"{n}.jpg", "original_key": f"raw/{n}.jpg"} for n in range(3)]
    )
    assert [photo.filename for photo in made] == ["0.jpg", "1.jpg", "2.jpg"]
    assert {photo.status for photo in made} == {PhotoStatus.PENDING}
    key = uuid4()
    one = photos.create_pending(
        album.id, id=key, filename=" a.heic ", original_key="raw/a.heic", file_size=5, hash="b" * 64
    )
    assert one == photos.get(key)
    assert (one.filename, one.file_size, one.hash, one.exif) == ("a.heic", 5, "b" * 64, {})
    assert photos.create_many_pending(album.id, []) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"original_key": "raw/a"},
        {"filename": "a"},
        {"filename": "  ", "original_key": "raw/a"},
        {"filename": "a", "original_key": "raw/a", "status": "completed"},
        {"filename": "a", "original_key": "raw/a", "photo_count": 3},
        {"filename": "a\0", "original_key": "raw/a"},
        {"filename": "a" * 256, "original_key": "raw/a"},
        {"filename": "a", "original_key": "raw/a", "rotation": 45},
        {"filename": "a", "original_key": "raw/a", "file_size": "7"},
    ],
)
def test_a_photo_that_makes_no_sense_is_refused(photos, album, refused, wrong):
    with refused(InvalidValueError):
        photos.create_pending(album.id, **wrong)


def test_a_photo_needs_an_album(photos):
    with pytest.raises(ForeignKeyViolationError):
        photos.create_pending(uuid4(), filename="a", original_key="raw/a")


# -- claiming one --------------------------------------------------------------------------------------


def test_a_photo_is_claimed_once(photos, album, add):
    (key,) = add(album, status="pending")
    claim = photos.claim_for_processing(key)
    assert isinstance(claim, Photo)
    assert claim.status == PhotoStatus.PROCESSING
    assert claim == photos.get(key)
    assert photos.claim_for_processing(key) is None
    assert photos.get(key) == claim


@pytest.mark.parametrize("status", ["completed", "failed", "pending_retouch", "retouching", "processing"])
def test_what_does_not_wait_is_not_claimed(photos, album, add, status):
    (key,) = add(album, status=status)
    assert photos.claim_for_processing(key, lease=LONG) is None
    assert photos.get(key).status == status


def test_what_is_deleted_or_missing_is_not_claimed(photos, album, add):
    (key,) = add(album, status="pending", deleted_at=NOON)
    assert photos.claim_for_processing(key, lease=AT_ONCE, retry_failed=True) is None
    assert photos.claim_for_processing(uuid4()) is None


def test_a_failed_photo_is_claimed_when_asked_for(photos, album, add):
    (key,) = add(album, status="failed")
    assert photos.claim_for_processing(key, retry_failed=True).status == PhotoStatus.PROCESSING


def test_a_claim_without_a_sign_of_life_is_taken_over(photos, album, add):
    (key,) = add(album, status="pending")
    first = photos.claim_for_processing(key)
    assert photos.claim_for_processing(key, lease=LONG) is None
    second = photos.claim_for_processing(key, lease=AT_ONCE)
    assert second.updated_at >= first.updated_at


# -- claiming the next ---------------------------------------------------------------------------------


def test_the_oldest_are_claimed_first(photos, albums, album, add):
    late, early = (
        add(album, status="pending", created_at=NOON + dt.timedelta(hours=hour))[0] for hour in (2, 1)
    )
    (elsewhere,) = add(albums.create(title="other"), status="pending", created_at=NOON)
    add(album, status="completed", created_at=NOON)
    add(album, status="pending", created_at=NOON, deleted_at=NOON)

    assert [photo.id for photo in photos.list_pending()] == [elsewhere, early, late]
    assert [photo.id for photo in photos.list_pending(album.id, limit=1)] == [early]
    assert [photo.id for photo in photos.claim_pending(album_id=album.id)] == [early]
    claims = photos.claim_pending(10)
    assert [photo.id for photo in claims] == [elsewhere, late]
    assert {photo.status for photo in claims} == {PhotoStatus.PROCESSING}
    assert photos.claim_pending() == []


def test_stuck_photos_are_listed_and_taken_over(photos, album, add):
    old, older = (
        add(album, status="pending", created_at=NOON + dt.timedelta(hours=hour))[0] for hour in (2, 1)
    )
    photos.claim_pending(2)
    assert photos.list_stuck(older_than=LONG) == []
    assert photos.claim_stuck(lease=LONG) == []
    assert [photo.id for photo in photos.list_stuck(older_than=AT_ONCE)] == [older, old]
    assert [photo.id for photo in photos.claim_stuck(2, lease=AT_ONCE)] == [older, old]


@pytest.mark.parametrize("lease", [dt.timedelta(seconds=-1), 5, None])
def test_a_lease_is_a_length_of_time(photos, refused, lease):
    for call in (
        lambda: photos.claim_for_processing(uuid4(), lease=lease),
        lambda: photos.claim_stuck(lease=lease),
        lambda: photos.list_stuck(older_than=lease),
    ):
        with refused(InvalidValueError, "timedelta"):
            call()


@pytest.mark.parametrize("limit", [0, -1, 1.5, True])
def test_how_many_to_claim_makes_sense(photos, refused, limit):
    for call in (photos.claim_pending, photos.claim_stuck):
        with refused(InvalidFilterError):
            call(limit)


# -- with a claim in hand ------------------------------------------------------------------------------


@pytest.fixture
def claim(photos, album, add):
    add(album, status="pending")
    return photos.claim_pending()[0]


def test_a_photo_is_completed_and_counted(photos, albums, album, claim):
    done = photos.complete(claim, **RESULTS)
    assert done == photos.get(claim.id)
    assert done.status == PhotoStatus.COMPLETED
    assert {name: getattr(done, name) for name in RESULTS} == RESULTS
    assert albums.get(album.id).photo_count == 1
    assert photos.complete(claim, width=1) is None
    assert photos.get(claim.id) == done


def test_a_photo_may_go_on_to_a_persons_hands(photos, albums, album, claim):
    albums.update(album.id, enable_human_retouch=True)
    status = albums.processing_config(album.id).status_after(claim)
    assert status == PhotoStatus.PENDING_RETOUCH
    assert photos.complete(claim, status=status).status == PhotoStatus.PENDING_RETOUCH
    assert albums.get(album.id).photo_count == 0


def test_a_lease_is_renewed_as_long_as_it_is_held(photos, claim):
    renewed = photos.renew_lease(claim)
    assert renewed.updated_at >= claim.updated_at
    taken = photos.claim_for_processing(claim.id, lease=AT_ONCE)
    while taken.updated_at == renewed.updated_at:  # SQLite's clock has milliseconds
        taken = photos.claim_for_processing(claim.id, lease=AT_ONCE)
    assert photos.renew_lease(renewed) is None
    assert photos.renew_lease(taken).status == PhotoStatus.PROCESSING


def test_a_photo_fails_or_is_released(photos, claim):
    failed = photos.fail(claim)
    assert failed.status == PhotoStatus.FAILED
    assert photos.release(claim) is None
    again = photos.claim_for_processing(claim.id, retry_failed=True)
    assert photos.release(again).status == PhotoStatus.PENDING
    assert photos.fail(again) is None


def lose_by_deletion(photos, claim):
    photos.soft_delete(claim.id)


def lose_by_turning(photos, claim):
    photos.set_rotation(claim.id, 90)
    assert photos.claim_for_processing(claim.id).rotation == 90


def lose_by_replacement(photos, claim):
    photos.replace_original(claim.id, "retouched/x.jpg")
    assert photos.claim_for_processing(claim.id).original_key == "retouched/x.jpg"


def lose_by_requeueing(photos, claim):
    assert photos.requeue(claim.id, from_status="processing") == [claim.id]


def lose_by_takeover(photos, claim):
    assert photos.claim_stuck(lease=AT_ONCE)[0].id == claim.id


@pytest.mark.parametrize(
    "lose", [lose_by_deletion, lose_by_turning, lose_by_replacement, lose_by_requeueing, lose_by_takeover]
)
def test_a_lost_claim_stores_nothing(photos, albums, album, claim, lose):
    while photos.get(claim.id, live=False).updated_at == claim.updated_at:
        lose(photos, claim)
    before = photos.get(claim.id, live=False)
    assert photos.complete(claim, **RESULTS) is None
    assert photos.fail(claim) is None
    assert photos.release(claim) is None
    assert photos.renew_lease(claim) is None
    assert photos.get(claim.id, live=False) == before
    assert albums.get(album.id).photo_count == 0


def test_results_that_make_no_sense_are_refused(photos, claim, refused):
    for results in ({"status": "pending"}, {"status": "done"}, {"original_key": "x"}, {"is_selected": True}):
        with refused(InvalidValueError):
            photos.complete(claim, **results)
    for results in ({"width": "7"}, {"captured_at": dt.datetime(2026, 6, 1)}, {"exif": {"a": float("nan")}}):
        with refused(InvalidValueError):
            photos.complete(claim, **results)
    with refused(InvalidValueError, "a claim is the Photo"):
        photos.complete(claim.id)


# -- again ---------------------------------------------------------------------------------------------


def test_photos_are_requeued_from_what_they_were(photos, albums, album, add):
    done, failed, waits, worked = (
        add(album, status=status)[0] for status in ("completed", "failed", "pending", "processing")
    )
    (deleted,) = add(album, deleted_at=NOON)
    everything = [worked, waits, failed, done, deleted]
    assert photos.requeue(everything) == sorted([done, failed])
    assert albums.get(album.id).photo_count == 0
    assert photos.requeue(everything) == []
    assert photos.requeue(everything, from_status=[PhotoStatus.PROCESSING]) == [worked]
    assert photos.get(deleted, live=False).status == PhotoStatus.COMPLETED


@pytest.mark.parametrize(
    ("status", "then"),
    [
        ("completed", "pending"),
        ("processing", "pending"),
        ("pending", "pending"),
        ("failed", "failed"),
        ("pending_retouch", "pending_retouch"),
    ],
)
def test_a_photo_that_is_turned_is_made_anew(photos, album, add, status, then):
    (key,) = add(album, status=status)
    turned = photos.set_rotation(key, 270)
    assert (turned.rotation, turned.status) == (270, then)
    assert photos.get(key) == turned
    assert photos.set_rotation(key, None).rotation is None


def test_a_photo_that_is_turned_as_it_is_stays(photos, album, add):
    (key,) = add(album, rotation=90)
    assert photos.set_rotation(key, 90).status == PhotoStatus.COMPLETED


@pytest.mark.parametrize("degrees", [45, -90, 360, "90", 90.0, True])
def test_only_quarter_turns(photos, album, add, refused, degrees):
    (key,) = add(album)
    with refused(InvalidValueError, "rotation"):
        photos.set_rotation(key, degrees)


# -- by hand -------------------------------------------------------------------------------------------


def test_retouching_from_task_to_done(photos, albums, users, album, add):
    person, other = (users.create(f"{name}@example.org", role="retoucher") for name in ("ann", "bob"))
    albums.update(album.id, enable_human_retouch=True)
    newest, oldest = (
        add(album, status="pending_retouch", created_at=NOON - dt.timedelta(hours=hour))[0] for hour in (1, 2)
    )
    add(album, status="completed")
    add(album, status="pending_retouch", deleted_at=NOON)
    hidden = albums.create(title="deleted")
    add(hidden, status="pending_retouch")
    albums.soft_delete(hidden.id)

    tasks = photos.list_retouch_tasks()
    assert [(task.photo.id, task.album_title) for task in tasks] == [
        (newest, album.title),
        (oldest, album.title),
    ]
    assert len(photos.list_retouch_tasks(1)) == 1

    mine = photos.claim_retouch(oldest, person.id)
    assert (mine.status, mine.retoucher_id) == (PhotoStatus.RETOUCHING, person.id)
    assert photos.claim_retouch(oldest, other.id) is None
    assert photos.claim_retouch(oldest, person.id) == mine
    assert len(photos.list_retouch_tasks()) == 2

    before = mine.original_key
    replaced, old = photos.replace_original(
        oldest, "retouched/1.jpg", file_size=9, mime_type="image/jpeg", content_hash="c" * 64
    )
    assert old == before
    assert (replaced.original_key, replaced.file_size, replaced.hash) == ("retouched/1.jpg", 9, "c" * 64)
    assert replaced.status == PhotoStatus.PENDING

    claim = photos.claim_for_processing(oldest)
    status = albums.processing_config(album.id).status_after(claim)
    assert photos.complete(claim, status=status).status == PhotoStatus.COMPLETED


def test_a_task_is_given_back(photos, albums, users, album, add):
    person, other = (users.create(f"{name}@example.org", role="retoucher") for name in ("ann", "bob"))
    albums.update(album.id, enable_human_retouch=True)
    key, waiting = add(album, 2, status="pending_retouch")
    photos.claim_retouch(key, person.id)
    assert photos.release_retouch(key, user_id=other.id) is None
    assert photos.release_retouch(waiting) is None
    assert photos.release_retouch(uuid4()) is None
    free = photos.release_retouch(key, user_id=person.id)
    assert (free.status, free.retoucher_id) == (PhotoStatus.PENDING_RETOUCH, None)
    assert photos.get(key) == free
    assert photos.claim_retouch(key, other.id).retoucher_id == other.id
    assert photos.release_retouch(key).retoucher_id is None, "whoever has it, if nobody is named"


# pis.md 9.1 #3: photos stuck in processing were looked for only when the worker began, and set by one UPDATE
# whoever was at work on them; a job was sent before the row was there for it
def test_stuck_photos_go_back_to_the_queue_and_their_jobs_go_out_then(repositories, photos, album, add):
    stuck = add(album, 3, status="pending")
    claims = photos.claim_pending(3)
    jobs = []

    def recover():
        with repositories.transaction() as r:
            found = [photo.id for photo in r.photos.claim_stuck(100, lease=AT_ONCE)]
            again = r.photos.requeue(found, from_status=PhotoStatus.PROCESSING)
            r.after_commit(lambda: jobs.extend(again))
        return len(found)

    assert recover() == 3
    assert sorted(jobs) == sorted(stuck)
    assert {photos.claim_for_processing(key).id for key in jobs} == set(stuck)
    assert all(photos.complete(claim) is None for claim in claims), "whoever had them has lost them"


def test_who_retouches_may_be_told_with_the_result(photos, users, album, add):
    person = users.create("ann@example.org")
    (key,) = add(album, status="pending_retouch")
    assert (
        photos.replace_original(key, "retouched/2.jpg", retoucher_id=person.id)[0].retoucher_id == person.id
    )


def test_only_users_retouch(photos, album, add):
    (key,) = add(album, status="pending_retouch")
    with pytest.raises(ForeignKeyViolationError):
        photos.claim_retouch(key, uuid4())


def test_what_is_not_there_is_not_replaced_or_turned(photos, album, add):
    (deleted,) = add(album, deleted_at=NOON)
    for key in (deleted, uuid4()):
        with pytest.raises(NotFoundError):
            photos.replace_original(key, "retouched/x.jpg")
        with pytest.raises(NotFoundError):
            photos.set_rotation(key, 90)
