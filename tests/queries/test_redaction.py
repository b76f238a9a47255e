"""What is a secret by its name, and what is not."""

from __future__ import annotations

import pytest

from pis_data.queries.redaction import is_secret, redacted, redacted_text
from pis_data.schema.secrets import SECRET_COLUMNS


@pytest.mark.parametrize(
    "name",
    [
        *("password", "Password", "old_password", "passwordHash", "PASSWD", "smtp_pass", "smtpPass", "pass"),
        *("upload_token", "refreshToken", "x-csrf-token", "api_key", "apiKey", "X-API-Key", "secretKey"),
        *("AWS_SECRET_ACCESS_KEY", "private-key", "Authorization", "Set-Cookie", "otp", "session_id", "jwt"),
        *sorted({column for columns in SECRET_COLUMNS.values() for column in columns}),
    ],
)
def test_secrets_are_known_by_their_names(name: str) -> None:
    assert is_secret(name)
    assert redacted({name: "sesame", "deep": [{name: ["sesame"]}]}) == {
        name: "******",
        "deep": [{name: "******"}],
    }


@pytest.mark.parametrize(
    "name", ["title", "original_key", "thumb_key", "key", "hash", "author", "footprint", "pins", "shipping"]
)
def test_other_names_are_no_secrets(name: str) -> None:
    assert not is_secret(name)
    assert redacted({name: "sesame"}) == {name: "sesame"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GET /a?token=sesame&b=1", "GET /a?token=******&b=1"),
        ("X-Amz-Signature=0123abc", "X-Amz-Signature=******"),
        ('{"apiKey": "open sesame", "a": 1}', '{"apiKey": ******, "a": 1}'),
        ("mysql://pis:sesame@db/pis", "mysql://pis:******@db/pis"),
        ("https://example.org/a:b@c", "https://example.org/a:b@c"),
        ("Authorization: Bearer sesame.sesame", "Authorization: Bearer ******"),
        ("the password was changed", "the password was changed"),
        ("the basic idea", "the basic idea"),
    ],
)
def test_secrets_within_a_text(text: str, kept: str) -> None:
    assert redacted_text(text) == kept
