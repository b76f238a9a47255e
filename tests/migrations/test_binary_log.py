"""A server with a binary log lets an ordinary user create triggers only if it is told to."""

from __future__ import annotations

import pytest

from pis_data.errors import DatabaseError
from pis_data.services.migrate import check, head, upgrade
from tests.servers.mysqls import MariaDB, MySQL


def without_trust(kind):
    class Distrustful(kind):
        def configuration(self, port):
            told = super().configuration(port)
            return told.replace("log_bin_trust_function_creators=ON", "log_bin_trust_function_creators=OFF")

    return Distrustful


@pytest.fixture(params=[MariaDB, MySQL], ids=lambda kind: kind.kind)
def distrustful(request, tmp_path):
    server = without_trust(request.param)(tmp_path)
    server.start()
    yield server
    server.stop()


def test_the_error_says_what_to_set(distrustful):
    url = distrustful.url()
    with pytest.raises(DatabaseError) as caught:
        upgrade(url)
    said = str(caught.value)
    assert "SET GLOBAL log_bin_trust_function_creators = 1" in said
    assert "revision 0001" in said
    assert "CREATE TRIGGER" in said

    import pymysql

    admin = distrustful.url("admin", "pis-admin-secret")
    assert admin
    with (
        pymysql.connect(
            host="127.0.0.1",
            port=distrustful.current_port,
            user="admin",
            password="pis-admin-secret",
            ssl_disabled=True,
        ) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SET GLOBAL log_bin_trust_function_creators = 1")
    assert upgrade(url) == head()
    assert check(url) == []
