"""The repositories by their names in `Repositories`, and their public methods."""

from __future__ import annotations

import pis_data.repositories

REPOSITORIES: dict[str, type] = {
    name: type(repository)
    for name, repository in vars(pis_data.repositories.Repositories(None)).items()
    if not name.startswith("_")
}


def methods(repository: type) -> set[str]:
    """The public methods of a repository class, those it inherits too."""
    return {name for name in dir(repository) if not name.startswith("_")}
