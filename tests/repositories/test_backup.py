"""Backups come back as they were, whole or not at all, and without anybody's secrets.

Here, since they run on every database; the service has a synchronous face only.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from uuid import UUID, uuid4

import pytest

from pis_data.errors import (
    ForeignKeyViolationError,
    InvalidValueError,
    PermissionDeniedError,
    UniqueViolationError,
    UnknownColumnError,
    UnknownTableError,
)
from pis_data.schema import JSON_NULL, TABLES
from pis_data.services.backup import DEFAULT_TABLES, BackupService
from pis_data.services.migrate import upgrade
from pis_data.sync import create_database_adapter

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
#: documents of all kinds, in a column that can't be NULL
VALUES = ["text", "", [1, "二", None], None, True, 7, 1.5, {"a": {"$json": None}}, 1e16]

pytestmark = pytest.mark.parametrize("face_name", ["sync"], indirect=True)


@pytest.fixture
def backup(db):
    return BackupService(db)


@pytest.fixture
def furnished(db, repositories, add):
    """An album with all that belongs to it, and things beside it."""
    r = repositories
    owner = r.users.create("owner@example.org", "salt:1:hash", "admin")
    album = r.albums.create(
        title="海边 🌊", password="sesame", upload_token="12345678", owner_id=owner.id, color_grading=None
    )
    plain = r.albums.create(title="plain")
    db.update("albums", {"id": plain.id}, {"color_grading": JSON_NULL})
    ids = add(album, 3, captured_at=NOON, exif={"ISO": 100, "Tags": ["a"]}, is_selected=True)
    add(plain, deleted_at=NOON)
    r.albums.set_cover(album.id, ids[1])
    group = r.groups.create(album.id, "family")
    r.groups.assign(group.id, ids[:2])
    customer = r.customers.create(name="Ann", phone="1", tags=["VIP", "婚礼"], created_by=owner.id)
    r.customers.link_album(customer.id, album.id, notes="hers")
    for number, value in enumerate(VALUES):
        r.settings.set(f"backup_{number}", value)
    r.templates.create(name="preset", password="sesame", watermark_config={"watermarks": []})
    r.styles.create(name="night", theme_config={"mode": "dark"}, created_by=owner.id)
    r.translations.upsert("zh-CN", "album", "share", "分享")
    return album


def everything(db, *, without=("updated_at",)):
    """All rows of the tables that are exported by default, without what a write moves."""
    keys = {name: [column.name for column in TABLES[name].primary_key] for name in DEFAULT_TABLES}
    return {
        name: [
            {column: value for column, value in row.items() if column not in without}
            for row in db.find_many(name, order_by=keys[name])
        ]
        for name in DEFAULT_TABLES
    }


def documents(lines):
    return [json.loads(line) for line in lines]


def rows_of(lines, table):
    return [line["row"] for line in documents(lines) if line.get("table") == table]


# -- exporting -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("furnished")
def test_an_export_shows_no_secret(backup):
    """9.2 and the security report: PIS exports all fields, hashes too, of any table that is named."""
    text = "".join(backup.export_tables([*DEFAULT_TABLES, "users", "email_config", "package_downloads"]))
    for secret in ("sesame", "12345678", "salt:1:hash"):
        assert secret not in text
    assert {"password", "upload_token", "password_hash"} & {
        name for line in documents(text.splitlines()) for name in line.get("row", {})
    } == set()


@pytest.mark.usefixtures("furnished")
def test_a_secret_is_exported_if_it_is_named(backup):
    [album, plain] = sorted(
        rows_of(backup.export_tables(["albums", "albums.password"]), "albums"),
        key=lambda row: not row["password"],
    )
    assert (album["password"], plain["password"]) == ("sesame", None)
    assert "upload_token" not in album


def test_an_export_has_a_beginning_and_an_end(backup, furnished):
    found = documents(backup.export_tables(["photos", "albums"]))
    assert found[0] == {"pis_backup": 1, "tables": ["albums", "photos"]}
    assert found[-1] == {"end": {"albums": 2, "photos": 4}}
    names = [line["table"] for line in found[1:-1]]
    assert names == ["albums"] * 2 + ["photos"] * 4
    [line] = [line for line in found if line.get("row", {}).get("id") == str(furnished.id)]
    assert line["withheld"] == ["password", "upload_token"]
    assert not {"photo_count", "selected_count"} & line["row"].keys()


@pytest.mark.parametrize(
    ("tables", "error"),
    [
        (["album"], UnknownTableError),
        (["pis_meta"], UnknownTableError),
        (["users; DROP TABLE users"], UnknownTableError),
        ([7], UnknownTableError),
        (["albums", "albums.pasword"], UnknownColumnError),
        (["albums", "albums.title"], InvalidValueError),
        (["albums.password"], InvalidValueError),
        ("albums", InvalidValueError),
        (None, InvalidValueError),
    ],
    ids=str,
)
def test_what_is_no_table_is_refused_at_once(backup, refused, tables, error):
    with refused(error):
        backup.export_tables(tables)
    with refused(error):
        backup.import_document([], tables=tables)


def test_an_export_is_of_one_moment(backup, furnished, together, db):
    lines = backup.export_tables(["albums", "photos"])
    seen = [next(lines), next(lines)]

    def add_more(other):
        row = {"album_id": furnished.id, "filename": "new.jpg", "original_key": "raw/new"}
        other.insert("photos", row)
        other.insert("albums", {"title": "new", "slug": "new"})

    assert together(add_more) == [None]
    seen += lines
    assert json.loads(seen[-1]) == {"end": {"albums": 2, "photos": 4}}
    assert db.count("albums") == 3


# -- importing -----------------------------------------------------------------------------------------


def test_everything_comes_back(backup, furnished, db, throwaway):
    """9.2, 10: what PIS exports can't be imported (JSON scalars), and group assignments are missing."""
    before = everything(db)
    secrets = ["albums.password", "albums.upload_token", "album_templates.password"]
    lines = list(backup.export_tables([*DEFAULT_TABLES, "users", "users.password_hash", *secrets]))
    throwaway.tidy()
    db.delete("system_settings", {"key": [f"backup_{n}" for n in range(len(VALUES))]})
    assert not db.exists("albums")
    report = backup.import_document(lines, tables=[*DEFAULT_TABLES, "users"])
    assert everything(db) == before
    assert report.unresolved == {}
    assert (report.written["photos"], report.written["photo_group_assignments"]) == (4, 2)
    again = backup.import_document(lines, "replace", tables=[*DEFAULT_TABLES, "users"])
    assert everything(db) == before
    assert set(again.deleted.values()) == {0}
    assert db.find_one("albums", {"id": furnished.id})["photo_count"] == 3


