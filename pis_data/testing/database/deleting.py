"""delete: the rows that match, and what the schema says goes with them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from pis_data.errors import ForeignKeyViolationError, InvalidFilterError
from pis_data.filters import ge, not_in
from pis_data.schema import style_templates
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused


class TestDeleting:
    def test_it_says_how_many_matched(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": "a", "sort_order": n} for n in range(5)])
        assert db.delete("style_templates", {"sort_order": ge(3)}) == 2
        assert db.delete("style_templates", {"sort_order": ge(3)}) == 0
        assert db.delete("style_templates", {"sort_order": []}) == 0
        assert db.delete("style_templates", style_templates.c.sort_order < 1) == 1
        assert db.count("style_templates") == 2

    def test_every_row_must_be_meant(self, db: DatabaseAdapter, refused: Refused) -> None:
        samples.style(db)
        nothings: list[Any] = [None, {}]
        for nothing in nothings:
            with refused(InvalidFilterError, match="all_rows"):
                db.delete("style_templates", nothing)
        assert db.delete("style_templates", None, all_rows=True) == 1
        samples.style(db)
        assert db.delete("style_templates", {"id": not_in([])}) == 1

    def test_an_albums_photos_go_with_it(self, db: DatabaseAdapter) -> None:
        album, other = samples.album(db), samples.album(db)
        photo = samples.photo(db, album["id"], status="completed")
        kept = samples.photo(db, other["id"], status="completed")
        db.update("albums", {"id": album["id"]}, {"cover_photo_id": photo["id"]})
        group = db.insert("photo_groups", {"album_id": album["id"], "name": "g"})[0]
        db.insert("photo_group_assignments", {"photo_id": photo["id"], "group_id": group["id"]})
        db.insert(
            "download_logs", {"photo_id": photo["id"], "album_id": album["id"], "download_type": "single"}
        )
        assert db.delete("albums", {"id": album["id"]}) == 1
        assert db.find_many("photos") == [kept]
        assert db.count("photo_groups") == db.count("photo_group_assignments") == 0
        (log,) = db.find_many("download_logs")
        assert (log["photo_id"], log["album_id"]) == (None, None)
        (left,) = db.find_many("albums")
        assert (left["id"], left["photo_count"]) == (other["id"], 1)

    def test_what_refers_to_a_row_may_forget_it(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        photo = samples.photo(db, album, status="completed")["id"]
        db.update("albums", {"id": album}, {"cover_photo_id": photo})
        assert db.delete("photos", {"id": photo}) == 1
        (left,) = db.find_many("albums")
        assert (left["cover_photo_id"], left["photo_count"]) == (None, 0)
        retoucher = samples.user(db)["id"]
        task = samples.photo(db, album, retoucher_id=retoucher)
        assert db.delete("users", {"id": retoucher}) == 1
        found = db.find_one("photos", {"id": task["id"]})
        assert found is not None
        assert found["retoucher_id"] is None

    def test_counters_follow_a_delete(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        for number in range(4):
            samples.photo(db, album, status="completed", sort_order=number, is_selected=number > 1)
        assert db.delete("photos", {"sort_order": ge(2)}) == 2
        (row,) = db.find_many("albums")
        assert (row["photo_count"], row["selected_count"]) == (2, 0)

    def test_what_is_still_referred_to_stays(self, db: DatabaseAdapter) -> None:
        owner = samples.user(db)["id"]
        album = samples.album(db, owner_id=owner)
        with pytest.raises(ForeignKeyViolationError) as caught:
            db.delete("users", {"id": owner})
        assert caught.value.table in (None, "albums")
        assert caught.value.constraint in (None, "albums_owner_id_fkey")
        assert db.find_many("albums") == [album]
        assert db.count("users") == 1

    def test_thousands_of_rows_with_children(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        rows: list[Any] = [samples.photo_row(album, status="completed") for _ in range(1_100)]
        db.insert("photos", rows, returning=False)
        assert db.delete("photos", {"album_id": album}) == 1_100
        db.insert("photos", rows, returning=False)
        assert db.delete("albums", {"id": album}) == 1
        assert db.count("photos") == 0

    def test_deleting_what_is_not_there_is_no_error(self, db: DatabaseAdapter) -> None:
        assert db.delete("albums", {"id": uuid4()}) == 0
        assert db.delete("photo_group_assignments", {"photo_id": uuid4()}) == 0
