"""The rules in the words of MySQL and MariaDB.

A photo inserted takes a shared lock on its album, through the foreign key; the counter's update then
wants it alone. Two such inserts wait for each other: half of 800 concurrent ones died of it. So a BEFORE
trigger locks the album first; a move locks both, in id order.
"""

from __future__ import annotations

from pis_data.schema.triggers.base import Routine

_AWAKE = "@pis_quiet IS NULL"


def _trigger(name: str, table: str, event: str, body: str) -> Routine:
    create = f"CREATE TRIGGER {name} {event} ON {table} FOR EACH ROW\n{body}"
    return Routine(name, table, create, f"DROP TRIGGER {name}")


def updated_at(table: str) -> tuple[Routine, ...]:
    """``updated_at`` of a table."""
    return (_touch(table, _AWAKE),)


def updated_at_of_albums() -> tuple[Routine, ...]:
    """``updated_at`` of albums, which stays when only a counter moves."""
    unmoved = "NEW.photo_count = OLD.photo_count AND NEW.selected_count = OLD.selected_count"
    return (_touch("albums", f"{_AWAKE} AND {unmoved}"),)


def _touch(table: str, when: str) -> Routine:
    body = f"""\
BEGIN
  IF {when} THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END"""
    return _trigger(f"{table}_updated_at", table, "BEFORE UPDATE", body)


def _counts(row: str, flag: str) -> str:
    """1 if a photo counts, else 0."""
    return f"({row}.deleted_at IS NULL AND {row}.{flag})"


_COMPLETED, _SELECTED = "status = 'completed'", "is_selected"


def _lock(album: str, indent: str = "    ") -> str:
    return f"{indent}SELECT count(*) INTO locked FROM albums WHERE id = {album} FOR UPDATE;"


def _move(album: str, completed: str, selected: str, indent: str = "    ") -> str:
    return (
        f"{indent}UPDATE albums SET photo_count = photo_count + {completed},\n"
        f"{indent}  selected_count = selected_count + {selected} WHERE id = {album};"
    )


def photo_counters() -> tuple[Routine, ...]:
    """The counters of albums."""
    return (*_on_insert(), *_on_update(), *_on_delete())


def _on_insert() -> tuple[Routine, ...]:
    completed, selected = _counts("NEW", _COMPLETED), _counts("NEW", _SELECTED)
    # Whether it counts or not: what is pending now may be completed later in the same transaction.
    before = f"""\
BEGIN
  DECLARE locked INT;
  IF {_AWAKE} THEN
{_lock("NEW.album_id")}
  END IF;
END"""
    after = f"""\
BEGIN
  IF {_AWAKE} AND ({completed} OR {selected}) THEN
{_move("NEW.album_id", completed, selected)}
  END IF;
END"""
    return (
        _trigger("photos_lock_insert", "photos", "BEFORE INSERT", before),
        _trigger("photos_counters_insert", "photos", "AFTER INSERT", after),
    )


def _on_update() -> tuple[Routine, ...]:
    was = _counts("OLD", _COMPLETED), _counts("OLD", _SELECTED)
    now = _counts("NEW", _COMPLETED), _counts("NEW", _SELECTED)
    delta = f"({now[0]} - {was[0]})", f"({now[1]} - {was[1]})"
    counts_otherwise = f"{now[0]} <> {was[0]} OR {now[1]} <> {was[1]}"
    before = f"""\
BEGIN
  DECLARE locked INT;
  IF {_AWAKE} THEN
    IF NEW.album_id < OLD.album_id THEN
{_lock("NEW.album_id", " " * 6)}
    END IF;
    IF NEW.album_id <> OLD.album_id OR {counts_otherwise} THEN
{_lock("OLD.album_id", " " * 6)}
    END IF;
    IF NEW.album_id > OLD.album_id THEN
{_lock("NEW.album_id", " " * 6)}
    END IF;
  END IF;
END"""
    after = f"""\
BEGIN
  IF {_AWAKE} THEN
    IF NEW.album_id <> OLD.album_id THEN
{_move("OLD.album_id", f"(0 - {was[0]})", f"(0 - {was[1]})", " " * 6)}
{_move("NEW.album_id", *now, " " * 6)}
    ELSEIF {counts_otherwise} THEN
{_move("NEW.album_id", *delta, " " * 6)}
    END IF;
  END IF;
END"""
    return (
        _trigger("photos_lock_update", "photos", "BEFORE UPDATE", before),
        _trigger("photos_counters_update", "photos", "AFTER UPDATE", after),
    )


def _on_delete() -> tuple[Routine, ...]:
    completed, selected = _counts("OLD", _COMPLETED), _counts("OLD", _SELECTED)
    before = f"""\
BEGIN
  DECLARE locked INT;
  IF {_AWAKE} AND ({completed} OR {selected}) THEN
{_lock("OLD.album_id")}
  END IF;
END"""
    after = f"""\
BEGIN
  IF {_AWAKE} AND ({completed} OR {selected}) THEN
{_move("OLD.album_id", f"(0 - {completed})", f"(0 - {selected})")}
  END IF;
END"""
    return (
        _trigger("photos_lock_delete", "photos", "BEFORE DELETE", before),
        _trigger("photos_counters_delete", "photos", "AFTER DELETE", after),
    )
