"""Faces: whom a photo shows, and which photos of an album show somebody, with one answer on every server."""

from __future__ import annotations

import datetime as dt
import math
import threading
import tracemalloc
from uuid import uuid4

import numpy as np
import pytest
import sqlalchemy as sa

from pis_data.errors import (
    CapabilityError,
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
)
from pis_data.schema import FaceEmbedding

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
PLACE = {"x": 10, "y": 20.5, "w": 30, "h": 40}

#: bytes and numpy on the four; VEC_DISTANCE_COSINE on MariaDB 11.8; pgvector
pytestmark = [pytest.mark.newer, pytest.mark.vectors]


def direction(*parts):
    """A vector of the first few numbers, and zeros."""
    found = np.zeros(512, dtype="<f4")
    found[: len(parts)] = parts
    return found


def at(cosine):
    """A vector that is as similar to `direction(1)` as that."""
    return direction(cosine, math.sqrt(1 - cosine * cosine))


@pytest.fixture
def faces(repositories):
    return repositories.faces


@pytest.fixture
def show(faces):
    """Let a photo show faces of these embeddings."""

    def show(photo_id, *embeddings):
        return faces.replace_for_photo(photo_id, [{"embedding": each} for each in embeddings])

    return show


# -- keeping -------------------------------------------------------------------------------------------


# pis.md 2.3: embeddings were never deleted before a photo was processed again
def test_faces_are_replaced_and_never_there_twice(faces, db, album, add):
    photo, other = add(album, 2)
    faces.replace_for_photo(other, [{"embedding": at(0.5)}])
    given = [{"embedding": at(0.1), "face_location": PLACE}, {"embedding": at(0.2)}]
    for _ in range(2):
        stored = faces.replace_for_photo(photo, given)
    assert faces.list_for_photo(photo)[0].id == stored[0].id
    assert [type(face) for face in stored] == [FaceEmbedding] * 2
    assert [(face.photo_id, face.album_id) for face in stored] == [(photo, album.id)] * 2
    assert [face.face_location for face in stored] == [PLACE, None]
    for face, one in zip(stored, given, strict=True):
        assert face.embedding.dtype == np.dtype("<f4")
        assert np.array_equal(face.embedding, one["embedding"])
    assert db.count("face_embeddings") == 3

    assert faces.replace_for_photo(photo, []) == []
    assert faces.list_for_photo(photo) == []
    assert db.count("face_embeddings") == 1


def test_faces_are_forgotten(faces, show, db, album, add):
    photo, other = add(album, 2)
    show(photo, at(0.1), at(0.2))
    show(other, at(0.3))
    assert faces.delete_for_photo(photo) == 2
    assert faces.delete_for_photo(photo) == 0
    assert faces.delete_for_photo(uuid4()) == 0
    assert db.count("face_embeddings") == 1


def test_faces_go_with_their_photo(photos, show, db, album, add):
    (photo,) = add(album)
    show(photo, at(0.1))
    photos.soft_delete(photo)
    assert db.count("face_embeddings") == 1
    photos.permanent_delete(photo)
    assert db.count("face_embeddings") == 0


def test_two_workers_at_one_photo_leave_the_faces_of_one(open_repositories, together, faces, album, add):
    (photo,) = add(album)
    start = threading.Barrier(2)

    def worker(many):
        def work(db):
            r = open_repositories(db)
            start.wait(10)
            for _ in range(5):
                r.faces.replace_for_photo(photo, [{"embedding": at(0.1)}] * many)
            return many

        return work

    assert together(worker(2), worker(3)) == [2, 3]
    assert len(faces.list_for_photo(photo)) in (2, 3)


def test_any_512_numbers_are_kept_as_float32(faces, album, add):
    (photo,) = add(album)
    numbers = np.random.default_rng(7).standard_normal(512)
    tiny = np.full(512, 1e-40, dtype="f4")
    tiny[0] = 1  # a vector with a length
    for given in (numbers.astype(">f4"), numbers, numbers.tolist(), list(range(512)), tiny):
        [stored] = faces.replace_for_photo(photo, [{"embedding": given}])
        assert np.array_equal(stored.embedding, np.asarray(given).astype("<f4"))


def test_the_adapter_keeps_the_same_embeddings(db, album, add):
    (photo,) = add(album)
    face = {"photo_id": photo, "album_id": album.id}
    (none,) = db.insert("face_embeddings", {**face, "embedding": None})
    assert none["embedding"] is None
    tiny, huge = np.full(512, 1e-40, dtype="f4"), np.full(512, 3e38, dtype="f4")
    for vector in (at(0.3), np.zeros(512), -at(0.3), tiny, huge):
        (row,) = db.update("face_embeddings", {"id": none["id"]}, {"embedding": vector})
        assert np.array_equal(row["embedding"], vector.astype("<f4"))
        assert np.array_equal(next(iter(db.stream("face_embeddings")))["embedding"], row["embedding"])


