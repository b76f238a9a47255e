"""Names on disk: injective, legal on every file system, and readable where keys are ordinary."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pis_data.storage.keys import is_legal
from pis_data.storage.local_names import CONTINUED, OBJECT_MARK, decode_names, encode_folder, encode_key

TRICKY = st.sampled_from("aAbB.- !~@%_+=,()[]'\"照ｆß😀é\u0301K0:*?<>|#\U0010ffff")
SEGMENT = st.one_of(
    st.text(TRICKY, min_size=1, max_size=8),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=60
    ),
    st.sampled_from(
        ["con", "CON", "nul.txt", "com1", "lpt9.jpg", "aux", "con.a", "cons", "...", "%41", "~", "@"]
    ),
    st.builds(lambda char, count: char * count, TRICKY, st.integers(100, 300)),
)
KEY = st.lists(SEGMENT, min_size=1, max_size=5).map("/".join).filter(is_legal)


def decoded(key: str) -> str | None:
    """Read a key back from its names, as a listing does."""
    folders, name = encode_key(key)
    segments, begun = [], []
    for part in [*folders, name.removeprefix(OBJECT_MARK)]:
        begun.append(part)
        if not part.endswith(CONTINUED):
            segments.append(decode_names(begun))
            begun = []
    return None if None in segments else "/".join(str(segment) for segment in segments)


@settings(max_examples=500, deadline=None)
@given(KEY)
def test_a_key_is_read_back_from_its_names(key: str) -> None:
    assert decoded(key) == key


@settings(max_examples=500, deadline=None)
@given(KEY)
def test_its_names_are_legal_on_every_file_system(key: str) -> None:
    folders, file = encode_key(key)
    for name in (*folders, file):
        assert 0 < len(name.encode()) <= 143
        assert name == name.lower()
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            assert unicodedata.normalize(form, name) == name
        assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)
        assert name[0] not in ". "
        assert name[-1] not in ". "
        assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)
    assert all(not name.startswith(OBJECT_MARK) for name in folders)


@settings(max_examples=500, deadline=None)
@given(KEY, KEY)
def test_two_keys_have_two_names(one: str, other: str) -> None:
    assert (encode_key(one) == encode_key(other)) == (one == other)


@settings(max_examples=500, deadline=None)
@given(st.text(TRICKY, min_size=1, max_size=12))
def test_what_reads_as_a_key_is_its_one_spelling(name: str) -> None:
    segment = decode_names([name])
    assert segment is None or encode_folder([segment]) == (name,)


def test_ordinary_keys_stay_readable() -> None:
    album, photo = "6f1d2c3b-aaaa-7bbb-8ccc-0123456789ab", "0a1d2c3b-aaaa-7bbb-8ccc-0123456789ab.jpg"
    assert encode_key(f"raw/{album}/{photo}") == (("raw", album), "@" + photo)
    assert encode_key("sync/2024 婚礼/张三 (1).jpg") == (("sync", "2024 婚礼"), "@张三 (1).jpg")
    assert encode_key("sync/IMG_0001.JPG") == (("sync",), "@!i!m!g_0001.!j!p!g")


@pytest.mark.parametrize(
    "name", ["", "A", "%4", "%GG", "%61", "%c3", "!1", "a.", ".a", "con", "%2e", "a%2fb", "%01"]
)
def test_names_that_we_never_write(name: str) -> None:
    assert decode_names([name]) is None
