"""Every variable that pis_data reads, with its aliases: this table, and nothing else, knows their names.

``docs/configuration.md`` documents the table row by row, and a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: the name to use, the older names that still work, and what it is for."""

    name: str
    about: str
    aliases: tuple[str, ...] = ()
    default: str = ""
    secret: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order in which they are tried."""
        return (self.name, *self.aliases)


# -- database ----------------------------------------------------------------------------------------

DATABASE_TYPE = Variable("DATABASE_TYPE", "sqlite, postgresql, mysql, mariadb or supabase")
DATABASE_URL = Variable(
    "DATABASE_URL",
    "where the database is, in one line; wins over the five parts below, except that a password it leaves "
    "out is taken from DATABASE_PASSWORD",
    secret=True,
)
DATABASE_HOST = Variable(
    "DATABASE_HOST",
    "host name, IP address, or an absolute path to a Unix socket",
    aliases=("POSTGRES_HOST",),
    default="localhost",
)
DATABASE_PORT = Variable("DATABASE_PORT", "TCP port", aliases=("POSTGRES_PORT",), default="the server's own")
DATABASE_NAME = Variable("DATABASE_NAME", "name of the database", aliases=("POSTGRES_DB",), default="pis")
DATABASE_USER = Variable("DATABASE_USER", "account", aliases=("POSTGRES_USER",), default="pis")
DATABASE_PASSWORD = Variable("DATABASE_PASSWORD", "its password", aliases=("POSTGRES_PASSWORD",), secret=True)
DATABASE_SSL = Variable(
    "DATABASE_SSL",
    "true: TLS, with certificate and host name verified; false: no TLS",
    default="off for sockets, loopback, private addresses and one-label host names; verified elsewhere",
)
DATABASE_SSL_MODE = Variable(
    "DATABASE_SSL_MODE",
    "the same in libpq's words: disable, allow, prefer, require, verify-ca, verify-full",
)
DATABASE_SSL_CA = Variable(
    "DATABASE_SSL_CA",
    "file with the certificates to trust (PEM); alone, it asks for verified TLS",
    default="the system's",
)
DATABASE_POOL_SIZE = Variable("DATABASE_POOL_SIZE", "connections kept open", default="5")
DATABASE_MAX_OVERFLOW = Variable("DATABASE_MAX_OVERFLOW", "connections opened beyond those", default="10")
DATABASE_POOL_TIMEOUT = Variable(
    "DATABASE_POOL_TIMEOUT", "seconds to wait for a free connection", default="30"
)
DATABASE_STATEMENT_TIMEOUT = Variable(
    "DATABASE_STATEMENT_TIMEOUT",
    "seconds that one statement of a service may take; 0 sets no limit; streams, migrations and copies "
    "run without it",
    default="30",
)
PIS_VECTOR = Variable(
    "PIS_VECTOR",
    "how embeddings are stored: portable or pgvector; recorded in the database",
    default="portable",
)
DATABASE_REPLICA_URLS = Variable(
    "DATABASE_REPLICA_URLS",
    "URLs of read replicas, comma-separated (a comma in one is written %2C)",
    secret=True,
)
SUPABASE_URL = Variable("SUPABASE_URL", "the project's address", aliases=("NEXT_PUBLIC_SUPABASE_URL",))
SUPABASE_SERVICE_ROLE_KEY = Variable(
    "SUPABASE_SERVICE_ROLE_KEY", "the project's service key", aliases=("DATABASE_KEY",), secret=True
)
SUPABASE_DB_URL = Variable(
    "SUPABASE_DB_URL",
    "the project's PostgreSQL connection, direct or pooled",
    default="DATABASE_URL",
    secret=True,
)
SUPABASE_JWT_SECRET = Variable("SUPABASE_JWT_SECRET", "the key that signs the project's tokens", secret=True)

DATABASE_VARIABLES = (
    DATABASE_TYPE,
    DATABASE_URL,
    DATABASE_HOST,
    DATABASE_PORT,
    DATABASE_NAME,
    DATABASE_USER,
    DATABASE_PASSWORD,
    DATABASE_SSL,
    DATABASE_SSL_MODE,
    DATABASE_SSL_CA,
    DATABASE_POOL_SIZE,
    DATABASE_MAX_OVERFLOW,
    DATABASE_POOL_TIMEOUT,
    DATABASE_STATEMENT_TIMEOUT,
    PIS_VECTOR,
    DATABASE_REPLICA_URLS,
    SUPABASE_URL,
    SUPABASE_SERVICE_ROLE_KEY,
    SUPABASE_DB_URL,
    SUPABASE_JWT_SECRET,
)

# -- storage -----------------------------------------------------------------------------------------

STORAGE_TYPE = Variable("STORAGE_TYPE", "local, minio, s3, oss, cos, or the name of a registered adapter")
STORAGE_PATH = Variable("STORAGE_PATH", "local: the folder", default="./pis-data/storage")
STORAGE_SIGNING_KEY = Variable(
    "STORAGE_SIGNING_KEY",
    "local: the key that signs URLs",
    default="a random one, kept in the folder (mode 0600)",
    secret=True,
)
STORAGE_ENDPOINT = Variable(
    "STORAGE_ENDPOINT",
    "where the store answers: a host, or a URL with scheme and port",
    aliases=("MINIO_ENDPOINT_HOST",),
    default="localhost for minio, else the vendor's own",
)
STORAGE_PORT = Variable(
    "STORAGE_PORT",
    "its port",
    aliases=("MINIO_ENDPOINT_PORT",),
    default="9000 for minio, else 443 or 80",
)
STORAGE_USE_SSL = Variable(
    "STORAGE_USE_SSL",
    "whether it is reached by TLS",
    aliases=("MINIO_USE_SSL",),
    default="as the endpoint's scheme says; else off for loopback, private addresses and one-label host "
    "names, on elsewhere",
)
STORAGE_ACCESS_KEY = Variable(
    "STORAGE_ACCESS_KEY",
    "access key",
    aliases=("MINIO_ACCESS_KEY",),
    default="s3: AWS's own credential chain",
    secret=True,
)
STORAGE_SECRET_KEY = Variable("STORAGE_SECRET_KEY", "secret key", aliases=("MINIO_SECRET_KEY",), secret=True)
STORAGE_SESSION_TOKEN = Variable(
    "STORAGE_SESSION_TOKEN", "the token that goes with temporary keys", secret=True
)
STORAGE_BUCKET = Variable("STORAGE_BUCKET", "bucket", aliases=("MINIO_BUCKET",), default="pis-photos")
STORAGE_REGION = Variable("STORAGE_REGION", "region", default="the vendor's own")
STORAGE_PRESIGN_URL = Variable(
    "STORAGE_PRESIGN_URL",
    "the address that clients reach the store itself by: presigned URLs are signed for it",
    default="the endpoint",
)
STORAGE_PUBLIC_URL = Variable(
    "STORAGE_PUBLIC_URL",
    "a CDN or proxy before the store, for `public_url` only; local: where `storage serve` is reached",
    aliases=("MINIO_PUBLIC_URL",),
)

STORAGE_FAST = Variable(
    "STORAGE_FAST",
    "s3 and minio: whether small requests are sent by obstore (extra `fast`)",
    default="true where obstore is installed",
)

STORAGE_VARIABLES = (
    STORAGE_TYPE,
    STORAGE_PATH,
    STORAGE_SIGNING_KEY,
    STORAGE_ENDPOINT,
    STORAGE_PORT,
    STORAGE_USE_SSL,
    STORAGE_ACCESS_KEY,
    STORAGE_SECRET_KEY,
    STORAGE_SESSION_TOKEN,
    STORAGE_BUCKET,
    STORAGE_REGION,
    STORAGE_PRESIGN_URL,
    STORAGE_PUBLIC_URL,
    STORAGE_FAST,
)

FALLBACK_PREFIX = "STORAGE_FALLBACK_"
"""Before a storage variable's name: the store that is read through to during a move."""

# -- where the variables come from --------------------------------------------------------------------

PIS_ENV_FILE = Variable(
    "PIS_ENV_FILE",
    "the file of variables that is read below the real environment; none reads none",
    default=".env",
)