WRONG = {
    "none": None,
    "text": "[1,2,3]",
    "too short": np.ones(511),
    "too long": np.ones(513),
    "two dimensions": np.ones((2, 256)),
    "empty": [],
    "nan": direction(math.nan, 1),
    "infinity": direction(math.inf, 1),
    "larger than float32": [1e39] * 512,
    "zero": np.zeros(512),
    "minus zero": -np.zeros(512),
    "tiny": at(0.5) * 1e-20,
    "denormal": at(0.5) * 1e-44,
    "huge": at(0.5) * 1e20,
    "the greatest": at(0.5) * 3e38,
    "words": ["a"] * 512,
    "complex": np.ones(512, dtype=complex),
    "ragged": [[1], [1, 2]],
}


def test_what_is_no_direction_is_refused(faces, refused, album, add):
    (photo,) = add(album)
    for wrong in WRONG.values():
        with refused(InvalidValueError, "embedding"):
            faces.replace_for_photo(photo, [{"embedding": at(0.5)}, {"embedding": wrong}])
        with refused(InvalidValueError, "embedding"):
            faces.search(album.id, wrong)


@pytest.mark.parametrize("length", [1e-12, 1e-6, 1e6, 9e11])
def test_only_the_direction_counts_however_long_a_vector_is(faces, album, add, length):
    near, far = add(album), add(album)
    for (photo,), likeness in ((near, 0.9), (far, 0.3)):
        faces.replace_for_photo(photo, [{"embedding": at(likeness) * length * 1.01}])
    for vector in (at(1), at(1) * length * 1.01):
        found = faces.search(album.id, vector)
        assert [(match.photo_id, match.similarity) for match in found] == [(near[0], 0.9)]


def test_faces_that_make_no_sense_are_refused(faces, refused):
    for wrong in (
        None,
        "face",
        {"embedding": at(0.5)},
        [at(0.5)],
        [{}],
        [{"embedding": at(0.5), "photo_id": uuid4()}],
        [{"embedding": at(0.5), "face_location": [1, 2, 3, 4]}],
        [{"embedding": at(0.5), "face_location": {"x": 1, "y": 2, "w": 3}}],
        [{"embedding": at(0.5), "face_location": {**PLACE, "h": math.nan}}],
        [{"embedding": at(0.5), "face_location": {**PLACE, "h": True}}],
    ):
        with refused(InvalidValueError):
            faces.replace_for_photo(uuid4(), wrong)


def test_a_face_needs_a_live_photo(faces, db, album, add):
    (deleted,) = add(album, deleted_at=NOON)
    for photo in (deleted, uuid4()):
        with pytest.raises(NotFoundError):
            faces.replace_for_photo(photo, [{"embedding": at(0.5)}])
    assert db.count("face_embeddings") == 0


# -- searching -----------------------------------------------------------------------------------------


# pis.md 9.3: face search result (one row of the function's answer, as text)
def test_photos_are_found_by_how_similar_their_best_face_is(faces, show, album, add):
    far, near, best, both = add(album, 4)
    show(far, at(0.59))
    show(near, at(0.7) * 100)  # only the direction counts
    show(best, at(0.95))
    [_, first] = show(both, at(-0.5), at(0.8))
    found = faces.search(album.id, direction(3))
    assert [(match.photo_id, round(match.similarity, 5)) for match in found] == [
        (best, 0.95),
        (both, 0.8),
        (near, 0.7),
    ]
    assert found[1].face_id == first.id
    assert all(type(match.similarity) is float for match in found)
    assert [match.photo_id for match in faces.search(album.id, direction(3), limit=2)] == [best, both]
    assert [match.photo_id for match in faces.search(album.id, direction(3), threshold=-1)] == [
        best,
        both,
        near,
        far,
    ]


# pis.md 1.3: search_faces ignored status and deletion, and could give one photo several times
def test_only_completed_live_photos_of_a_live_album_are_found_each_once(
    db, faces, photos, albums, show, album, add
):
    shown = add(album)[0]
    show(shown, at(0.9), at(0.99), at(0.99))
    for hidden in (
        add(album, status="pending")[0],
        add(album, status="failed")[0],
        add(album, status="pending_retouch")[0],
        add(albums.create(title="other"))[0],
    ):
        show(hidden, at(1))
    trashed = add(album)[0]
    show(trashed, at(1))
    photos.soft_delete(trashed)
    (blank,) = add(album)
    db.insert("face_embeddings", {"photo_id": blank, "album_id": album.id, "embedding": None})
    (zero,) = add(album)
    db.insert("face_embeddings", {"photo_id": zero, "album_id": album.id, "embedding": np.zeros(512)})

    [match] = faces.search(album.id, at(1), threshold=-1)
    assert (match.photo_id, round(match.similarity, 5)) == (shown, 0.99)
    albums.soft_delete(album.id)
    assert faces.search(album.id, at(1), threshold=-1) == []
    assert faces.search(uuid4(), at(1), threshold=-1) == []


def test_zeros_of_another_program_hide_nobody(db, faces, show, album, add):
    blank, (seen,) = add(album, 60), add(album)
    rows = [{"photo_id": key, "album_id": album.id, "embedding": np.zeros(512)} for key in blank]
    db.insert("face_embeddings", rows, returning=False)
    show(seen, at(0.7))
    assert [match.photo_id for match in faces.search(album.id, at(1), limit=1)] == [seen]