def test_a_backup_goes_from_any_database_to_another(backup, furnished, db, tmp_path):
    url = f"sqlite:///{tmp_path}/other.db"
    upgrade(url)
    file = tmp_path / "pis.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(backup.export_tables())
    with create_database_adapter(url) as other:
        with file.open(encoding="utf-8") as lines:
            report = BackupService(other).import_document(lines)
        secret = ("updated_at", "password", "upload_token", "owner_id", "created_by", "id")
        ours, theirs = (everything(each, without=secret) for each in (db, other))
        assert {name: sorted(map(str, rows)) for name, rows in ours.items()} == {
            name: sorted(map(str, rows)) for name, rows in theirs.items()
        }
        assert other.find_one("albums", {"id": furnished.id})["cover_photo_id"] is not None
    # its owner has no account there
    assert report.unresolved == {
        "albums.owner_id": 1,
        "customers.created_by": 1,
        "style_templates.created_by": 1,
    }


def test_secrets_that_stayed_behind_are_kept_or_unknown(backup, furnished, repositories, db, throwaway):
    lines = list(backup.export_tables([*DEFAULT_TABLES, "users"]))
    backup.import_document(lines, tables=[*DEFAULT_TABLES, "users"])
    assert repositories.albums.check_password(furnished.id, "sesame")
    throwaway.tidy()
    backup.import_document(lines, tables=[*DEFAULT_TABLES, "users"])
    found = repositories.albums.get(furnished.id)
    assert found.password not in (None, "", "sesame")
    assert found.upload_token not in (None, "", "12345678")
    assert not repositories.albums.check_password(furnished.id, "")
    owner = repositories.users.get_by_email("owner@example.org")
    assert owner.password_hash.startswith("!")
    assert repositories.users.set_password_if_unset(owner.id, "h") is False
    [plain] = [album for album in repositories.albums.list_admin() if album.title == "plain"]
    assert plain.password is None


