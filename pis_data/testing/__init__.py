"""The suites that every backend must pass, and fixtures for the tests of services.

    pytest --pyargs pis_data.testing --pis-storage=file:///tmp/store

runs the storage suite on any store: a URL, ``env:PREFIX``, or a registered adapter's name
(``--pis-database=URL`` runs the database suite likewise). Without such an option nothing is collected here.
An adapter's own tests can subclass `StorageContract` of `pis_data.testing.storage` as well.

The pytest plugin `pis_data.testing.plugin` is active wherever pis_data is installed: it brings the options
and two fixtures for a service's own tests: ``pis_storage``, an empty temporary store, and
``pis_database``, an adapter on an embedded database at the newest revision.
"""
