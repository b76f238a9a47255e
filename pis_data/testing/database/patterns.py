r"""like, ilike, starts_with and contains on text: wildcards, escapes, case."""

from __future__ import annotations

from typing import Any
from unicodedata import ucd_3_2_0

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.filters import Operator, contains, ilike, like, not_, starts_with
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused

NAMES = [
    "", "a", "A", "ab", "abc", "a%c", "a_c", "a\\c", "a\\%", "100%", "_", "%", "\\", "\\\\", "a b", " a",
    "a ", "é", "e\u0301", "É", "照片", "照", "😀", "😀b", "a\nb", "a'b", 'a"b', "[a]", "a*", "a?",
    "A_C", "ABC", "{a}",
]  # fmt: skip


def matching(pattern: str, text: str) -> bool:
    """LIKE, as every server must understand it: by code point, with the backslash as escape."""
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    if head == "%":
        return any(matching(rest, text[start:]) for start in range(len(text) + 1))
    if head == "\\":
        head, rest = rest[0], rest[1:]
    elif head == "_":
        return bool(text) and matching(rest, text[1:])
    return text[:1] == head and matching(rest, text[1:])


PATTERNS = [
    "", "a", "%", "_", "__", "a%", "%a", "%b%", "a_c", r"a\_c", r"a\%c", r"\%", r"\_", r"\\", r"\\\\",
    r"a\\%", "%\\%",
    "% %", "a_", "_ ", "A%", "照%", "_片", "😀", "😀_", "_", "é", "e_", "a\n%", "a'%", "[a]", "[a-z]", "a*",
    "a?", "%%",
    r"\a", r"\ab\c", "{a}", r"a\\c", r"\a\%",
]  # fmt: skip


class TestPatterns:
    @pytest.fixture(autouse=True)
    def _names(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": name, "description": name} for name in NAMES])
        db.insert("style_templates", {"name": "null", "description": None})

    def found(self, db: DatabaseAdapter, condition: Any, column: str = "description") -> list[str]:
        rows = db.find_many("style_templates", {column: condition}, select=[column])
        return sorted(row[column] for row in rows)

    @pytest.mark.parametrize("column", ["name", "description"])
    def test_like_takes_wildcards_and_the_backslash(self, db: DatabaseAdapter, column: str) -> None:
        results = {
            pattern: self.found(db, like(pattern), column) for pattern in PATTERNS if pattern != "%\\%"
        }
        known = [*NAMES, "null"] if column == "name" else NAMES
        expected = {pattern: sorted(name for name in known if matching(pattern, name)) for pattern in results}
        assert results == expected

    def test_starts_with_and_contains_take_everything_as_itself(self, db: DatabaseAdapter) -> None:
        for text in [*PATTERNS, "a%c", "a_c", "\\", "%%", "\\%"]:
            assert self.found(db, starts_with(text)) == sorted(
                name for name in NAMES if name.startswith(text)
            )
            assert self.found(db, contains(text)) == sorted(name for name in NAMES if text in name)

    def test_ilike_folds_case(self, db: DatabaseAdapter) -> None:
        assert self.found(db, ilike("ab%")) == ["ABC", "ab", "abc"]
        assert self.found(db, ilike("a\\_C")) == ["A_C", "a_c"]
        assert self.found(db, ilike("É")) == ["É", "é"]
        assert self.found(db, ilike("照_")) == ["照片"]
        assert self.found(db, ilike("A")) == ["A", "a"]
        assert self.found(db, ilike("")) == [""]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("STRASSE", "strasse"), ("ÄÖÜ", "äöü"), ("ЖУК", "жук"), ("ΟΔΟΣ", "οδος"), ("ΟΔΟΣ", "οδοσ"),
         ("ΣΑΣ", "σασ"), ("Ａ", "ａ"), ("Ⅳ", "ⅳ"), ("Đ", "đ"), ("Ơ", "ơ"), ("Þ", "þ"), ("Ǆ", "ǆ")],
    )  # fmt: skip
    def test_ilike_folds_case_beyond_ascii(self, db: DatabaseAdapter, one: str, other: str) -> None:
        samples.style(db, description=f"<{one}>")
        samples.style(db, description=f"<{other}>")
        for text in (one, other):
            assert self.found(db, ilike(f"<{text}>")) == sorted([f"<{one}>", f"<{other}>"])
            assert self.found(db, ilike(f"%<{text[0]}%")) == sorted([f"<{one}>", f"<{other}>"])

    def test_ilike_folds_every_letter_of_unicode(self, db: DatabaseAdapter) -> None:
        known = (chr(point) for point in range(0x80, 0x20000) if not 0xD800 <= point < 0xE000)
        letters = [c for c in known if c.lower() != c and ucd_3_2_0.category(c) != "Cn"]
        assert len(letters) > 700
        for start in range(0, len(letters), 100):
            text = "".join(letters[start : start + 100])
            folded = "".join(c.lower() for c in text)
            samples.style(db, description=text)
            assert self.found(db, ilike(folded)) == [text]
            assert self.found(db, ilike(text + "%")) == [text]

    def test_ilike_keeps_apart_what_is_not_a_matter_of_case(self, db: DatabaseAdapter) -> None:
        for name in ("<ss>", "<ß>", "<i>", "<ı>", "<e>", "<é>", "<ﬁ>", "<fi>"):
            samples.style(db, description=name)
            assert self.found(db, ilike(name.upper() if name in ("<ss>", "<e>") else name)) == [name]

    def test_null_never_matches_a_pattern(self, db: DatabaseAdapter) -> None:
        assert len(self.found(db, like("%"))) == len(NAMES)
        assert self.found(db, not_(like("%"))) == []
        assert "" not in self.found(db, not_(like("")))
        assert len(self.found(db, not_(contains("zzz")))) == len(NAMES)

    def test_patterns_of_long_text(self, db: DatabaseAdapter) -> None:
        long = "照%_\\" * 2_000
        samples.style(db, description=long)
        samples.style(db, description=long + "x")
        assert self.found(db, starts_with(long)) == [long, long + "x"]
        assert self.found(db, contains(long)) == [long, long + "x"]
        assert self.found(db, starts_with("😀" * 10_000)) == []
        assert self.found(db, contains("%" * 10_000)) == []

    @pytest.mark.parametrize("make", [like, ilike, starts_with, contains])
    def test_a_pattern_is_short_and_sound_text(
        self, db: DatabaseAdapter, refused: Refused, make: Any
    ) -> None:
        with refused(InvalidFilterError, match="too long"):
            db.find_many("style_templates", {"name": make("x" * 10_001)})
        for wrong in ("a\0b", "\0", "a\ud800", "\udfff%"):
            with refused(InvalidValueError):
                db.find_many("style_templates", {"name": make(wrong)})
        for other in (1, b"a", ["a"], True):
            with refused(InvalidValueError):
                db.find_many("style_templates", {"name": make(other)})

    @pytest.mark.parametrize("pattern", ["\\", "a\\", "%\\", "\\\\\\"])
    def test_a_pattern_must_not_end_in_a_lone_backslash(
        self, db: DatabaseAdapter, refused: Refused, pattern: str
    ) -> None:
        for make in (like, ilike):
            with refused(InvalidFilterError, match="backslash"):
                db.find_many("style_templates", {"name": make(pattern)})

    def test_a_pattern_of_none_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        with refused(InvalidValueError):
            db.find_many("style_templates", {"name": Operator("like", (None,))})