def test_merging_changes_and_adds_and_deletes_nothing(backup, repositories, album):
    lines = list(backup.export_tables(["albums", "system_settings"]))
    repositories.albums.update(album.id, title="changed", description="new")
    other = repositories.albums.create(title="other")
    report = backup.import_document(lines)
    assert repositories.albums.get(album.id).title == "A day by the sea"
    assert repositories.albums.get(album.id).description is None
    assert repositories.albums.get(other.id) is not None
    assert report.written["albums"] == 1
    assert report.deleted == {}


def test_replacing_also_deletes(backup, repositories, album, add, db):
    (kept,) = add(album)
    group = repositories.groups.create(album.id, "family")
    repositories.groups.assign(group.id, kept)
    lines = list(backup.export_tables(["albums", "photos", "photo_groups", "photo_group_assignments"]))
    other = repositories.albums.create(title="other")
    add(album), add(other, 2)
    repositories.groups.assign(group.id, add(album))
    db.insert("album_views", {"album_id": album.id, "session_id": "s"})
    report = backup.import_document(lines, "replace")
    assert report.deleted == {
        "albums": 1,
        "photos": 4,
        "photo_groups": 0,
        "photo_group_assignments": 1,
    }
    assert repositories.albums.get(other.id, live=False) is None
    assert [photo.id for photo in repositories.photos.page(album.id)] == [kept]
    assert repositories.albums.get(album.id).photo_count == 1
    assert db.count("album_views") == 1  # what the document does not hold stays


def test_a_slug_can_change_hands(backup, repositories):
    old = repositories.albums.create(title="old", slug="sea")
    lines = list(backup.export_tables(["albums"]))
    repositories.albums.update(old.id, slug="other")
    new = repositories.albums.create(title="new", slug="sea")
    with pytest.raises(UniqueViolationError):
        backup.import_document(lines)
    assert repositories.albums.get(old.id).slug == "other"
    backup.import_document(lines, "replace")
    assert repositories.albums.get_by_slug("sea").id == old.id
    assert repositories.albums.get(new.id, live=False) is None


def test_an_import_takes_effect_whole_or_not_at_all(backup, db, album):
    """9.2, 10: PIS imports row by row, in the order of the file, without a transaction."""
    good = {"id": str(uuid4()), "title": "t", "slug": "t"}
    orphan = {"album_id": str(uuid4()), "filename": "a", "original_key": "a", "id": str(uuid4())}
    before = everything(db)
    with pytest.raises(ForeignKeyViolationError):
        backup.import_document({"photos": [orphan], "albums": [good]}, "replace")
    assert everything(db) == before


def test_the_last_administrator_stays(backup, repositories, db):
    ann = repositories.users.create("ann@example.org", role="admin")
    bob = {"id": str(uuid4()), "email": "bob@example.org", "role": "guest"}
    demoted = {"id": str(ann.id), "email": "ann@example.org", "role": "guest"}
    for rows, mode in (([bob], "replace"), ([demoted], "merge")):
        with pytest.raises(PermissionDeniedError):
            backup.import_document({"users": rows}, mode, tables=["users"])
    assert repositories.users.count_active_admins() == 1
    assert db.count("users") == 1


def test_rows_go_out_and_come_in_by_hundreds(backup, repositories, sent, throwaway):
    many = [{"locale": "en", "namespace": "n", "key": f"{n}", "value": f"{n}"} for n in range(1_100)]
    repositories.translations.upsert_many(many)
    before = len(sent)
    lines = list(backup.export_tables(["custom_translations"]))
    assert sum(statement.startswith("SELECT") for statement in sent[before:]) == 3
    throwaway.tidy()
    for _ in range(2):  # all of them are new, then none
        before = len(sent)
        assert backup.import_document(lines).written == {"custom_translations": 1_100}
        assert len(sent) - before < 60
    assert repositories.translations.list(limit=1, total=True).total == 1_100


