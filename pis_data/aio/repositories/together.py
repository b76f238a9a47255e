"""All repositories of one database, or of one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from pis_data.errors import TransactionError

from ..adapter import DatabaseAdapter, check_run
from ..hooks import Hook
from ..transaction import Transaction
from .albums import AlbumRepository
from .analytics import AnalyticsRepository
from .audit import AuditRepository
from .collaborators import CollaboratorRepository
from .customers import CustomerRepository
from .email import EmailConfigRepository
from .faces import FaceRepository
from .groups import GroupRepository
from .invites import InviteRepository
from .notifications import NotificationRepository
from .packages import PackageRepository
from .permissions import PermissionRepository
from .photos import PhotoRepository
from .settings import SettingsRepository
from .templates import StyleTemplateRepository, TemplateRepository
from .translations import TranslationRepository
from .upgrades import UpgradeRepository
from .users import UserRepository

T = TypeVar("T")


class Repositories:
    """The repositories over an adapter, or over an open transaction of it.

    Over an adapter each call takes effect by itself, whole or not at all; over a transaction it takes
    effect with the others. As with the transaction's own calls, an error of the server ends it.

    Args:
        db: where the calls go. It stays its owner's to close.
    """

    def __init__(self, db: DatabaseAdapter | Transaction) -> None:
        self._db = db
        self.albums = AlbumRepository(db)
        self.photos = PhotoRepository(db)
        self.groups = GroupRepository(db)
        self.faces = FaceRepository(db)
        self.users = UserRepository(db)
        self.settings = SettingsRepository(db)
        self.templates = TemplateRepository(db)
        self.styles = StyleTemplateRepository(db)
        self.packages = PackageRepository(db)
        self.customers = CustomerRepository(db)
        self.translations = TranslationRepository(db)
        self.upgrades = UpgradeRepository(db)
        self.permissions = PermissionRepository(db)
        self.collaborators = CollaboratorRepository(db)
        self.invites = InviteRepository(db)
        self.notifications = NotificationRepository(db)
        self.email = EmailConfigRepository(db)
        self.audit = AuditRepository(db)
        self.analytics = AnalyticsRepository(db)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._db!r}>"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Repositories]:
        """Repositories whose calls take effect together, at the end of a block; nested, a savepoint.

        Raises:
            TransactionError: these repositories are over an adapter that has an open transaction here.
        """
        async with self._db.transaction() as tx:
            yield Repositories(tx)

    def after_commit(self, callback: Hook) -> None:
        """Have a function called once this transaction is committed: see `Transaction.after_commit`.

        So a job is put into a queue only when the row that it is about is there for the worker to find:

            with repositories.transaction() as r:
                photo = r.photos.create_pending(album_id, filename=name, original_key=key)
                r.after_commit(lambda: queue.put(photo.id))

        Raises:
            TransactionError: these repositories are over an adapter, where each call has taken effect when
                it returns: there is nothing to wait for.
        """
        if isinstance(self._db, DatabaseAdapter):
            raise TransactionError(
                "after_commit belongs into a transaction (`with repositories.transaction() as r:`): outside "
                "of one each call is committed when it returns"
            )
        self._db.after_commit(callback)

    async def run(self, unit: Callable[[Repositories], Awaitable[T]], *, retries: int = 5) -> T:
        """Run ``unit(repositories)`` in a transaction, again from its start after a `RetryableError`.

        Over an open transaction it runs once, in a savepoint: it is for whoever began the transaction to
        run the whole of it again.

        Raises:
            InvalidValueError: ``unit`` can't be called, or ``retries`` is no number from 0.
            RetryableError: the last attempt's, when all have failed.
            CommitOutcomeUnknownError, AfterCommitError: never retried.
        """
        check_run(unit, retries)

        async def in_transaction(tx: Transaction) -> T:
            return await unit(Repositories(tx))

        if isinstance(self._db, DatabaseAdapter):
            return await self._db.run(in_transaction, retries=retries)
        async with self._db.transaction() as tx:
            return await in_transaction(tx)
