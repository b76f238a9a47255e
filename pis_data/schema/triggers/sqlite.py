"""The rules in SQLite's words: one writer at a time, so that nothing needs a lock."""

from __future__ import annotations

from pis_data.schema.base import now
from pis_data.schema.triggers.base import Routine

_AWAKE = "NOT EXISTS (SELECT 1 FROM pis_meta WHERE key = 'quiet')"
_NOW = now.words["sqlite"]


def _trigger(name: str, table: str, event: str, when: str, body: str) -> Routine:
    create = f"CREATE TRIGGER {name} {event} ON {table} FOR EACH ROW\nWHEN {when}\nBEGIN\n{body}\nEND"
    return Routine(name, table, create, f"DROP TRIGGER {name}")


def updated_at(table: str) -> tuple[Routine, ...]:
    """``updated_at`` of a table."""
    return (_touch(table, _AWAKE),)


def updated_at_of_albums() -> tuple[Routine, ...]:
    """``updated_at`` of albums, which stays when only a counter moves."""
    unmoved = "NEW.photo_count = OLD.photo_count AND NEW.selected_count = OLD.selected_count"
    return (_touch("albums", f"{unmoved} AND {_AWAKE}"),)


def _touch(table: str, when: str) -> Routine:
    # A BEFORE trigger can't change the row here, so it is written twice. The moment stands still during
    # a statement: the second write finds it there and does not call itself again (`recursive_triggers`).
    return _trigger(
        f"{table}_updated_at",
        table,
        "AFTER UPDATE",
        f"NEW.updated_at <> {_NOW} AND {when}",
        f"  UPDATE {table} SET updated_at = {_NOW} WHERE rowid = NEW.rowid;",
    )


def _counts(row: str, flag: str) -> str:
    """1 if a photo counts, else 0."""
    return f"({row}.deleted_at IS NULL AND {row}.{flag})"


_COMPLETED, _SELECTED = "status = 'completed'", "is_selected"


def _move(album: str, completed: str, selected: str) -> str:
    return (
        f"  UPDATE albums SET photo_count = photo_count + {completed},\n"
        f"    selected_count = selected_count + {selected} WHERE id = {album};"
    )


def photo_counters() -> tuple[Routine, ...]:
    """The counters of albums."""
    new = _counts("NEW", _COMPLETED), _counts("NEW", _SELECTED)
    old = _counts("OLD", _COMPLETED), _counts("OLD", _SELECTED)
    added = _move("NEW.album_id", *new)
    removed = _move("OLD.album_id", f"-{old[0]}", f"-{old[1]}")
    changed = f"(NEW.album_id <> OLD.album_id OR {new[0]} <> {old[0]} OR {new[1]} <> {old[1]})"
    return (
        _trigger(
            "photos_counters_insert",
            "photos",
            "AFTER INSERT",
            f"({new[0]} OR {new[1]}) AND {_AWAKE}",
            added,
        ),
        _trigger(
            "photos_counters_update",
            "photos",
            "AFTER UPDATE",
            f"{changed} AND {_AWAKE}",
            f"{removed}\n{added}",
        ),
        _trigger(
            "photos_counters_delete",
            "photos",
            "AFTER DELETE",
            f"({old[0]} OR {old[1]}) AND {_AWAKE}",
            removed,
        ),
    )
