"""What the database keeps true by itself, whichever program writes."""

from __future__ import annotations

import random
import time
from uuid import uuid4

import pytest

from pis_data.schema import TABLES
from pis_data.schema.triggers import QUIET, RULES

NOW = {"sqlite": "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')", "postgresql": "now()"}
LONG_AGO = "2001-02-03 04:05:06"

pytestmark = pytest.mark.newer


def now(kind):
    return NOW.get(kind, "utc_timestamp(6)")


# -- counters ----------------------------------------------------------------------------------------


def test_a_photo_counts_from_its_completion(program):
    album = program.album()
    photo = program.photo(album, "pending")
    assert program.counts(album) == (0, 0)
    program.run("UPDATE photos SET status = 'processing' WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)
    program.run("UPDATE photos SET status = 'completed' WHERE id = ?", photo)
    assert program.counts(album) == (1, 0)
    program.run("UPDATE photos SET status = 'failed' WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)


def test_a_selected_photo_counts_whatever_its_status(program):
    album = program.album()
    photo = program.photo(album, "pending")
    program.run("UPDATE photos SET is_selected = {true} WHERE id = ?", photo)
    assert program.counts(album) == (0, 1)
    program.run("UPDATE photos SET is_selected = {true}, status = 'completed' WHERE id = ?", photo)
    assert program.counts(album) == (1, 1)
    program.run("UPDATE photos SET is_selected = {false} WHERE id = ?", photo)
    assert program.counts(album) == (1, 0)


def test_soft_delete_restore_and_hard_delete(program):
    album = program.album()
    photo = program.photo(album, is_selected=True)
    assert program.counts(album) == (1, 1)
    program.run(f"UPDATE photos SET deleted_at = {now(program.kind)} WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)
    program.run("UPDATE photos SET is_selected = {false} WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)
    program.run("UPDATE photos SET deleted_at = NULL WHERE id = ?", photo)
    assert program.counts(album) == (1, 0)
    program.run("DELETE FROM photos WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)


def test_what_is_deleted_from_the_trash_is_not_counted_twice(program):
    album = program.album()
    photo = program.photo(album)
    program.run(f"UPDATE photos SET deleted_at = {now(program.kind)} WHERE id = ?", photo)
    program.run("DELETE FROM photos WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)


def test_a_move_changes_both_albums(program):
    one, other = program.album(), program.album()
    photo = program.photo(one, is_selected=True)
    program.run("UPDATE photos SET album_id = ? WHERE id = ?", other, photo)
    assert (program.counts(one), program.counts(other)) == ((0, 0), (1, 1))
    program.run(
        "UPDATE photos SET album_id = ?, status = 'failed', is_selected = {false} WHERE id = ?", one, photo
    )
    assert (program.counts(one), program.counts(other)) == ((0, 0), (0, 0))


def test_one_statement_over_many_photos_of_several_albums(program):
    albums = [program.album() for _ in range(3)]
    rows = [(uuid4(), album, status) for album in albums for status in ("completed", "pending", "completed")]
    marks = ", ".join(["(?, ?, 'f', 'k', ?, {true})"] * len(rows))
    program.run(
        f"INSERT INTO photos (id, album_id, filename, original_key, status, is_selected) VALUES {marks}",
        *(value for row in rows for value in row),
    )
    assert [program.counts(album) for album in albums] == [(2, 3)] * 3
    program.run(f"UPDATE photos SET deleted_at = {now(program.kind)} WHERE status = 'pending'")
    assert [program.counts(album) for album in albums] == [(2, 2)] * 3
    program.run("UPDATE photos SET album_id = ?", albums[0])
    assert [program.counts(album) for album in albums] == [(6, 6), (0, 0), (0, 0)]
    program.run("DELETE FROM photos")
    assert [program.counts(album) for album in albums] == [(0, 0)] * 3


def test_an_insert_that_becomes_an_update_counts_once(program):
    album = program.album()
    photo = program.photo(album, "pending")
    columns = "id, album_id, filename, original_key, status"
    insert = f"INSERT INTO photos ({columns}) VALUES (?, ?, 'f', 'k', 'completed')"
    on_conflict = {
        "sqlite": "ON CONFLICT (id) DO UPDATE SET status = excluded.status",
        "postgresql": "ON CONFLICT (id) DO UPDATE SET status = excluded.status",
    }.get(program.kind, "ON DUPLICATE KEY UPDATE status = VALUES(status)")
    for _ in range(2):
        program.run(f"{insert} {on_conflict}", photo, album)
    assert program.counts(album) == (1, 0)


def test_deleting_the_cover_photo_empties_the_cover(program):
    album = program.album()
    photo = program.photo(album)
    program.run("UPDATE albums SET cover_photo_id = ? WHERE id = ?", photo, album)
    program.run("DELETE FROM photos WHERE id = ?", photo)
    assert program.one("SELECT cover_photo_id FROM albums WHERE id = ?", album) is None
    assert program.counts(album) == (0, 0)


def test_deleting_an_album_takes_its_photos(program):
    album, other = program.album(), program.album()
    photo = program.photo(album)
    program.photo(other)
    program.run("UPDATE albums SET cover_photo_id = ? WHERE id = ?", photo, album)
    program.run("DELETE FROM albums WHERE id = ?", album)
    assert program.one("SELECT count(*) FROM photos") == 1
    assert program.counts(other) == (1, 0)


def test_what_is_rolled_back_is_not_counted(program):
    album = program.album()
    program.run("BEGIN")
    program.photo(album)
    program.run("ROLLBACK")
    assert program.counts(album) == (0, 0)


def test_counters_are_true_after_anything(program):
    chance = random.Random(20260101)
    albums = [program.album() for _ in range(3)]
    photos = [
        program.photo(chance.choice(albums), chance.choice(["pending", "completed"])) for _ in range(12)
    ]
    for _ in range(150):
        some = tuple(chance.sample(photos, chance.randint(1, 4)))
        change, values = chance.choice(
            [
                ("status = ?", (chance.choice(["pending", "processing", "completed", "failed"]),)),
                (f"is_selected = {chance.choice(['{true}', '{false}'])}", ()),
                (f"deleted_at = {chance.choice([now(program.kind), 'NULL'])}", ()),
                ("album_id = ?, status = 'completed'", (chance.choice(albums),)),
                ("sort_order = sort_order + 1", ()),
            ]
        )
        marks = ", ".join("?" * len(some))
        program.run(f"UPDATE photos SET {change} WHERE id IN ({marks})", *values, *some)
        if chance.random() < 0.1:
            program.run("DELETE FROM photos WHERE id = ?", some[0])
            photos[photos.index(some[0])] = program.photo(chance.choice(albums), is_selected=True)
        assert [program.counts(album) for album in albums] == [program.recount(album) for album in albums]


# -- many at once ------------------------------------------------------------------------------------


def test_many_threads_into_one_album(in_threads, program):
    album = program.album()

    def insert_many(writer):
        for _ in range(100):
            writer.photo(album)

    in_threads(insert_many, [()] * 8)
    assert program.counts(album) == (800, 0)


def test_inserts_and_completions_in_transactions(in_threads, program):
    """Two locks of a transaction on its album, the first of which is the foreign key's."""
    album = program.album()

    def insert_then_complete(writer):
        for _ in range(25):
            writer.run("BEGIN" if writer.kind != "sqlite" else "BEGIN IMMEDIATE")
            photo = writer.photo(album, "pending")
            writer.run("UPDATE photos SET status = 'completed' WHERE id = ?", photo)
            writer.run("COMMIT")

    in_threads(insert_then_complete, [()] * 8)
    assert program.counts(album) == (200, 0)


def test_moves_that_cross(in_threads, program):
    one, other = program.album(), program.album()
    photos = [program.photo(one) for _ in range(4)] + [program.photo(other) for _ in range(4)]

    def move_to_and_fro(writer, photo, home, away):
        for _ in range(25):
            for album in (away, home):
                writer.run("UPDATE photos SET album_id = ? WHERE id = ?", album, photo)

    ways = [(photo, *((one, other) if at < 4 else (other, one))) for at, photo in enumerate(photos)]
    in_threads(move_to_and_fro, ways)
    assert (program.counts(one), program.counts(other)) == ((4, 0), (4, 0))


@pytest.mark.kinds("postgresql")
def test_statements_over_overlapping_photos(in_threads, program):
    """A statement takes the albums' locks last, so one over many photos never waits crosswise."""
    album = program.album()
    photos = sorted(program.photo(album, "pending") for _ in range(20))

    def set_status(writer, some, statuses):
        for status in statuses:
            writer.run("UPDATE photos SET status = ? WHERE id = ANY (?)", status, some)

    alone = (photos[-1:], ("processing", "completed") * 60)
    in_threads(set_status, [(photos, ("completed", "failed") * 15), alone, alone, alone])
    assert program.counts(album) == program.recount(album)


# -- updated_at --------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if "updated_at" in table.c])
def test_every_table_with_updated_at_has_its_trigger(database_kind, table):
    triggers = {routine.name for rule in RULES for routine in rule.on(database_kind)}
    assert f"{table}_updated_at" in triggers


def test_an_update_sets_updated_at_whatever_was_given(program):
    album = program.album()
    before = program.one("SELECT updated_at FROM albums WHERE id = ?", album)
    time.sleep(0.01)
    program.run("UPDATE albums SET title = 'x' WHERE id = ?", album)
    after = program.one("SELECT updated_at FROM albums WHERE id = ?", album)
    assert after > before
    time.sleep(0.01)
    program.run("UPDATE albums SET updated_at = ? WHERE id = ?", LONG_AGO, album)
    assert program.one("SELECT updated_at FROM albums WHERE id = ?", album) > after


def test_updated_at_is_a_moment_in_utc(program):
    album = program.album()
    program.run("UPDATE albums SET title = 'x' WHERE id = ?", album)
    age = {
        "sqlite": "unixepoch('now') - unixepoch(updated_at)",
        "postgresql": "extract(epoch FROM now() - updated_at)",
    }.get(program.kind, "timestampdiff(SECOND, updated_at, utc_timestamp())")
    assert 0 <= abs(program.one(f"SELECT {age} FROM albums WHERE id = ?", album)) < 30


def test_a_counter_that_moves_leaves_updated_at(program):
    album = program.album()
    before = program.one("SELECT updated_at FROM albums WHERE id = ?", album)
    time.sleep(0.01)
    photo = program.photo(album)
    program.run("DELETE FROM photos WHERE id = ?", photo)
    assert program.one("SELECT updated_at FROM albums WHERE id = ?", album) == before


@pytest.mark.kinds("sqlite")
def test_sqlite_with_recursive_triggers(program):
    program.run("PRAGMA recursive_triggers = ON")
    album = program.album(updated_at="2001-02-03T04:05:06.000000Z")
    photo = program.photo(album, updated_at="2001-02-03T04:05:06.000000Z")
    program.run("UPDATE photos SET status = 'failed' WHERE id = ?", photo)
    assert program.counts(album) == (0, 0)
    assert program.one("SELECT updated_at FROM photos WHERE id = ?", photo) > "2026"


# -- the quiet switch --------------------------------------------------------------------------------


def test_quiet_triggers_leave_everything_as_it_is_given(program):
    quiet = QUIET[program.kind]
    before = program.one("SELECT count(*) FROM pis_meta")
    program.run("BEGIN")
    program.run(quiet.on)
    album = program.album(photo_count=7, selected_count=5)
    photo = program.photo(album, is_selected=True)
    program.run("UPDATE albums SET updated_at = ?, view_count = 3 WHERE id = ?", LONG_AGO, album)
    program.run("UPDATE photos SET status = 'failed' WHERE id = ?", photo)
    program.run(quiet.off)
    program.run("COMMIT")
    assert program.counts(album) == (7, 5)
    assert str(program.one("SELECT updated_at FROM albums WHERE id = ?", album)).startswith("2001-02-0")
    program.run("UPDATE photos SET status = 'completed' WHERE id = ?", photo)
    assert program.counts(album) == (8, 5)
    assert program.one("SELECT count(*) FROM pis_meta") == before


def test_quiet_is_one_session_s(in_threads, program):
    """The others count on, except on SQLite, where they wait for the writer."""
    album = program.album()
    program.run("BEGIN")
    program.run(QUIET[program.kind].on)

    def look(other):
        if other.kind == "sqlite":
            assert other.one("SELECT count(*) FROM pis_meta") == 0
        else:
            other.photo(album)
            assert other.counts(album) == (1, 0)

    in_threads(look, [()])
    program.run(QUIET[program.kind].off)
    program.run("COMMIT")


@pytest.mark.kinds("sqlite", "postgresql")
def test_quiet_ends_with_a_rollback_where_it_is_the_transaction_s(program):
    album = program.album()
    program.run("BEGIN")
    program.run(QUIET[program.kind].on)
    program.run("ROLLBACK")
    program.photo(album)
    assert program.counts(album) == (1, 0)


# -- for the TypeScript application ------------------------------------------------------------------


@pytest.mark.kinds("postgresql")
def test_an_explicit_null_becomes_the_default(program):
    album = program.album(
        photo_count=None, is_public=None, layout=None, watermark_config=None, created_at=None
    )
    columns = "photo_count, is_public, layout, watermark_config, watermark_type, created_at IS NOT NULL"
    assert program.one(f"SELECT {columns} FROM albums WHERE id = ?", album) == (
        0,
        False,
        "masonry",
        {},
        "text",
        True,
    )
    program.run(
        "UPDATE albums SET layout = NULL, is_public = NULL, watermark_type = NULL WHERE id = ?", album
    )
    row = program.one("SELECT layout, is_public, watermark_type FROM albums WHERE id = ?", album)
    assert row == ("masonry", False, None)
    program.run("INSERT INTO users (id, email, role) VALUES (NULL, 'a@b.c', NULL)")
    assert program.one("SELECT role FROM users WHERE id IS NOT NULL AND email = 'a@b.c'") == "guest"


@pytest.mark.kinds("postgresql")
def test_the_counters_are_read_only_to_others(program):
    album = program.album(photo_count=9, selected_count=9)
    assert program.counts(album) == (0, 0)
    program.photo(album)
    recount = "photo_count = (SELECT count(*) + 5 FROM photos), selected_count = NULL"
    program.run(f"UPDATE albums SET {recount}, title = 'n'")
    assert program.counts(album) == (1, 0)
    assert program.one("SELECT title FROM albums WHERE id = ?", album) == "n"


@pytest.mark.kinds("postgresql")
def test_the_counters_are_read_only_within_the_transaction_that_counted(program):
    album = program.album()
    program.run("BEGIN")
    program.photo(album)
    program.run("UPDATE albums SET photo_count = 77 WHERE id = ?", album)
    program.run("COMMIT")
    assert program.counts(album) == (1, 0)


@pytest.mark.kinds("postgresql")
def test_photos_are_counted_whatever_the_search_path(program):
    album = program.album()
    program.run("SET search_path = ''")
    columns = "album_id, filename, original_key, status"
    program.run(f"INSERT INTO public.photos ({columns}) VALUES (?, 'f', 'k', 'completed')", album)
    program.run("SET search_path = public")
    assert program.counts(album) == (1, 0)


@pytest.mark.kinds("postgresql")
def test_copy_counts_too(program):
    album = program.album()
    with program.connection.cursor().copy(
        "COPY photos (album_id, filename, original_key, status) FROM STDIN"
    ) as copy:
        for _ in range(50):
            copy.write_row((album, "f", "k", "completed"))
    assert program.counts(album) == (50, 0)
