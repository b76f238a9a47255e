"""The rules in PostgreSQL's words.

Counters move once per statement, in an AFTER trigger that sees all rows that the statement changed
(transition tables), not row by row: 10,000 rows inserted by one statement take 0.2 s and not 3.1 s, and a
statement that changes photos takes the albums' locks last and in id order, so that two statements never
wait for each other crosswise. A lock taken beforehand, as MySQL needs it, has no use here: the lock that a
foreign key takes on the album doesn't exclude an update of its counters.
"""

from __future__ import annotations

from collections.abc import Sequence

from pis_data.schema.triggers.base import Routine

_AWAKE = "current_setting('pis.quiet', true) IS DISTINCT FROM 'on'"
_NOT_COUNTING = "current_setting('pis.counting', true) IS DISTINCT FROM 'on'"


def _function(name: str, body: str, *, options: str = "") -> Routine:
    create = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql{options} AS $$\n{body}\n$$"
    return Routine(name, None, create, f"DROP FUNCTION {name}()")


def _trigger(name: str, table: str, event: str, each: str, when: str, function: str) -> Routine:
    create = f"CREATE TRIGGER {name} {event} ON {table}\n{each}\nWHEN ({when})\nEXECUTE FUNCTION {function}()"
    return Routine(name, table, create, f"DROP TRIGGER {name} ON {table}")


def functions() -> tuple[Routine, ...]:
    """What the triggers of many tables call."""
    return (
        _function(
            "pis_touch",
            """\
BEGIN
  NEW.updated_at := statement_timestamp();
  RETURN NEW;
END""",
        ),
        # Which columns, and with which defaults, is read from the table itself: slow, but it is called only
        # for rows that hold such a NULL, which our own programs never send.
        _function(
            "pis_default_for_null",
            """\
DECLARE
  given jsonb := to_jsonb(NEW);
  query text;
  defaults jsonb;
BEGIN
  SELECT 'SELECT jsonb_build_object('
         || string_agg(format('%L, %s', a.attname, pg_get_expr(d.adbin, d.adrelid)), ', ') || ')'
    INTO query
    FROM pg_attribute AS a
    JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = TG_RELID AND a.attnotnull AND NOT a.attisdropped
     AND given -> a.attname = 'null'::jsonb;
  EXECUTE query INTO defaults;
  RETURN jsonb_populate_record(NEW, defaults);
END""",
        ),
    )


def updated_at(table: str) -> tuple[Routine, ...]:
    """``updated_at`` of a table."""
    return (_touch(table, _AWAKE),)


def updated_at_of_albums() -> tuple[Routine, ...]:
    """``updated_at`` of albums, which stays when only a counter moves."""
    return (_touch("albums", f"{_AWAKE} AND {_NOT_COUNTING}"),)


def _touch(table: str, when: str) -> Routine:
    return _trigger(f"{table}_updated_at", table, "BEFORE UPDATE", "FOR EACH ROW", when, "pis_touch")


def default_for_null(table: str, columns: Sequence[str]) -> tuple[Routine, ...]:
    """The default in place of an explicit NULL."""
    when = " OR ".join(f"NEW.{column} IS NULL" for column in columns)
    event = "BEFORE INSERT OR UPDATE"
    return (_trigger(f"{table}_defaults", table, event, "FOR EACH ROW", when, "pis_default_for_null"),)


_FLAGS = "(status = 'completed')::integer AS completed, is_selected::integer AS selected"
_NEGATIVE = "-(status = 'completed')::integer AS completed, -is_selected::integer AS selected"
_ADDED = f"SELECT album_id, {_FLAGS} FROM added WHERE deleted_at IS NULL"
_REMOVED = f"SELECT album_id, {_NEGATIVE} FROM removed WHERE deleted_at IS NULL"


def photo_counters() -> tuple[Routine, ...]:
    """The counters of albums."""
    changed = f"{_ADDED}\n          UNION ALL\n          {_REMOVED}"
    return (
        _count("insert", "REFERENCING NEW TABLE AS added", _ADDED),
        _count_trigger("insert", "REFERENCING NEW TABLE AS added"),
        _count("update", "REFERENCING OLD TABLE AS removed NEW TABLE AS added", changed),
        _count_trigger("update", "REFERENCING OLD TABLE AS removed NEW TABLE AS added"),
        _count("delete", "REFERENCING OLD TABLE AS removed", _REMOVED),
        _count_trigger("delete", "REFERENCING OLD TABLE AS removed"),
    )


def _count_trigger(event: str, tables: str) -> Routine:
    name, after = f"photos_counters_{event}", f"AFTER {event.upper()}"
    return _trigger(name, "photos", after, f"{tables}\nFOR EACH STATEMENT", _AWAKE, f"pis_count_{event}")


def _count(event: str, tables: str, source: str) -> Routine:
    return _function(
        f"pis_count_{event}",
        f"""\
DECLARE
  album_ids uuid[];
  completed_by integer[];
  selected_by integer[];
BEGIN
  SELECT array_agg(d.album_id), array_agg(d.completed), array_agg(d.selected)
    INTO album_ids, completed_by, selected_by
    FROM (SELECT p.album_id, sum(p.completed) AS completed, sum(p.selected) AS selected
            FROM (
          {source}
          ) AS p
           GROUP BY p.album_id
          HAVING sum(p.completed) <> 0 OR sum(p.selected) <> 0) AS d;
  IF album_ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF cardinality(album_ids) > 1 THEN
    PERFORM FROM albums WHERE id = ANY (album_ids) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  PERFORM set_config('pis.counting', 'on', true);
  UPDATE albums AS a
     SET photo_count = a.photo_count + d.completed, selected_count = a.selected_count + d.selected
    FROM unnest(album_ids, completed_by, selected_by) AS d (album_id, completed, selected)
   WHERE a.id = d.album_id;
  PERFORM set_config('pis.counting', 'off', true);
  RETURN NULL;
END""",
        # the tables are found whatever search path a session has (pg_restore's is empty)
        options=" SET search_path FROM CURRENT",
    )


def counters_read_only() -> tuple[Routine, ...]:
    """Writes to the counters that are not ours."""
    photos, selected = "NEW.photo_count IS DISTINCT FROM", "NEW.selected_count IS DISTINCT FROM"
    given = f"({photos} 0 OR {selected} 0)"
    changed = f"({photos} OLD.photo_count OR {selected} OLD.selected_count)"
    each, function = "FOR EACH ROW", "pis_keep_counters"
    return (
        _function(
            function,
            """\
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.photo_count := 0;
    NEW.selected_count := 0;
  ELSE
    NEW.photo_count := OLD.photo_count;
    NEW.selected_count := OLD.selected_count;
  END IF;
  RETURN NEW;
END""",
        ),
        _trigger(
            "albums_counters_insert", "albums", "BEFORE INSERT", each, f"{_AWAKE} AND {given}", function
        ),
        _trigger(
            "albums_counters_update",
            "albums",
            "BEFORE UPDATE",
            each,
            f"{_AWAKE} AND {_NOT_COUNTING} AND {changed}",
            function,
        ),
    )
