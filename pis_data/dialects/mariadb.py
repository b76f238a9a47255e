"""MariaDB 10.6 and later: MySQL's protocol and errors, with abilities of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects.base import Capabilities, Face, can, cannot
from pis_data.dialects.mysql import MysqlDialect, without_growing_letters
from pis_data.schema.types import CODE_POINT, EMBEDDING_SIZE

#: knows the case of every letter of Unicode 14; MariaDB 10.10 and later
_FOLDING: Final = "uca1400_as_cs"


class MariadbDialect(MysqlDialect):
    """MariaDB, through PyMySQL and asyncmy."""

    name: ClassVar[str] = "mariadb"
    caps: ClassVar[Capabilities] = replace(
        MysqlDialect.caps,
        insert_returning=can("INSERT … RETURNING"),
        asks_written_table=can("subqueries see the rows as they were"),
        update_returning=cannot("MariaDB has no UPDATE … RETURNING: rows are locked, changed, read again"),
        statement_timeout=can("max_statement_time ends writes too"),
    )
    drivers: ClassVar[Mapping[Face, str]] = {"sync": "mariadb+pymysql", "async": "mariadb+asyncmy"}

    def lower(self, text: ColumnElement[Any]) -> ColumnElement[str]:
        # the collation of the columns knows the letters of an old Unicode only; its LIKE is the right one
        letters = without_growing_letters(sa.collate(text, CODE_POINT["mariadb"]))
        return sa.collate(sa.func.lower(sa.collate(letters, _FOLDING)), CODE_POINT["mariadb"])

    def json_contains(
        self, column: ColumnElement[Any], element: ColumnElement[Any], scalar: str
    ) -> ColumnElement[bool]:
        # there is no MEMBER OF, and JSON_CONTAINS looks into nested arrays: unfold one level and compare that
        unfolded = sa.func.json_table(
            column, sa.literal_column("'$[*]' COLUMNS(element JSON PATH '$')")
        ).table_valued("element", name="unfolded")
        one: sa.Select[Any] = sa.select(sa.literal_column("1")).select_from(unfolded)
        nested = sa.func.json_type(unfolded.c.element, type_=sa.String()).in_(
            [sa.literal("ARRAY", sa.String()), sa.literal("OBJECT", sa.String())]
        )
        equal: ColumnElement[bool] = sa.func.json_contains(unfolded.c.element, element, type_=sa.Boolean())
        if scalar == "integer":  # which would be compared as a float
            equal = sa.case(
                (_written_plainly(unfolded.c.element), _same(unfolded.c.element, element)), else_=equal
            )
        elif scalar == "number":  # no integer of 64 bits, though one that is near may be the same float
            equal = sa.and_(sa.not_(_is_integer(unfolded.c.element)), equal)
        is_array = sa.func.json_type(column, type_=sa.String()) == sa.literal("ARRAY", sa.String())
        holds = one.where(sa.not_(nested), equal).exists()
        return sa.case((column.is_not(None), sa.and_(is_array, holds)))

    def is_null(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return column.is_not_distinct_from(None)  # after IS NULL it sorts, after <=> NULL it reads on


class MariadbVectorDialect(MariadbDialect):
    """MariaDB 11.7 and later, whose functions on vectors take the bytes of a BLOB as well."""

    caps: ClassVar[Capabilities] = replace(MariadbDialect.caps, vectors=can("VEC_DISTANCE_COSINE"))

    def cosine_distance(self, one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[float]:
        # from zero, 11.8 takes everything to be at distance 0
        zero: sa.ColumnClause[Any] = sa.literal_column(f"REPEAT(X'00', {4 * EMBEDDING_SIZE})")
        return sa.func.vec_distance_cosine(sa.func.nullif(one, zero), other, type_=sa.Double())


def _written_plainly(number: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a JSON number has no exponent; one that has is no integer of 64 bits."""
    return number.op("REGEXP", is_comparison=True, return_type=sa.Boolean())(r"^-?[0-9]+([.][0-9]+)?$")


def _is_integer(number: ColumnElement[Any]) -> ColumnElement[bool]:
    # JSON_TYPE takes 1e22 for one as well
    return number.op("REGEXP", is_comparison=True, return_type=sa.Boolean())("^-?[0-9]+$")


def _same(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
    exactly = sa.Numeric(65, 20)
    return sa.cast(one, exactly) == sa.cast(other, exactly)
