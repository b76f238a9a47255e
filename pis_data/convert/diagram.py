"""``schema diagram``: the tables and their relations, as Mermaid's text or as an SVG of our own.

Tables stand in columns, each to the right of those that it refers to; those that refer to nothing and to
which nothing refers stand below. Lines run from the column that refers to the table referred to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import sqlalchemy as sa

from pis_data.convert.dump import notes_of
from pis_data.errors import InvalidValueError
from pis_data.schema import metadata

FORMATS: Final = ("mermaid", "svg")
_HIDDEN: Final = frozenset({"pis_meta"})

_WIDTH, _LINE, _HEAD = 230, 16, 24
_GAP_X, _GAP_Y, _MARGIN = 90, 26, 20


def diagram(format_: str) -> str:
    """The diagram of the models. Raises InvalidValueError for a format that there is not."""
    if format_ == "mermaid":
        return _mermaid()
    if format_ == "svg":
        return _svg()
    raise InvalidValueError(f"there is no format {format_!r}: one of {', '.join(FORMATS)}")


def _tables() -> list[sa.Table]:
    return [table for table in metadata.sorted_tables if table.name not in _HIDDEN]


def _keys_of(table: sa.Table) -> list[tuple[str, str]]:
    """The columns that refer to others, and to which table."""
    found = [(key.parent.name, key.column.table.name) for key in table.foreign_keys]
    return sorted(found)


# -- Mermaid -----------------------------------------------------------------------------------------


def _mermaid() -> str:
    lines = ["erDiagram"]
    for table in _tables():
        lines.append(f"  {table.name} {{")
        lines += [f"    {_word(column)} {column.name}{_marks(column)}" for column in table.c]
        lines.append("  }")
    for table in _tables():
        for column, parent in _keys_of(table):
            many = "o{" if table.c[column].nullable else "|{"
            lines.append(f"  {parent} ||--{many} {table.name} : {column}")
    return "\n".join(lines) + "\n"


def _word(column: sa.Column[object]) -> str:
    return type(column.type).__name__.lower()


def _marks(column: sa.Column[object]) -> str:
    marks = ["PK"] * column.primary_key + ["FK"] * bool(column.foreign_keys)
    return f" {', '.join(marks)}" if marks else ""


# -- SVG ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Box:
    """Where a table stands."""

    table: sa.Table
    x: int
    y: int

    @property
    def height(self) -> int:
        return _HEAD + _LINE * len(self.table.c) + 6

    def row(self, column: str) -> int:
        """The middle of a column's line."""
        return self.y + _HEAD + _LINE * list(self.table.c.keys()).index(column) + _LINE // 2 + 2


def _levels(tables: Sequence[sa.Table]) -> dict[str, int]:
    """How many references lead from a table to one without any; a circle is cut where it closes."""
    levels: dict[str, int] = {}
    for table in tables:  # parents come first
        parents = [levels[parent] + 1 for _, parent in _keys_of(table) if parent in levels]
        levels[table.name] = max(parents, default=0)
    return levels


def _placed(tables: Sequence[sa.Table]) -> dict[str, _Box]:
    """Each level a column, split where it would be much higher than the others."""
    levels = _levels(tables)
    total = sum(_HEAD + _LINE * len(table.c) + 6 + _GAP_Y for table in tables)
    limit = max(total // 5, 900)
    boxes: dict[str, _Box] = {}
    x = _MARGIN
    for level in sorted(set(levels.values())):
        y = _MARGIN
        for table in (table for table in tables if levels[table.name] == level):
            box = _Box(table, x, y)
            if y > _MARGIN and y + box.height > limit:
                x, y = x + _WIDTH + _GAP_X, _MARGIN
                box = _Box(table, x, y)
            boxes[table.name] = box
            y += box.height + _GAP_Y
        x += _WIDTH + _GAP_X
    return boxes


def _svg() -> str:
    boxes = _placed(_tables())
    width = max(box.x for box in boxes.values()) + _WIDTH + _MARGIN
    height = max(box.y + box.height for box in boxes.values()) + _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" '
        'font-family="ui-monospace, monospace" font-size="11">',
        "<title>The tables of PIS and their relations</title>",
        "<style>.box{fill:#fff;stroke:#5b6b7b}.head{fill:#e8edf2}.name{font-weight:bold;font-size:12px}"
        ".type{fill:#6b7785}.line{fill:none;stroke:#9aa7b4;stroke-width:1.2}.end{fill:#5b6b7b}</style>",
    ]
    parts += [line for box in boxes.values() for line in _lines_of(box, boxes)]
    parts += [drawn for box in boxes.values() for drawn in _drawn(box)]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _lines_of(box: _Box, boxes: Mapping[str, _Box]) -> list[str]:
    found = []
    for column, parent_name in _keys_of(box.table):
        parent = boxes[parent_name]
        x1, y1 = box.x, box.row(column)
        x2, y2 = parent.x + _WIDTH, parent.y + _HEAD // 2
        if parent.x >= box.x:  # back to the right, or within one column
            x1, x2 = box.x + _WIDTH, parent.x + _WIDTH
            bend = max(x1, x2) + _GAP_X // 2
            path = f"M{x1} {y1} C{bend} {y1} {bend} {y2} {x2} {y2}"
        else:
            path = f"M{x1} {y1} C{x1 - _GAP_X // 2} {y1} {x2 + _GAP_X // 2} {y2} {x2} {y2}"
        label = escape(f"{box.table.name}.{column} refers to {parent_name}")
        found.append(f'<path class="line" d="{path}"><title>{label}</title></path>')
        found.append(f'<circle class="end" cx="{x2}" cy="{y2}" r="2.5"/>')
    return found


def _drawn(box: _Box) -> list[str]:
    table = box.table
    title = escape(" ".join(notes_of(table.name).table))
    found = [
        f'<g><title>{title}</title><rect class="box" x="{box.x}" y="{box.y}" width="{_WIDTH}" '
        f'height="{box.height}" rx="4"/>',
        f'<rect class="head" x="{box.x + 1}" y="{box.y + 1}" width="{_WIDTH - 2}" '
        f'height="{_HEAD - 2}" rx="3"/>',
        f'<text class="name" x="{box.x + 8}" y="{box.y + 16}">{escape(table.name)}</text>',
    ]
    for column in table.c:
        y = box.row(column.name) + 4
        mark = "#" if column.primary_key else "→" if column.foreign_keys else ""
        optional = "?" if column.nullable else ""
        found.append(f'<text x="{box.x + 8}" y="{y}">{mark}</text>')
        found.append(f'<text x="{box.x + 22}" y="{y}">{escape(column.name)}</text>')
        found.append(
            f'<text class="type" x="{box.x + _WIDTH - 8}" y="{y}" text-anchor="end">'
            f"{_word(column)}{optional}</text>"
        )
    return [*found, "</g>"]
