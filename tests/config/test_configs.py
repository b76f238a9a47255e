"""The configurations themselves: what follows from their fields, and what they never show."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pis_data.config import (
    DatabaseConfig,
    StorageConfig,
    add_kind,
)
from pis_data.errors import ConfigurationError

from .helpers import EVERYTHING, KEYS, SECRET, Environ, assert_no_secret, fields

# -- storage variables ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "url", "port"),
    [
        ({"MINIO_ENDPOINT_HOST": "minio"}, "http://minio:9000", 9000),
        ({"MINIO_ENDPOINT_HOST": "minio", "MINIO_USE_SSL": "true"}, "https://minio", 443),
        ({"MINIO_ENDPOINT_HOST": "minio", "MINIO_ENDPOINT_PORT": "9001"}, "http://minio:9001", 9001),
        ({"STORAGE_ENDPOINT": "minio:9002"}, "http://minio:9002", 9002),
        ({"STORAGE_ENDPOINT": "https://minio.example.org"}, "https://minio.example.org", 443),
        ({"STORAGE_ENDPOINT": "http://10.0.0.3:9000/"}, "http://10.0.0.3:9000", 9000),
        ({"STORAGE_ENDPOINT": "::1"}, "http://[::1]:9000", 9000),
        ({"STORAGE_ENDPOINT": "[::1]:9003"}, "http://[::1]:9003", 9003),
        ({"STORAGE_TYPE": "minio"}, "http://localhost:9000", 9000),
        ({"STORAGE_TYPE": "s3", "STORAGE_ENDPOINT": "s3.example.org"}, "https://s3.example.org", 443),
        ({"STORAGE_TYPE": "oss"}, None, None),
    ],
)
def test_endpoint(environ: Environ, variables: dict[str, str], url: str | None, port: int | None) -> None:
    environ(**KEYS, **variables)
    config = StorageConfig.from_env()
    assert (config.endpoint_url, config.port) == (url, port)


def test_every_storage_variable_arrives(environ: Environ) -> None:
    environ(
        **KEYS,
        STORAGE_TYPE="s3",
        STORAGE_SESSION_TOKEN="token",
        STORAGE_BUCKET="b",
        STORAGE_REGION="eu-north-1",
        STORAGE_PRESIGN_URL="https://store.example.org/",
        MINIO_PUBLIC_URL="https://cdn.example.org/media/",
    )
    wanted = {
        "access_key": "key",
        "secret_key": SECRET,
        "session_token": "token",
        "bucket": "b",
        "region": "eu-north-1",
        "presign_url": "https://store.example.org",
        "public_url": "https://cdn.example.org/media",
    }
    assert fields(StorageConfig.from_env(), *wanted) == wanted


def test_fallback_is_a_store_of_its_own(environ: Environ) -> None:
    environ(STORAGE_TYPE="local", STORAGE_FALLBACK_MINIO_BUCKET="old", STORAGE_FALLBACK_MINIO_ACCESS_KEY="k")
    environ(STORAGE_FALLBACK_STORAGE_SECRET_KEY=SECRET)
    config = StorageConfig.from_env()
    assert config.kind == "local"
    assert config.fallback is not None
    assert (config.fallback.kind, config.fallback.bucket) == ("minio", "old")


# -- TLS -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "mode"),
    [
        ("localhost", "disable"),
        ("127.0.0.1", "disable"),
        ("[::1]", "disable"),
        ("[::ffff:10.0.0.1]", "disable"),
        ("postgres", "disable"),
        ("pis-postgres.", "disable"),
        ("10.1.2.3", "disable"),
        ("172.31.0.1", "disable"),
        ("192.168.1.1", "disable"),
        ("[fd00::1]", "disable"),
        ("[fe80::1%25eth0]", "disable"),
        ("172.32.0.1", "verify-full"),
        ("100.64.0.1", "verify-full"),
        ("8.8.8.8", "verify-full"),
        ("134744072", "verify-full"),
        ("0x08080808", "verify-full"),
        ("[2606:4700::1111]", "verify-full"),
        ("db.example.org", "verify-full"),
        ("%2Frun%2Fpg", "disable"),
    ],
)
def test_tls_when_nothing_is_said(host: str, mode: str) -> None:
    decision = DatabaseConfig.from_url(f"postgresql://{host}/d").tls
    assert (decision.mode, decision.explicit) == (mode, False)
    assert decision.reason


@pytest.mark.parametrize(
    ("variables", "mode"),
    [
        ({"DATABASE_SSL": "true"}, "verify-full"),
        ({"DATABASE_SSL": "off"}, "disable"),
        ({"DATABASE_SSL_MODE": "prefer"}, "prefer"),
        ({"DATABASE_SSL": "1", "DATABASE_SSL_MODE": "require"}, "require"),
        ({"DATABASE_SSL": "true", "DATABASE_URL": "postgresql://h/d?sslmode=require"}, "require"),
        ({"DATABASE_SSL_MODE": "disable", "DATABASE_URL": "postgresql://h/d?ssl=0"}, "disable"),
    ],
)
def test_tls_as_configured(environ: Environ, variables: dict[str, str], mode: str) -> None:
    environ(**{"DATABASE_HOST": "db", **variables})
    decision = DatabaseConfig.from_env().tls
    assert (decision.mode, decision.explicit) == (mode, True)


def test_certificates_alone_ask_for_verified_tls(environ: Environ, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----")
    environ(DATABASE_HOST="db", DATABASE_SSL_CA="ca.pem")
    assert DatabaseConfig.from_env().tls.mode == "verify-full"
    environ(DATABASE_SSL="false")
    with pytest.raises(ConfigurationError, match="DATABASE_SSL_CA is set, but TLS is off"):
        DatabaseConfig.from_env()


# -- the objects -----------------------------------------------------------------------------------------


def test_secrets_show_nowhere(environ: Environ) -> None:
    environ(**EVERYTHING, DATABASE_REPLICA_URLS=f"postgresql://r:{SECRET}@replica/d")
    environ(SUPABASE_SERVICE_ROLE_KEY=SECRET, SUPABASE_JWT_SECRET=SECRET)
    environ(STORAGE_TYPE="s3", STORAGE_SIGNING_KEY=SECRET, STORAGE_SESSION_TOKEN=SECRET)
    environ(STORAGE_ACCESS_KEY=SECRET, STORAGE_SECRET_KEY=SECRET)
    for config in (DatabaseConfig.from_env(), StorageConfig.from_env()):
        shown = (repr(config), str(config), f"{config}", config.url(), str(config.model_dump()))
        assert SECRET not in " ".join(shown) + config.model_dump_json()


def test_configurations_are_values(environ: Environ) -> None:
    environ(**EVERYTHING)
    one, two = DatabaseConfig.from_env(), DatabaseConfig.from_env()
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(Exception, match="frozen"):
        one.host = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"kind": "postgresql", "port": 0}, "port"),
        ({"kind": "postgresql", "password": [SECRET]}, "password"),
        ({"kind": "postgresql", "host": f"u:{SECRET}@h"}, "host"),
        ({"kind": "sqlite", "host": "h"}, "sqlite has a path"),
        ({"kind": "mysql", "path": "x.db"}, "mysql has a host"),
        ({"kind": "mysql", "colour": "red"}, "colour"),
        ({}, "kind"),
    ],
)
def test_direct_construction_raises_the_same_error(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        DatabaseConfig(**values)
    assert_no_secret(caught.value)


def test_replicas_take_everything_but_their_address_from_the_primary(environ: Environ) -> None:
    environ(DATABASE_HOST="db", DATABASE_POOL_SIZE="9", DATABASE_SSL_MODE="require", DATABASE_PASSWORD="p")
    environ(DATABASE_REPLICA_URLS="postgresql://r1:a@one/d, postgresql://two:5433/d?sslmode=disable")
    one, two = DatabaseConfig.from_env().replicas
    assert one.url(masked=False) == "postgresql://r1:a@one:5432/d?sslmode=require"
    assert (two.host, two.port, two.ssl_mode, two.pool_size) == ("two", 5433, "disable", 9)
    assert two.replica_urls == ()


def test_a_registered_kind_is_accepted(environ: Environ) -> None:
    with pytest.raises(ConfigurationError, match="begins with tape://"):
        StorageConfig.from_url("tape://K:S@robot/shelf")
    add_kind("storage", "tape")
    assert StorageConfig.from_url("tape://K:S@robot/shelf").bucket == "shelf"
    environ(STORAGE_TYPE="tape")
    assert StorageConfig.from_env().kind == "tape"


def test_importing_the_configuration_loads_no_driver() -> None:
    code = (
        "import sys, pis_data.config\n"
        "heavy = {'sqlalchemy', 'psycopg', 'pymysql', 'asyncmy', 'aiosqlite', 'fsspec', 's3fs', 'PIL'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