def test_a_photo_is_found_where_it_was_moved(db, faces, albums, show, album, add):
    (photo,) = add(album)
    show(photo, at(0.9))
    other = albums.create(title="other")
    db.update("photos", {"id": photo}, {"album_id": other.id})
    assert faces.search(album.id, at(1)) == []
    assert [match.photo_id for match in faces.search(other.id, at(1))] == [photo]


def test_similar_means_more_than_the_threshold(faces, show, album, add):
    (photo,) = add(album)
    show(photo, direction(3, 4))  # 0.6 exactly
    assert faces.search(album.id, direction(1), threshold=0.6) == []
    assert len(faces.search(album.id, direction(1), threshold=0.599999)) == 1
    assert faces.search(album.id, direction(3, 4), threshold=1) == []


def test_every_server_gives_the_same_photos_in_the_same_order(db, faces, album, add):
    """1,300 faces of 350 photos against float64: more than one batch, and many photos exactly alike."""
    rng = np.random.default_rng(12)
    wanted = rng.standard_normal(512).astype("<f4")
    ids = add(album, 350)
    owners = [ids[number % 350] for number in range(1300)]
    noise = rng.standard_normal((1300, 512)).astype("<f4")
    vectors = [wanted * (number % 13 - 6) + noise[number] * 4 for number in range(1300)]
    for number in range(300, 360):  # the same face, in other lengths: equal, so that the id decides
        vectors[number] = vectors[300] * np.float32(1 + number % 7)
    rows = [
        {"photo_id": owner, "album_id": album.id, "embedding": vector}
        for owner, vector in zip(owners, vectors, strict=True)
    ]
    db.insert("face_embeddings", rows, returning=False)

    best = {}
    for owner, vector in zip(owners, vectors, strict=True):
        one, other = wanted.astype(np.float64), vector.astype(np.float64)
        cosine = float(one @ other / math.sqrt(one @ one) / math.sqrt(other @ other))
        best[owner] = max(best.get(owner, -1), round(cosine, 6))
    ranked = sorted(((key, cosine) for key, cosine in best.items()), key=lambda item: (-item[1], item[0]))
    for threshold, limit in ((0.3, 50), (-1, 1000), (0.55, 1000), (-1, 1)):
        expected = [item for item in ranked if item[1] > threshold][:limit]
        found = faces.search(album.id, wanted, threshold=threshold, limit=limit)
        assert [match.photo_id for match in found] == [key for key, _ in expected]
        assert [match.similarity for match in found] == pytest.approx([c for _, c in expected], abs=1e-6)
        assert expected, "the test must be about something"


@pytest.mark.kinds("sqlite", "mysql")
def test_the_embeddings_of_an_album_are_never_in_memory_all_together(db, faces, album, add):
    photos = add(album, 30)
    for _ in range(10):  # 6 MB
        some = np.random.default_rng(1).standard_normal((300, 512)).astype("<f4")
        rows = [
            {"photo_id": photos[number % 30], "album_id": album.id, "embedding": vector}
            for number, vector in enumerate(some)
        ]
        db.insert("face_embeddings", rows, returning=False)
    del some, rows
    faces.search(album.id, at(1), threshold=-1)
    tracemalloc.start()
    try:
        assert len(faces.search(album.id, at(1), threshold=-1)) == 30
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_search_in_a_transaction_sees_what_was_done_in_it(repositories, faces, album, add):
    (photo,) = add(album)

    def undone():
        with repositories.transaction() as r:
            r.faces.replace_for_photo(photo, [{"embedding": at(0.9)}])
            assert [match.photo_id for match in r.faces.search(album.id, at(1))] == [photo]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert faces.search(album.id, at(1)) == []


def test_how_similar_and_how_many_make_sense(faces, refused):
    for wrong in (1.01, -2, math.nan, "0.6", None, True):
        with refused(InvalidFilterError, "threshold"):
            faces.search(uuid4(), at(1), threshold=wrong)
    for wrong in (0, -1, 1001, 1.5, True, None):
        with refused(InvalidFilterError):
            faces.search(uuid4(), at(1), limit=wrong)


# -- where it is reckoned ------------------------------------------------------------------------------


def test_the_server_compares_where_it_can(faces, show, album, add, sent, database_server):
    add_words = {"mariadb11": "vec_distance_cosine", "pgvector": "<=>"}
    (photo,) = add(album)
    show(photo, at(0.9))
    del sent[:]
    faces.search(album.id, at(1))
    word = add_words.get(database_server)
    if word:
        assert any(word in statement for statement in sent)
    else:
        assert not any(word in statement for word in add_words.values() for statement in sent)


def test_a_server_without_vectors_says_so(db):
    if db.dialect.caps.vectors:
        assert db.dialect.cosine_distance(sa.literal("a"), sa.literal("b")) is not None
        return
    with pytest.raises(CapabilityError, match="numpy"):
        db.dialect.cosine_distance(sa.literal("a"), sa.literal("b"))
