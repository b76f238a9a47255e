"""Settings from the environment: which variable gives what, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pis_data.config import (
    DatabaseConfig,
    DatabaseKind,
    SslMode,
    StorageConfig,
    resolve_database,
    resolve_storage,
)
from pis_data.config.environment import known_names
from pis_data.errors import ConfigurationError

from .helpers import EVERYTHING, KEYS, SECRET, Environ, assert_no_secret, fields

# -- which kind --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"DATABASE_TYPE": "sqlite"}, "sqlite"),
        ({"DATABASE_TYPE": "PostgreSQL "}, "postgresql"),
        ({"DATABASE_TYPE": "mysql", "POSTGRES_HOST": "db"}, "mysql"),
        ({"DATABASE_URL": "postgres://db/pis"}, "postgresql"),
        ({"DATABASE_URL": "postgresql+asyncpg://db/pis"}, "postgresql"),
        ({"DATABASE_URL": "mysql+pymysql://db/pis"}, "mysql"),
        ({"DATABASE_URL": "mariadb+asyncmy://db/pis"}, "mariadb"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///x.db"}, "sqlite"),
        ({"DATABASE_URL": "mysql://db/pis", "SUPABASE_URL": "https://x.supabase.co"}, "mysql"),
        ({"DATABASE_TYPE": "mariadb", "DATABASE_URL": "mysql://db/pis"}, "mariadb"),
        ({"DATABASE_TYPE": "supabase", "DATABASE_URL": "postgresql://db/postgres"}, "supabase"),
        ({"SUPABASE_URL": "https://x.supabase.co", "SUPABASE_DB_URL": "postgresql://db/p"}, "supabase"),
        (
            {
                "SUPABASE_URL": "https://x.supabase.co",
                "SUPABASE_DB_URL": "postgresql://db/p",
                "DATABASE_HOST": "db",
            },
            "supabase",
        ),
        ({"DATABASE_URL": "https://x.supabase.co", "SUPABASE_DB_URL": "postgresql://db/p"}, "supabase"),
        ({"DATABASE_HOST": "db"}, "postgresql"),
        ({"POSTGRES_HOST": "db"}, "postgresql"),
    ],
)
def test_database_kind(environ: Environ, variables: dict[str, str], kind: str) -> None:
    environ(**variables)
    assert DatabaseConfig.from_env().kind == DatabaseKind(kind)


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"STORAGE_TYPE": "local"}, "local"),
        ({"STORAGE_TYPE": "s3"}, "s3"),
        ({"MINIO_ENDPOINT_HOST": "minio"}, "minio"),
        ({"STORAGE_ENDPOINT": "minio"}, "minio"),
        ({"MINIO_BUCKET": "b"}, "minio"),
    ],
)
def test_storage_kind(environ: Environ, variables: dict[str, str], kind: str) -> None:
    keys = {"MINIO_ACCESS_KEY": "k", "MINIO_SECRET_KEY": "s"} if kind == "minio" else {}
    environ(**variables, **keys)
    assert StorageConfig.from_env().kind == kind


def test_nothing_configured_is_an_error_that_says_what_to_set(environ: Environ) -> None:
    with pytest.raises(ConfigurationError, match="set DATABASE_TYPE=sqlite"):
        DatabaseConfig.from_env()
    with pytest.raises(ConfigurationError, match="set STORAGE_TYPE=local"):
        StorageConfig.from_env()
    environ(DATABSE_TYPE="postgresql")
    with pytest.raises(ConfigurationError, match="DATABSE_TYPE is set: did you mean DATABASE_TYPE"):
        DatabaseConfig.from_env()


def test_commands_have_a_default_and_only_they() -> None:
    database = DatabaseConfig.default_for_command()
    assert DatabaseConfig.from_env(default=database) is database
    assert str(database) == "sqlite:///pis-data/pis.db"
    storage = StorageConfig.from_env(default=StorageConfig.default_for_command())
    assert storage.path == Path("pis-data/storage")


def test_half_a_configuration_is_no_default(environ: Environ) -> None:
    environ(DATABASE_USER="app", DATABASE_POOL_SIZE="many")
    with pytest.raises(
        ConfigurationError, match=r"^DATABASE_USER, DATABASE_POOL_SIZE are set, but no database"
    ):
        DatabaseConfig.from_env(default=DatabaseConfig.default_for_command())


def test_the_storage_default_still_reads_where_the_folder_is(environ: Environ) -> None:
    environ(STORAGE_PATH="/srv/photos", STORAGE_SIGNING_KEY=SECRET)
    storage = StorageConfig.from_env(default=StorageConfig.default_for_command())
    assert fields(storage, "path", "signing_key") == {"path": Path("/srv/photos"), "signing_key": SECRET}


# -- variables -----------------------------------------------------------------------------------------


def test_every_database_variable_arrives(environ: Environ) -> None:
    environ(**EVERYTHING)
    config = DatabaseConfig.from_env()
    assert fields(config, "host", "port", "name", "user", "password") == {
        "host": "db.example.org",
        "port": 5433,
        "name": "photos",
        "user": "app",
        "password": SECRET,
    }
    assert config.tls.mode == SslMode.REQUIRE
    assert (config.pool_size, config.max_overflow, config.pool_timeout) == (7, 0, 2.5)
    assert config.statement_timeout == 0
    assert config.vector == "pgvector"


def test_defaults(environ: Environ) -> None:
    environ(DATABASE_TYPE="mysql")
    config = DatabaseConfig.from_env()
    assert fields(config, "host", "port", "name", "user", "password") == {
        "host": "localhost",
        "port": 3306,
        "name": "pis",
        "user": "pis",
        "password": None,
    }
    assert (config.pool_size, config.max_overflow, config.pool_timeout) == (5, 10, 30)
    assert config.statement_timeout == 30


def test_legacy_names_work_and_the_new_ones_win(environ: Environ) -> None:
    legacy = {"HOST": "old", "PORT": "1111", "DB": "olddb", "USER": "olduser", "PASSWORD": "oldpass"}
    environ(**{f"POSTGRES_{name}": value for name, value in legacy.items()})
    assert str(DatabaseConfig.from_env()) == "postgresql://olduser:***@old:1111/olddb"
    environ(DATABASE_HOST="new", DATABASE_NAME="newdb")
    assert str(DatabaseConfig.from_env()) == "postgresql://olduser:***@new:1111/newdb"


def test_a_prefix_reads_only_what_stands_behind_it(environ: Environ) -> None:
    environ(OLD_DATABASE_URL="mysql://db/old", DATABASE_HOST="new", OLD_MINIO_BUCKET="b")
    environ(OLD_MINIO_ACCESS_KEY="k", OLD_STORAGE_SECRET_KEY="s", STORAGE_TYPE="local")
    assert str(DatabaseConfig.from_env("OLD_")) == "mysql://pis@db:3306/old"
    assert StorageConfig.from_env("OLD_").bucket == "b"
    assert resolve_database("env:OLD_") == DatabaseConfig.from_env("OLD_")
    assert resolve_storage("env:OLD_") == StorageConfig.from_env("OLD_")
    with pytest.raises(ConfigurationError, match="set NEW_DATABASE_TYPE"):
        resolve_database("env:NEW_")


def test_the_url_wins_over_the_parts_and_a_missing_password_is_filled_in(environ: Environ) -> None:
    environ(DATABASE_URL="postgresql://app@db/photos", DATABASE_HOST="elsewhere", POSTGRES_PORT="1")
    environ(DATABASE_PASSWORD=SECRET)
    config = DatabaseConfig.from_env()
    assert config.url(masked=False) == f"postgresql://app:{SECRET}@db:5432/photos"


def test_an_empty_variable_counts_as_unset(environ: Environ) -> None:
    environ(DATABASE_TYPE="", DATABASE_HOST="db", DATABASE_PASSWORD="", DATABASE_PORT="")
    assert str(DatabaseConfig.from_env()) == "postgresql://pis@db:5432/pis"


SECRET_FILES = [name for name in known_names() if name.endswith("_FILE") and name != "PIS_ENV_FILE"]


@pytest.mark.parametrize("name", SECRET_FILES)
def test_every_secret_has_a_file_form(environ: Environ, tmp_path: Path, name: str) -> None:
    variable = name.removesuffix("_FILE")
    file = tmp_path / "secret"
    value = "postgresql://u:p@db/pis" if "URL" in variable else f"{SECRET} with spaces "
    file.write_text(value + "\n")
    base = {"DATABASE_TYPE": "supabase", "SUPABASE_DB_URL": "postgresql://db/p", "STORAGE_TYPE": "s3"}
    base |= {"STORAGE_SECRET_KEY": "s", "STORAGE_ACCESS_KEY": "k"}
    if variable == "STORAGE_SIGNING_KEY":
        base["STORAGE_TYPE"] = "local"
    for other in ("ACCESS_KEY", "SECRET_KEY"):
        if variable.endswith(f"_{other}"):
            base.pop(f"STORAGE_{other}", None)
    if variable == "DATABASE_URL":
        base = {"STORAGE_TYPE": "local"}
    if variable == "SUPABASE_DB_URL":
        del base["SUPABASE_DB_URL"]

    environ(**base, **{variable: value})
    direct = DatabaseConfig.from_env(), StorageConfig.from_env()
    pytest.MonkeyPatch().delenv(variable)
    environ(**{name: str(file)})
    assert (DatabaseConfig.from_env(), StorageConfig.from_env()) == direct
    held = str(direct[0].model_dump(mode="python")) + str(direct[1].model_dump(mode="python"))
    assert "SecretStr" in held


def test_both_a_secret_and_its_file_are_refused(environ: Environ, tmp_path: Path) -> None:
    environ(DATABASE_HOST="db", POSTGRES_PASSWORD=SECRET, POSTGRES_PASSWORD_FILE=str(tmp_path / "x"))
    with pytest.raises(ConfigurationError, match="POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are both set"):
        DatabaseConfig.from_env()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"", "empty"), (b"\xff\xfe", "not UTF-8"), (b"x" * 70_000, "more than 64 KiB")],
)
def test_a_secret_file_that_is_no_good(
    environ: Environ, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    environ(DATABASE_HOST="db", DATABASE_PASSWORD_FILE=str(file))
    with pytest.raises(ConfigurationError, match=reason) as caught:
        DatabaseConfig.from_env()
    assert "DATABASE_PASSWORD_FILE" in str(caught.value)


# -- .env ----------------------------------------------------------------------------------------------


def test_a_dotenv_file_is_read_below_the_real_environment(environ: Environ, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DATABASE_HOST=fromfile\nPOSTGRES_PASSWORD='{SECRET}'\nDATABASE_NAME=n\n")
    environ(DATABASE_NAME="real")
    config = DatabaseConfig.from_env()
    assert config.url(masked=False) == f"postgresql://pis:{SECRET}@fromfile:5432/real"


def test_dotenv_can_be_left_out_or_be_another_file(environ: Environ, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_HOST=one\n")
    (tmp_path / "other.env").write_text("DATABASE_HOST=two\n")
    assert DatabaseConfig.from_env(env_file="other.env").host == "two"
    with pytest.raises(ConfigurationError, match="no database"):
        DatabaseConfig.from_env(env_file=None)
    environ(PIS_ENV_FILE="other.env")
    assert DatabaseConfig.from_env().host == "two"
    environ(PIS_ENV_FILE="none")
    with pytest.raises(ConfigurationError, match="no database"):
        DatabaseConfig.from_env()
    environ(PIS_ENV_FILE="missing.env")
    with pytest.raises(ConfigurationError, match=r"PIS_ENV_FILE is 'missing\.env'"):
        DatabaseConfig.from_env()


def test_a_dotenv_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DATABASE_HOST=\xff\n")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        DatabaseConfig.from_env()


# -- what a wrong value says -----------------------------------------------------------------------------

WRONG_DATABASE: list[tuple[dict[str, str], list[str]]] = [
    ({"DATABASE_TYPE": "postgress"}, ["DATABASE_TYPE is 'postgress'", "did you mean postgresql"]),
    ({"DATABASE_TYPE": f"postgresql://u:{SECRET}@h"}, ["DATABASE_TYPE is 'postgresql://…'"]),
    ({"DATABASE_HOST": "db", "DATABASE_PORT": "abc"}, ["DATABASE_PORT is 'abc'", "1 to 65535"]),
    ({"DATABASE_HOST": "db", "POSTGRES_PORT": "70000"}, ["POSTGRES_PORT is '70000'"]),
    ({"DATABASE_HOST": "db", "DATABASE_PORT": "1" * 5000}, ["DATABASE_PORT is '111", "…"]),
    ({"DATABASE_HOST": "a,b"}, ["DATABASE_HOST is 'a,b'", "one host name"]),
    ({"DATABASE_HOST": f"postgresql://u:{SECRET}@h"}, ["DATABASE_HOST is 'postgresql://…'"]),
    ({"DATABASE_HOST": "db", "DATABASE_SSL": "maybe"}, ["DATABASE_SSL is 'maybe'", "true or false"]),
    ({"DATABASE_HOST": "db", "DATABASE_SSL_MODE": "verify_full"}, ["did you mean verify-full"]),
    ({"DATABASE_HOST": "db", "DATABASE_SSL": "false", "DATABASE_SSL_MODE": "require"}, ["DATABASE_SSL"]),
    ({"DATABASE_HOST": "db", "DATABASE_SSL_CA": "/no/such.pem"}, ["DATABASE_SSL_CA is '/no/such.pem'"]),
    ({"DATABASE_HOST": "/run/pg", "DATABASE_SSL": "true"}, ["Unix socket", "DATABASE_SSL"]),
    ({"DATABASE_HOST": "db", "DATABASE_POOL_SIZE": "0"}, ["DATABASE_POOL_SIZE is '0'"]),
    ({"DATABASE_HOST": "db", "DATABASE_POOL_SIZE": "1.5"}, ["DATABASE_POOL_SIZE is '1.5'"]),
    ({"DATABASE_HOST": "db", "DATABASE_MAX_OVERFLOW": "-1"}, ["DATABASE_MAX_OVERFLOW is '-1'"]),
    ({"DATABASE_HOST": "db", "DATABASE_POOL_TIMEOUT": "0"}, ["DATABASE_POOL_TIMEOUT is '0'", "above 0"]),
    ({"DATABASE_HOST": "db", "DATABASE_STATEMENT_TIMEOUT": "-3"}, ["DATABASE_STATEMENT_TIMEOUT is '-3'"]),
    ({"DATABASE_HOST": "db", "DATABASE_STATEMENT_TIMEOUT": "nan"}, ["DATABASE_STATEMENT_TIMEOUT"]),
    ({"DATABASE_HOST": "db", "DATABASE_STATEMENT_TIMEOUT": "30s"}, ["'30s'", "seconds"]),
    ({"DATABASE_HOST": "db", "PIS_VECTOR": "vector"}, ["PIS_VECTOR is 'vector'", "portable, pgvector"]),
    (
        {"DATABASE_TYPE": "mysql", "DATABASE_URL": f"postgresql://u:{SECRET}@h/d"},
        ["DATABASE_TYPE is 'mysql'"],
    ),
    ({"DATABASE_TYPE": "sqlite", "DATABASE_URL": "mysql://h/d"}, ["DATABASE_TYPE is 'sqlite'"]),
    (
        {"DATABASE_TYPE": "sqlite", "DATABASE_NAME": "/srv/x.db"},
        ["DATABASE_NAME is '/srv/x.db'", "sqlite:///"],
    ),
    (
        {"DATABASE_TYPE": "postgresql", "DATABASE_URL": "https://x.supabase.co"},
        ["DATABASE_URL begins with https"],
    ),
    ({"DATABASE_URL": SECRET}, ["DATABASE_URL is not a URL"]),
    ({"DATABASE_URL": f"oracle://u:{SECRET}@h/d"}, ["DATABASE_URL begins with oracle://"]),
    (
        {"DATABASE_URL": "postgresql://h/d?sslmode=require", "DATABASE_SSL_MODE": "disable"},
        ["DATABASE_SSL_MODE"],
    ),
    ({"DATABASE_URL": "postgresql://h/d?sslmode=require", "DATABASE_SSL": "false"}, ["DATABASE_SSL is"]),
    ({"SUPABASE_URL": "https://x.supabase.co"}, ["SUPABASE_DB_URL is not set"]),
    ({"SUPABASE_URL": "x.supabase.co", "SUPABASE_DB_URL": "postgresql://h/d"}, ["SUPABASE_URL is 'x.supa"]),
    ({"SUPABASE_DB_URL": f"mysql://u:{SECRET}@h/d"}, ["SUPABASE_DB_URL begins with mysql://"]),
    (
        {"DATABASE_HOST": "db", "DATABASE_REPLICA_URLS": f"postgresql://a/b,mysql://u:{SECRET}@h/d"},
        ["DATABASE_REPLICA_URLS has a mysql URL"],
    ),
    ({"DATABASE_HOST": "db", "DATABASE_REPLICA_URLS": SECRET}, ["DATABASE_REPLICA_URLS is not a URL"]),
]


@pytest.mark.parametrize(("variables", "parts"), WRONG_DATABASE)
def test_a_wrong_database_variable_is_named(
    environ: Environ, variables: dict[str, str], parts: list[str]
) -> None:
    environ(DATABASE_PASSWORD=SECRET, **variables)
    with pytest.raises(ConfigurationError) as caught:
        DatabaseConfig.from_env()
    assert all(part in str(caught.value) for part in parts), caught.value
    assert_no_secret(caught.value)


WRONG_STORAGE: list[tuple[dict[str, str], list[str]]] = [
    ({"STORAGE_TYPE": "minoi"}, ["STORAGE_TYPE is 'minoi'", "did you mean minio"]),
    ({"STORAGE_TYPE": "minio"}, ["STORAGE_ACCESS_KEY is not set"]),
    ({"STORAGE_TYPE": "s3", "MINIO_ACCESS_KEY": "key"}, ["STORAGE_SECRET_KEY is not set"]),
    ({"STORAGE_TYPE": "oss", "STORAGE_SECRET_KEY": SECRET}, ["STORAGE_ACCESS_KEY is not set"]),
    ({"STORAGE_ENDPOINT": "http://h/path", **KEYS}, ["STORAGE_ENDPOINT is 'http://…'"]),
    ({"MINIO_ENDPOINT_HOST": "a b", **KEYS}, ["MINIO_ENDPOINT_HOST is 'a b'"]),
    ({"STORAGE_ENDPOINT": f"http://u:{SECRET}@h", **KEYS}, ["STORAGE_ENDPOINT"]),
    ({"STORAGE_ENDPOINT": "https://h:1", "STORAGE_PORT": "2", **KEYS}, ["STORAGE_PORT is '2'"]),
    ({"STORAGE_ENDPOINT": "https://h", "MINIO_USE_SSL": "false", **KEYS}, ["MINIO_USE_SSL is 'false'"]),
    ({"STORAGE_ENDPOINT": "h", "STORAGE_USE_SSL": "ja", **KEYS}, ["STORAGE_USE_SSL is 'ja'"]),
    ({"STORAGE_TYPE": "oss", "MINIO_ENDPOINT_PORT": "9000", **KEYS}, ["MINIO_ENDPOINT_PORT is '9000'"]),
    ({"STORAGE_TYPE": "s3", "STORAGE_PUBLIC_URL": "cdn.example.org"}, ["STORAGE_PUBLIC_URL is 'cdn"]),
    ({"STORAGE_TYPE": "s3", "STORAGE_PRESIGN_URL": "https://h/media"}, ["STORAGE_PRESIGN_URL", "signature"]),
    ({"STORAGE_TYPE": "s3", "STORAGE_BUCKET": "a/b"}, ["bucket", "without slashes"]),
    ({"STORAGE_TYPE": "local", "STORAGE_PATH": "file:///x"}, ["STORAGE_PATH is 'file://…'", "a path"]),
    (
        {"STORAGE_TYPE": "local", "STORAGE_FALLBACK_TYPE": "s3"},
        ["STORAGE_FALLBACK_TYPE is no variable", "STORAGE_FALLBACK_STORAGE_TYPE"],
    ),
    (
        {"STORAGE_TYPE": "local", "STORAGE_FALLBACK_MINIO_BUCKET": "b"},
        ["STORAGE_FALLBACK_STORAGE_ACCESS_KEY"],
    ),
]


@pytest.mark.parametrize(("variables", "parts"), WRONG_STORAGE)
def test_a_wrong_storage_variable_is_named(
    environ: Environ, variables: dict[str, str], parts: list[str]
) -> None:
    environ(**variables)
    with pytest.raises(ConfigurationError) as caught:
        StorageConfig.from_env()
    assert all(part in str(caught.value) for part in parts), caught.value
    assert_no_secret(caught.value)
