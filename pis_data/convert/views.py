"""Views on the target, where their queries mean the same there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pis_data.convert.queries import Queries
from pis_data.convert.target import Unsupported

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering


def add_views(lowering: Lowering) -> None:
    """All views of the schema."""
    for view in lowering.schema.views:
        try:
            query = Queries(lowering).query(view.query)
        except Unsupported as problem:
            lowering.accounts.manual(
                view.origin, f"not converted ({problem}): write the query anew, and compare its answers"
            )
            continue
        name = lowering.quote(lowering.table_name(view.name))
        columns = f" ({', '.join(map(lowering.quote, view.columns))})" if view.columns else ""
        statement = f"CREATE SQL SECURITY INVOKER VIEW {name}{columns} AS\n{query};"
        lowering.out.steps.append((view.origin, statement))
        lowering.say(view.origin, "a view with the rights of whoever asks")
