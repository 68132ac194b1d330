"""Text made safe for files: nothing that acts, nothing lost unseen."""

from __future__ import annotations

import pytest

from ropa_app.exports.safe_text import SafeText, looks_like_formula

MARKS = "\u202eright to left\u202c \u200f שלום 😀 e\u0301"


@pytest.mark.parametrize(
    ("given", "expected", "replaced"),
    [
        ("plain", "plain", 0),
        ("a\x00b", "a b", 1),
        ("a\x0bb\x1fc\x7fd\x85e", "a b c d e", 4),
        ("lone \ud83d half", "lone \ufffd half", 1),
        ("\ufffe\uffff", "\ufffd\ufffd", 2),
        ("one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour\tfive", 0),
        (MARKS, MARKS, 0),
    ],
)  # fmt: skip
def test_cleaning(given: str, expected: str, replaced: int) -> None:
    safe = SafeText()
    assert safe.clean(given) == expected
    assert safe.replaced == replaced


def test_replacements_add_up() -> None:
    safe = SafeText()
    for _ in range(3):
        safe.clean("\x00\x01")
    assert safe.replaced == 6


@pytest.mark.parametrize("text", ["=1+1", "+47 55", "-3", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_might_take_for_a_formula(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "1=1", "a@b.example", "’=1"])
def test_what_it_would_not(text: str) -> None:
    assert not looks_like_formula(text)
