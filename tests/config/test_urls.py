"""Settings from URLs: whatever a password holds, and whatever is wrong, without showing it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pis_data.config import (
    DatabaseConfig,
    SslMode,
    StorageConfig,
    resolve_storage,
)
from pis_data.errors import ConfigurationError

from .helpers import SECRET, assert_no_secret, fields

# -- URLs ----------------------------------------------------------------------------------------------

GOOD_URLS = {
    "sqlite:///x.db": {"path": Path("x.db")},
    "sqlite:////srv/a%20b/x.db": {"path": Path("/srv/a b/x.db")},
    "sqlite:////srv/a b@c/x.db": {"path": Path("/srv/a b@c/x.db")},
    "sqlite://": {"path": None},
    "sqlite:///:memory:": {"path": None},
    "postgresql://h": {"host": "h", "port": 5432, "name": "pis", "user": "pis", "password": None},
    "POSTGRES://u:p@H:1/d": {"host": "H", "port": 1, "name": "d", "user": "u", "password": "p"},
    "postgresql://u@h/d": {"user": "u", "password": None},
    "postgresql://u:@h/d": {"user": "u", "password": None},
    "postgresql://u%40x:a%3A%2F%3F%23%25%20é@h/d%2Bx": {"user": "u@x", "password": "a:/?#% é", "name": "d+x"},
    "postgresql://u:p@ss@h/d": {"password": "p@ss", "host": "h"},
    "mysql://u:p+q@[2001:db8::1]:3307/d": {"host": "2001:db8::1", "port": 3307, "password": "p+q"},
    "postgresql:///d?host=/run/pg": {"socket": "/run/pg", "host": None, "port": 5432},
    "postgresql://%2FRun%2FPg:5433/d": {"socket": "/Run/Pg", "host": None, "port": 5433},
    "mysql://u@localhost/d?unix_socket=/run/my.sock": {"socket": "/run/my.sock", "host": None},
    "postgresql://h/d?sslmode=verify-ca": {"ssl_mode": SslMode.VERIFY_CA},
    "postgresql://h/d?ssl=true": {"ssl_mode": SslMode.VERIFY_FULL},
    "postgresql://h/d?sslrootcert=system": {"ssl_mode": SslMode.VERIFY_FULL, "ssl_ca": None},
    "mysql://h/d?ssl-mode=VERIFY_IDENTITY": {"ssl_mode": SslMode.VERIFY_FULL},
    "mysql://h/d?charset=utf8mb4&connect_timeout=5": {
        "options": {"charset": "utf8mb4", "connect_timeout": "5"}
    },
    "postgresql://h/d?application_name=pis%20web": {"options": {"application_name": "pis web"}},
    "postgresql://aws-0-eu.pooler.supabase.com:6543/postgres": {"pooled": True},
    "postgresql://aws-0-eu.pooler.supabase.com:5432/postgres": {"pooled": False},
    "postgresql://h:6432/d?pgbouncer=true": {"pooled": True},
}


@pytest.mark.parametrize(("url", "wanted"), GOOD_URLS.items())
def test_database_url(url: str, wanted: dict[str, Any]) -> None:
    config = DatabaseConfig.from_url(url)
    assert fields(config, *wanted) == wanted
    assert DatabaseConfig.from_url(config.url(masked=False)) == config


BAD_URLS = {
    f"u:{SECRET}@h/d": "not a URL",
    "sqlite:x.db": "no //",
    "sqlite://x.db": "sqlite:///relative.db",
    "sqlite:///x.db?mode=ro": "option mode",
    f"postgresql://u:{SECRET}#x@h/d": "holds a #",
    f"postgresql://u:1/{SECRET}@h/d": "holds an @ behind its host",
    f"postgresql://u:1?{SECRET}@h/d": "holds an @ behind its host",
    f"postgresql://u:{SECRET}": "a port that is no number",
    f"postgresql://u:{SECRET} x@h/d": "a space",
    f"postgresql://u:{SECRET}%zz@h/d": "a % in its password",
    f"postgresql://u:{SECRET}%ff@h/d": "not UTF-8",
    f"postgresql://u:{SECRET}%00@h/d": "NUL",
    f"postgresql://u:{SECRET}@h:0/d": "a port",
    f"postgresql://u:{SECRET}@h:99999/d": "a port",
    f"postgresql://u:{SECRET}@::1/d": "more than one :",
    f"postgresql://u:{SECRET}@[::x]/d": "no IPv6",
    f"postgresql://u:{SECRET}@[::1/d": "no IPv6",
    f"postgresql://u:{SECRET}@a,b/d": "one host",
    f"postgresql://u:{SECRET}@h/a/b": "second /",
    f"postgresql://u:{SECRET}@h/d?x=1": "unknown option x",
    f"postgresql://u:{SECRET}@h/d?{SECRET}": "not name=value",
    f"postgresql://u:{SECRET}@h/d?sslmode=on": "sslmode is 'on'",
    f"postgresql://u:{SECRET}@h/d?ssl=false&sslmode=require": "ssl is false",
    f"postgresql://u:{SECRET}@h/d?connect_timeout=x": "connect_timeout is 'x'",
    f"postgresql://u:{SECRET}@h/d?sslrootcert=/no/such": "sslrootcert is '/no/such'",
    f"postgresql://u:{SECRET}@h/d?host=/run/pg": "in place of a host",
    f"mysql://u:{SECRET}@h/d?charset=latin1": "utf8mb4",
    f"mysql://u:{SECRET}@h/d?ssl_mode=a&sslmode=b": "one of them",
    f"mysql://u:{SECRET}@h/d?charset=utf8mb4&charset=utf8mb4": "twice",
    f"mssql://u:{SECRET}@h/d": "begins with mssql://",
    f"postgre://u:{SECRET}@h/d": "did you mean postgres",
    f"postgresql://u:{SECRET}\udcff@h/d": "UTF-8",
}


@pytest.mark.parametrize(("url", "problem"), BAD_URLS.items())
def test_a_wrong_database_url_is_refused_without_its_secret(url: str, problem: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        DatabaseConfig.from_url(url)
    assert problem in str(caught.value)
    assert_no_secret(caught.value)


hostile = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(
    kind=st.sampled_from(["postgresql", "mysql", "mariadb", "supabase"]),
    user=hostile,
    password=hostile,
    name=hostile,
)
def test_any_name_and_password_survive_a_url(kind: str, user: str, password: str, name: str) -> None:
    from urllib.parse import quote

    name = name.replace("/", "")
    url = f"{kind}://{quote(user, safe='')}:{quote(password, safe='')}@db/{quote(name, safe='')}"
    config = DatabaseConfig.from_url(url)
    assert fields(config, "user", "password") == {"user": user, "password": password}
    assert DatabaseConfig.from_url(config.url(masked=False)) == config
    if len(password) > 3 and password not in f"{user}{name}":
        assert password not in repr(config)


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    for scheme in ("", "postgresql://", "sqlite:///", "minio://"):
        for parse in (DatabaseConfig.from_url, StorageConfig.from_url):
            try:
                config = parse(scheme + text)
            except ConfigurationError:
                continue
            assert parse(config.url(masked=False)) == config


STORAGE_URLS = {
    "file:///srv/photos": {"kind": "local", "path": Path("/srv/photos")},
    "file:///srv/a%20b?prefix=x/y/&signing_key=s": {
        "path": Path("/srv/a b"),
        "prefix": "x/y",
        "signing_key": "s",
    },
    "minio://K:S%2F@127.0.0.1:9000/b?ssl=false&region=r&prefix=p": {
        "kind": "minio",
        "access_key": "K",
        "secret_key": "S/",
        "bucket": "b",
        "region": "r",
        "prefix": "p",
        "endpoint_url": "http://127.0.0.1:9000",
    },
    "s3:///b": {"kind": "s3", "bucket": "b", "access_key": None, "endpoint_url": None},
    "s3://K:S@/b?session_token=t": {"access_key": "K", "session_token": "t", "endpoint": None},
    "oss://K:S@oss.example.org/b": {"endpoint_url": "https://oss.example.org"},
    "cos://K:S@cos.example.org/b-1250000000?ssl=true": {"bucket": "b-1250000000", "use_ssl": True},
}


@pytest.mark.parametrize(("url", "wanted"), STORAGE_URLS.items())
def test_storage_url(url: str, wanted: dict[str, Any]) -> None:
    config = resolve_storage(url)
    assert fields(config, *wanted) == wanted
    assert StorageConfig.from_url(config.url(masked=False)) == config
    assert pickle.loads(pickle.dumps(config)) == config


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (f"mino://K:{SECRET}@h/b", "did you mean minio://"),
        (f"minio://K:{SECRET}@h/b/c", "?prefix=folder"),
        (f"minio://K:{SECRET}@h/b?tls=1", "unknown option tls"),
        (f"minio://K:{SECRET}@h/b?ssl=2", "ssl is '2'"),
        (f"minio://K:{SECRET}@h/b?prefix=a/../b", ".. segments"),
        ("minio://h/b", "needs an access key"),
        ("s3://b", "s3:///bucket"),
        ("s3://K@/b", "go together"),
        ("file://srv/photos", "file:///absolute/folder"),
        ("/srv/photos", "env:PREFIX or a URL"),
    ],
)
def test_a_wrong_storage_url(url: str, problem: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        resolve_storage(url)
    assert problem in str(caught.value)
    assert_no_secret(caught.value)


@pytest.mark.parametrize("url", [None, 5, b"sqlite://", Path("a.db")])
def test_what_is_no_text_is_no_url(url: Any) -> None:
    for config in (DatabaseConfig, StorageConfig):
        with pytest.raises(ConfigurationError, match="is a str, not"):
            config.from_url(url)
