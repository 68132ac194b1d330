"""Lines of a cell: counted by the widths of letters, never too few, and no more than it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa_app.exports.text_lines import INDENT, UNIT, line_ends, lines_needed, pieces, width_of

# What the indent takes of a column, in digits.
STEP = INDENT / UNIT
NARROW = "illicit filling in the still little hill, filtrate it till it is fit. " * 2
WIDE = "MAMMA WOMAN WWW MAMMOTH MOMMA GAMMA WOMAN WWW MMM WOMAN MAMMA WWW"


def test_narrow_letters_need_fewer_lines_than_wide_ones() -> None:
    """By their number alone, 140 narrow letters would take twice the lines of 65 wide ones."""
    assert lines_needed(NARROW, 34) < 2 * lines_needed(WIDE, 34)
    assert (lines_needed("i" * 60, 34), lines_needed("W" * 60, 34)) == (1, 4)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 26, 0),
        ("one", 26, 1),
        ("one\ntwo", 26, 2),
        ("one\n", 26, 2),
        # 0.5068 of 10 points each, of (10 × 5.25 − 3.75) × 0.97 points: nine to a line.
        ("0" * 9, 10, 1),
        ("0" * 10, 10, 2),
        ("00000 000 000", 10, 2),
        ("00000 0000000", 10, 2),
        ("0 " + "0" * 10, 10, 3),
        # What Calibri lacks is as wide as it is high.
        ("\u6f22" * 4, 10, 1),
        ("\u6f22" * 5, 10, 2),
    ],
)
def test_lines_by_the_widths_of_letters(text: str, width: int, lines: int) -> None:
    assert lines_needed(text, width + STEP) == lines


@given(st.text(max_size=400), st.integers(3, 90))
def test_the_lines_are_the_text_and_each_is_one(text: str, width: int) -> None:
    paragraph = text.replace("\n", " ")
    ends = line_ends(paragraph, width)
    assert ends == sorted(ends)
    assert ends[-1] == len(paragraph)
    for start, end in zip([0, *ends], ends, strict=False):
        assert len(line_ends(paragraph[start:end].rstrip(), width)) == 1


@given(st.text(alphabet="aW i\n漢-", max_size=600), st.integers(3, 40), st.integers(1, 12))
def test_parts_are_the_text_and_fit(text: str, width: int, most: int) -> None:
    found = pieces(text, width, most)
    assert "".join(found) == text
    for part in found:
        assert lines_needed(part.rstrip("\n"), width) <= most


def test_a_part_is_filled_before_the_text_goes_on_in_the_next() -> None:
    paragraph, width = "word " * 40, 20 + STEP
    high = lines_needed(paragraph, width)
    assert high == 10
    found = pieces("\n".join([paragraph] * 9), width, 25)
    # At most three lines at the foot of a part are left empty.
    assert all(lines_needed(part.rstrip("\n"), width) > 21 for part in found[:-1])
    assert len(found) == 4
    short = "\n".join(["line"] * 23 + [paragraph])
    assert pieces(short, width, 25) == ["line\n" * 23, paragraph]


def test_no_part_begins_with_the_last_line_of_a_paragraph() -> None:
    paragraph = "word " * 40
    for above in range(17, 25):
        found = pieces("\n".join(["line"] * above + [paragraph]), 20, 25)
        assert len(found) == 2
        assert lines_needed(found[1], 20) >= 2


def test_a_long_text_is_parted_without_reading_it_again_and_again() -> None:
    parts = pieces("word " * 200_000, 48, 25)
    assert sum(map(len, parts)) == 1_000_000
    assert all(lines_needed(part, 48) == 25 for part in parts[:-1])


@given(st.text(alphabet="aW i\n漢-", min_size=1, max_size=200))
def test_a_column_as_wide_as_its_text_breaks_no_line(text: str) -> None:
    assert lines_needed(text, width_of(text)) == len(text.split("\n"))
    wider = width_of(text)
    if any(part.strip() for part in text.split("\n")) and wider > 5:
        longest = max(text.split("\n"), key=width_of).strip()
        assert lines_needed(longest, width_of(longest) - 1) > 1


SENTENCE = "The register says how long the orders are kept and on which legal ground that is so. "


@pytest.mark.parametrize("sentence", [SENTENCE, SENTENCE.replace(" so. ", " so? ")])
@pytest.mark.parametrize("width", [26, 34, 48])
def test_a_part_of_a_long_text_ends_with_a_sentence(sentence: str, width: int) -> None:
    found = pieces(sentence * 40, width, 25)
    assert "".join(found) == sentence * 40
    assert all(part.endswith((". ", "? ")) for part in found[:-1])
    # No more than a quarter of a part is left empty.
    assert all(lines_needed(part, width) >= 18 for part in found[:-1])


def test_a_text_without_a_sentence_that_ends_near_fills_its_part() -> None:
    text = SENTENCE + "word " * 300
    assert lines_needed(pieces(text, 34, 25)[0], 34) == 25


def test_what_stands_below_a_line_stays_with_it_where_a_part_can_hold_it() -> None:
    item = "Klarna (P-003)\n– Role here: Processor\n– What for: Payment\n– Agreement: D-001"
    text = "\n".join([item] * 20)
    found = pieces(text, 34, 25)
    assert "".join(found) == text
    assert all(part.rstrip("\n").count("\n") == 23 for part in found[:-1])
    assert all(part.startswith("Klarna") for part in found)


def test_an_item_longer_than_a_part_does_not_begin_with_one_line_at_its_foot() -> None:
    item = "Klarna (P-003)" + "\n– What for: Payment" * 40
    for above in range(15, 26):
        found = pieces("\n".join(["line"] * above + [item]), 34, 25)
        assert all(not part.rstrip("\n").endswith("Klarna (P-003)") for part in found)
