"""The storage suite, written once for any store.

    class TestMyStore(StorageContract):
        @pytest.fixture
        def storage(self):
            return MyStorage(...)

What an adapter can't do by nature it declares by raising `CapabilityError`: those tests are skipped, with its
reason. Everything else must pass.
"""

from __future__ import annotations

from .storage_base import Contract
from .storage_keys import KeysContract
from .storage_listing import ListingContract
from .storage_multipart import MultipartContract
from .storage_objects import ChangeContract, ReadContract, StoreContract, UploadContract
from .storage_urls import UrlsContract

__all__ = ["Contract", "StorageContract"]


class StorageContract(
    UploadContract,
    ReadContract,
    ChangeContract,
    KeysContract,
    ListingContract,
    MultipartContract,
    UrlsContract,
    StoreContract,
):
    """Everything that a store must do. A subclass gives the fixture ``storage``; the bucket exists."""
