"""The vocabulary files: their shape, their words in both languages, and the DPV names they cite."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "resources" / "vocabulary").glob("*.json"))
DPV_NAMES = {
    line
    for line in (ROOT / "tests" / "data" / "dpv_names.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
DPV = re.compile(r"^(dpv|pd|eu-gdpr|legal-eu|legal-gb|tech|risk|loc):[A-Za-z0-9-]+$")
ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
LANGUAGES = {"en", "nb"}
MINIMUM = {
    "data-category": 40,
    "data-subject-category": 20,
    "purpose": 40,
    "security-measure": 40,
    "sector": 25,
}
KEYS = {"id", "label", "phrase", "help", "dpv", "flags"}
# Every term of these is said inside a sentence: “5 years after …, then …”.
PHRASED = {"retention-event", "deletion-fate"}
# Where a vocabulary may flag its terms, and with what.
FLAGS = {
    "data-category": {"special", "criminal", "national-identity-number"},
    "data-subject-category": {"vulnerable", "child"},
    "purpose": {"processor"},
    "security-measure": {"technical", "organisational"},
    "recipient-category": {"internal"},
    "mechanism": {"derogation", "third-party-rights"},
    # Conditions that need one of DPA 2018 Sch. 1 as well (s. 10(2), (3)).
    "special-category-condition": {"schedule-1"},
}
# Closed vocabularies hold these ids and no others.
CLOSED = {
    "role": "controller joint-controller processor",
    "recipient-role": (
        "processor joint-controller independent-controller public-authority internal not-determined"
    ),
    "regime": "eu uk",
    "regime-reason": "eu-3-1 eu-3-2-a eu-3-2-b uk-3-1 uk-3-2-a uk-3-2-b does-not-apply",
    "activity-status": "draft in-review approved retired",
    "processing-status": "planned live ended",
    "main-or-auxiliary": "main auxiliary",
    "legal-basis": "6-1-a 6-1-b 6-1-c 6-1-d 6-1-e 6-1-ea 6-1-f",
    "special-category-condition": "9-2-a 9-2-b 9-2-c 9-2-d 9-2-e 9-2-f 9-2-g 9-2-h 9-2-i 9-2-j",
    "yes-no": "yes no",
    "yes-no-unclear": "yes no unclear",
    "dpo-status": "appointed-internal appointed-external not-appointed",
    "agreement-kind": "processor-agreement joint-arrangement controller-to-controller none-needed",
    "evidence": "seen claimed none",
    "checklist-point": (
        "28-3-opening 28-3-a 28-3-b 28-3-c 28-3-d 28-3-e 28-3-f 28-3-g 28-3-h 28-2 28-4 28-9 "
        "authorisation notice-of-changes deletion-or-return 26-duties 26-contact-point "
        "26-essence controller-purpose controller-security"
    ),
    "authorisation": "specific general",
    "place-kind": "storage remote-access support",
    "place-by": "itself parent sub-processor",
    "transfer-kind": "storage remote-access support onward",
    "transfer-role": "exporter known-from-chain",
    "frequency": "continuous regular occasional one-off",
    "mechanism": (
        "adequacy scc scc-old idta uk-addendum bcr code-of-conduct certification "
        "ad-hoc-clauses authority-clauses public-body-instrument administrative-arrangement 49-1-a "
        "49-1-b 49-1-c 49-1-d 49-1-e 49-1-f 49-1-g 49-1-second not-restricted"
    ),
    "reliance": "relied-on fallback",
    "scc-module": "module-1 module-2 module-3 module-4",
    "assessment-kind": "dpia-screening dpia lia tia tra",
    "assessment-status": "planned under-way completed outdated",
    "assessment-outcome": "acceptable acceptable-with-measures not-acceptable not-needed",
    "dpia-needed": "yes no not-yet-assessed",
    "objection-answer": "not-answered accepted objected",
    "guarantee-result": "sufficient sufficient-with-remarks insufficient",
    "right": (
        "information access rectification erasure restriction portability objection "
        "automated-decisions withdraw-consent complaint"
    ),
    "request-kind": (
        "access rectification erasure restriction portability objection automated-decisions "
        "withdraw-consent safeguard-copy complaint authority-enquiry"
    ),
    "request-status": "received waiting-for-identity in-progress answered refused withdrawn",
    "automated-decisions": "none profiling-only decisions-with-human solely-automated",
    "measure-status": "planned in-place ended",
    "deletion-fate": "deleted anonymised archived returned restricted",
    "period-unit": "hours days weeks months years",
    "agreement-status": (
        "missing claimed requested negotiating signed in-force expiring expired superseded "
        "terminated not-required"
    ),
    "notice-kind": (
        "privacy-policy cookie-policy employee-notice recruitment-notice camera-notice other"
    ),
    "dpf-coverage": "hr non-hr both",
    "dpf-state": "active inactive not-listed",
}
OPEN = {
    "data-category",
    "data-subject-category",
    "purpose",
    "security-measure",
    "sector",
    "business-function",
    "recipient-category",
    "data-source",
    "processing-operation",
    "retention-event",
    "uk-schedule-1-condition",
    "document-kind",
    "system-kind",
    "technology",
}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def check_words(words: Any, where: str) -> None:
    assert isinstance(words, dict), where
    assert set(words) == LANGUAGES, where
    for language, text in words.items():
        assert isinstance(text, str), f"{where} {language}"
        assert text, f"{where} {language}: empty"
        assert text == " ".join(text.split()), f"{where} {language}: stray blanks"


def test_every_vocabulary_has_its_file() -> None:
    assert {path.stem for path in FILES} == OPEN | set(CLOSED)


@each_file
def test_shape(path: Path) -> None:
    data = load(path)
    assert set(data) == {"id", "closed", "label", "terms"}
    assert data["id"] == path.stem
    assert data["closed"] is (path.stem in CLOSED)
    check_words(data["label"], "label")
    assert data["terms"]
    for term in data["terms"]:
        assert {"id", "label"} <= set(term) <= KEYS, term
        assert ID.match(term["id"]), term["id"]


@each_file
def test_written_as_agreed(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@each_file
def test_ids_and_labels_are_unique(path: Path) -> None:
    terms = load(path)["terms"]
    ids = [term["id"] for term in terms]
    assert len(ids) == len(set(ids))
    for language in LANGUAGES:
        labels = [term["label"][language].casefold() for term in terms]
        assert sorted(label for label in set(labels) if labels.count(label) > 1) == []


@each_file
def test_labels(path: Path) -> None:
    for term in load(path)["terms"]:
        check_words(term["label"], term["id"])
        for text in term["label"].values():
            assert text[0] == text[0].upper(), text
            assert not text.endswith("."), text


@each_file
def test_phrases_fit_into_a_sentence_and_name_one_term(path: Path) -> None:
    terms = load(path)["terms"]
    assert {"phrase" in term for term in terms} == {path.stem in PHRASED}
    said = [term["phrase"] for term in terms if "phrase" in term]
    for phrase in said:
        check_words(phrase, path.stem)
        for text in phrase.values():
            assert text[0] == text[0].lower(), text
            assert not text.endswith("."), text
    for language in LANGUAGES:
        assert len({phrase[language] for phrase in said}) == len(said)


@each_file
def test_help_is_a_sentence_in_both_languages(path: Path) -> None:
    data = load(path)
    for term in data["terms"]:
        if not data["closed"]:
            assert "help" in term, term["id"]
        if "help" in term:
            check_words(term["help"], term["id"])
            for text in term["help"].values():
                assert text[0] == text[0].upper(), text
                assert text.endswith("."), text
                assert len(text.split()) >= 3, text


@each_file
def test_flags(path: Path) -> None:
    for term in load(path)["terms"]:
        flags = term.get("flags", [])
        assert flags or "flags" not in term, term["id"]
        assert len(flags) == len(set(flags)), term["id"]
        assert set(flags) <= FLAGS.get(path.stem, set()), term["id"]
        if path.stem == "security-measure":
            assert len(flags) == 1, term["id"]


@each_file
def test_dpv_names(path: Path) -> None:
    for term in load(path)["terms"]:
        if "dpv" in term:
            assert DPV.match(term["dpv"]), term["dpv"]
            assert term["dpv"] in DPV_NAMES, term["dpv"]


@pytest.mark.parametrize(("vocabulary", "least"), MINIMUM.items())
def test_enough_terms(vocabulary: str, least: int) -> None:
    assert len(load(ROOT / "resources" / "vocabulary" / f"{vocabulary}.json")["terms"]) >= least


@pytest.mark.parametrize(("vocabulary", "ids"), CLOSED.items())
def test_closed_vocabularies_hold_exactly_their_ids(vocabulary: str, ids: str) -> None:
    terms = load(ROOT / "resources" / "vocabulary" / f"{vocabulary}.json")["terms"]
    assert sorted(term["id"] for term in terms) == sorted(ids.split())