def test_rows_by_table_come_in_any_order(backup, db):
    album, photo, group = (str(uuid4()) for _ in range(3))
    report = backup.import_document(
        {
            "photo_group_assignments": [{"photo_id": photo, "group_id": group}],
            "photo_groups": [{"id": group, "album_id": album, "name": "g"}],
            "photos": [
                {
                    "id": photo,
                    "album_id": album,
                    "filename": "a",
                    "original_key": "a",
                    "status": "completed",
                    "captured_at": NOON.isoformat(),
                }
            ],
            "albums": [
                {"id": album, "title": "t", "slug": "t", "cover_photo_id": photo, "photo_count": 17},
                {"id": str(uuid4()), "title": "u", "slug": "u", "cover_photo_id": photo},
            ],
        }
    )
    found = db.find_one("albums", {"id": album})
    assert (found["photo_count"], found["cover_photo_id"]) == (1, UUID(photo))
    assert db.find_one("photos")["captured_at"] == NOON
    assert report.unresolved == {"albums.cover_photo_id": 1}


def test_settings_and_translations_go_by_their_names(backup, repositories):
    repositories.translations.upsert("en", "album", "a", "here")
    backup.import_document(
        {
            "system_settings": [{"id": str(uuid4()), "key": "backup_0", "value": "one", "category": "site"}],
            "custom_translations": [
                {"id": str(uuid4()), "locale": "en", "namespace": "album", "key": "a", "value": "there"}
            ],
        }
    )
    again = {
        "system_settings": [{"id": str(uuid4()), "key": "backup_0", "value": ["two"], "category": "site"}]
    }
    backup.import_document(again)
    assert repositories.settings.get("backup_0") == ["two"]
    assert repositories.translations.export("en") == {"album": {"a": "there"}}


HEADER = '{"pis_backup": 1, "tables": ["albums", "photos"]}'
ROW = f'{{"table": "albums", "row": {{"id": "{UUID(int=1)}", "title": "t", "slug": "t"}}}}'
END = '{"end": {"albums": 1, "photos": 0}}'


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "no backup"),
        (["{}"], "no backup"),
        (["nonsense"], "line 1: no JSON"),
        ([HEADER.replace("1,", "2,"), END], "no backup"),
        ([HEADER, ROW], "cut off"),
        ([HEADER, END], "cut off"),
        ([HEADER, ROW, ROW, END], "cut off"),
        ([HEADER, ROW, END, ROW], "line 4: there is more"),
        ([HEADER, ROW.replace('"t"', "NaN"), END], "line 2.*albums.title"),
        ([HEADER, ROW.replace('"slug"', '"title"'), END], "line 2: no JSON"),
        ([HEADER, '{"table": "photos"}', END], "line 2"),
        ([HEADER, '{"table": "customers", "row": {}}', END], "line 2"),
        ([HEADER, '{"table": "albums", "row": {"title": "t"}}', END], "needs its id"),
        ([HEADER, ROW.replace('"t"}', '"t"}, "withheld": ["title"]'), END], "withheld"),
        (['{"pis_backup": 1, "tables": ["users"]}', '{"end": {"users": 0}}'], "not among the tables"),
        ([7], "expected text"),
    ],
    ids=range(16),
)
def test_a_damaged_document_is_refused_before_anything_is_sent(backup, refused, lines, message):
    with refused(InvalidValueError, message):
        backup.import_document(lines)


def test_what_makes_no_sense_is_refused(backup, refused):
    with refused(InvalidValueError, "mode"):
        backup.import_document(io.StringIO(f"{HEADER}\n{ROW}\n{END}\n"), "overwrite")
    with refused(UnknownTableError):
        backup.import_document({"nonsense": []})
    with refused(UnknownColumnError):
        backup.import_document({"albums": [{"id": str(uuid4()), "titel": "t"}]})
    with refused(InvalidValueError, "line 4: albums is not expected"):
        photo = ROW.replace("albums", "photos").replace('"title"', '"filename"')
        photo = photo.replace('"slug"', '"original_key"').replace('"t"}', f'"t", "album_id": "{uuid4()}"}}')
        backup.import_document([HEADER, photo.replace("00001", "00002"), photo, ROW, END])
