"""Provisions as Norwegian and English readers cite them."""

from __future__ import annotations

import pytest

from ropa_app.model.field import walk
from ropa_app.model.kinds import ALL_KINDS
from ropa_app.rules.articles import article_words


@pytest.mark.parametrize(
    ("article", "english", "bokmaal"),
    [
        ("28(3)(h)", "Art. 28(3)(h)", "art. 28 nr. 3 h"),
        ("30(1)(b)", "Art. 30(1)(b)", "art. 30 nr. 1 b"),
        ("27", "Art. 27", "art. 27"),
        ("6(1)(ea)", "Art. 6(1)(ea)", "art. 6 nr. 1 ea"),
        ("45A(2)", "Art. 45A(2)", "art. 45A nr. 2"),
        ("44–49", "Art. 44–49", "art. 44–49"),
        ("4(7), 4(8)", "Art. 4(7), 4(8)", "art. 4 nr. 7, art. 4 nr. 8"),
        ("35, 6(1)(f), 46", "Art. 35, 6(1)(f), 46", "art. 35, art. 6 nr. 1 f, art. 46"),
        ("9, recital 75", "Art. 9, recital 75", "art. 9, fortalepunkt 75"),
        ("DPA 2018 Sch. 1 para. 41", "DPA 2018 Sch. 1 para. 41", "DPA 2018 Sch. 1 para. 41"),
        ("DPA 2018 s. 10, 9(2)", "DPA 2018 s. 10, Art. 9(2)", "DPA 2018 s. 10, art. 9 nr. 2"),
        ("", "", ""),
    ],
)
def test_a_provision_is_cited_as_usual(article: str, english: str, bokmaal: str) -> None:
    assert article_words(article, "en") == english
    assert article_words(article, "nb") == bokmaal


DECLARED = sorted(
    {field.article for kind in ALL_KINDS for _path, field in walk(kind.fields) if field.article}
)


@pytest.mark.parametrize("article", DECLARED)
def test_every_declared_provision_can_be_cited(article: str) -> None:
    english, bokmaal = article_words(article, "en"), article_words(article, "nb")
    assert "Art. " in english or english == article
    assert article.startswith("DPA") or "(" not in bokmaal
