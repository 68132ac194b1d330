"""Wrong input: status 2 and one plain sentence that names the file, row or field."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from ropa_app.cli.main import ropa
from ropa_app.model.field import walk
from ropa_app.model.kinds import KINDS

# Every command that takes a register, with right arguments for the sample in s.ropa.
ON_A_REGISTER = {
    "info": ["info", "R"], "list": ["list", "R", "party"], "show": ["show", "R", "P-001"],
    "add": ["add", "R", "party", "--json", "number.json"],
    "set": ["set", "R", "P-001", "name=x"], "delete": ["delete", "R", "P-001"],
    "restore-record": ["restore-record", "R", "P-001"], "merge": ["merge", "R", "P-001", "P-002"],
    "attach": ["attach", "R", "A-001", "text.txt"],
    "extract": ["extract", "R", "F-001", "--out", "o"],
    "term": ["term", "add", "R", "sector", "Drones"],
    "redact": ["redact", "R", "P-001", "name", "--yes"],
    "check": ["check", "R"], "export": ["export", "R", "full", "--out", "o"],
    "dump": ["dump", "R", "--out", "o"], "history": ["history", "R"],
    "diff": ["diff", "R", "s.ropa"], "undo": ["undo", "R"], "redo": ["redo", "R"],
    "verify": ["verify", "R"], "backup": ["backup", "R"], "restore": ["restore", "R", "new.ropa"],
}  # fmt: skip
NOT_ON_A_REGISTER = {"new", "sample", "load", "layouts", "open", "reference", "fields"}
NO_REGISTER = ["none.ropa", "text.txt", "empty", "other.db", "cut.ropa", "folder", "no/such.ropa"]

# Arguments, and what the sentence must say.
WRONG: list[tuple[str, str]] = [
    ("nonsense", "no command “nonsense”"),
    ("term nonsense", "no command “nonsense”"),
    ("list", "REGISTER is missing"),
    ("list s.ropa", "KIND is missing"),
    ("list s.ropa party more", "“more” is one word too many"),
    ("list s.ropa party --nonsense", "no option --nonsense"),
    ("list s.ropa thing", "no kind “thing”"),
    ("info -dash.ropa", "no option -d"),
    ("new", "REGISTER is missing"),
    ("new n.ropa", "--name is missing"),
    ("new n.ropa --name=", "--name"),
    ("new s.ropa --name X", "s.ropa exists already"),
    ("new folder --name X", "folder exists already"),
    ("new no/n.ropa --name X", "does not exist"),
    ("new n.ropa --name X --lang de", "--lang must be one of en, nb"),
    ("sample nonsense n.ropa", "no sample “nonsense”"),
    ("sample foo n.ropa", "the samples are nordlys, smartgroup, generated"),
    ("sample smartgroup n.ropa --activities 5", "--activities is for the sample “generated” only"),
    ("sample nordlys n.ropa --activities 100", "--activities is for the sample “generated” only"),
    ("sample nordlys n.ropa --seed 0", "--seed is for the sample “generated” only"),
    ("sample generated n.ropa --activities 0", "--activities must be 1 or more"),
    ("sample smartgroup s.ropa", "s.ropa exists already"),
    ("sample generated n.ropa --activities many", "--activities must be a whole number"),
    ("sample generated n.ropa --activities -5", "--activities must be 1 or more"),
    ("show s.ropa P-999", "no record P-999"),
    ("show s.ropa nonsense", "no record nonsense"),
    ("add s.ropa thing --json number.json", "no kind “thing”"),
    ("add s.ropa party", "--json is missing"),
    ("add s.ropa party --json none.json", "none.json"),
    ("add s.ropa party --json folder", "folder"),
    ("add s.ropa party --json broken.json", "broken.json is not JSON: look at line 1"),
    ("add s.ropa party --json latin.json", "latin.json is not UTF-8"),
    ("add s.ropa party --json number.json", "JSON object"),
    ("add s.ropa party --json two.json", "Record 2 of 2: party has no field “nope”"),
    ("add s.ropa register --json number.json", "JSON object"),
    ("set s.ropa P-001", "FIELD=VALUE"),
    ("set s.ropa P-001 name", "“name” says no value"),
    ("set s.ropa P-001 nope=1", "did you mean note? “ropa fields party” lists all there are."),
    ("set s.ropa P-001 contry=FR", "did you mean country?"),
    ("set s.ropa P-001 Sectors=Hosting", "did you mean sectors?"),
    ("set s.ropa P-001 xyzzy=1", "no field “xyzzy”; “ropa fields party” lists those there are."),
    ("fields", "KIND is missing"),
    ("fields thing", "no kind “thing”"),
    ("fields party contry", "did you mean country?"),
    ("set s.ropa P-001 --clear nope", "no field “nope”"),
    ("set s.ropa P-001 name=a --clear name", "given twice"),
    ("set s.ropa P-001 name=@", "@"),
    ("set s.ropa P-001 name=@none.json", "none.json"),
    ("set s.ropa P-001 name=@broken.json", "broken.json"),
    ("set s.ropa P-001 name=@number.json", "“name”"),
    ("set s.ropa P-001 parent=P-999", "P-999"),
    ("set s.ropa P-999 name=x", "no record P-999"),
    ("set s.ropa REG-001 time_zone=Mars/Base", "“Mars/Base” is not a time zone"),
    ("delete s.ropa P-999", "no record P-999"),
    ("delete s.ropa REG-001", "settings"),
    ("restore-record s.ropa P-001", "P-001 is not deleted"),
    ("merge s.ropa P-001 A-001", "not of one kind"),
    ("merge s.ropa P-001 P-001", "with itself"),
    ("merge s.ropa P-001 P-999", "no record P-999"),
    ("attach s.ropa A-001 none.pdf", "no file none.pdf"),
    ("attach s.ropa A-001 folder", "folder is a folder"),
    ("attach s.ropa A-999 text.txt", "no record A-999"),
    ("attach s.ropa R-001 text.txt", "R-001 takes no files"),
    ("extract s.ropa P-001 --out o", "P-001 holds no file"),
    ("extract s.ropa F-999 --out o", "no record F-999"),
    ("term add s.ropa nonsense Drones", "no vocabulary “nonsense”"),
    ("term add s.ropa legal-basis Drones", "given by the law"),
    ("term add s.ropa data-category Gait --flag nonsense", "no flag “nonsense”"),
    ("term add s.ropa sector Hosting --flag nonsense", "“sector” take no flags"),
    ("open s.ropa", "not installed here"),
    ("redact s.ropa P-001 nope --yes", "no field “nope”"),
    ("redact s.ropa P-001 parent --yes", "never held anything"),
    ("redact s.ropa P-999 name", "no record P-999"),
    ("redact s.ropa P-001 name", "Stopped"),
    ("check s.ropa --as-at 31.02.2026", "“31.02.2026” is not a date"),
    ("check s.ropa --as-at 9999-12-31", "“9999-12-31” is not a date"),
    ("check s.ropa --as-at 1999-01-01", "did not exist on 1999-01-01"),
    ("check s.ropa --as-at 2999-01-01", "2999-01-01 has not come yet; today is 20"),
    ("diff s.ropa --from 2999-01-01", "2999-01-01 has not come yet"),
    ("export s.ropa full --out o --as-at 2999-01-01T12:00", "2999-01-01T12:00 has not come yet"),
    ("export s.ropa full --out a.pdf", "is written as .xlsx, not .pdf; name the file a.xlsx."),
    ("export s.ropa full --out a.XLS", "is written as .xlsx, not .XLS; name the file a.xlsx."),
    ("export s.ropa record --out a.xlsx", "is written as .pdf, not .xlsx; name the file a.pdf."),
    ("export s.ropa safeguards --out a.docx", "is written as .pdf, not .docx"),
    ("check s.ropa --lang de", "--lang must be one of en, nb"),
    ("history s.ropa P-999", "no record P-999"),
    ("diff s.ropa", "--from"),
    ("diff s.ropa none.ropa", "none.ropa"),
    ("diff s.ropa --from yesterday", "“yesterday” is not a date"),
    ("redo s.ropa", "nothing to redo"),
    ("verify s.ropa --contains xyz", "“xyz” is not a hash"),
    ("load none.json n.ropa", "no file none.json"),
    ("load text.txt n.ropa", "text.txt is not a dump"),
    ("load broken.json n.ropa", "broken.json is not a dump"),
    ("load folder n.ropa", "folder is a folder"),
    ("restore s.ropa s.ropa", "s.ropa exists already"),
    ("restore s.ropa no/n.ropa", "does not exist"),
    ("dump s.ropa --out no/d.json", "no does not exist"),
    ("dump s.ropa --out folder", "folder"),
    ("dump s.ropa --out .", ". is a folder; name a file in it"),
    ("dump s.ropa --out /", "/ is a folder; name a file in it"),
    ("export s.ropa full --out ./", ". is a folder; name a file in it"),
    ("backup s.ropa --out s.ropa", "s.ropa exists already"),
    ("backup s.ropa --out no/b.ropa", "does not exist"),
    ("export s.ropa nonsense --out o", "no layout “nonsense”"),
    ("export s.ropa ../layouts/full --out o", "no layout “../layouts/full”"),
    ("export s.ropa full", "--out is missing"),
    ("export s.ropa full --out", "--out needs a value"),
    ("export s.ropa full --out=", "--out names no file"),
    ("export s.ropa full --out no/o.xlsx", "no does not exist"),
    ("export s.ropa full --out folder", "folder"),
    ("export s.ropa ico-controller --out o --lang nb", "“ico-controller” exists in en only"),
    ("export s.ropa protokoll --out o --ref A-999", "A-999"),
    ("export s.ropa record --out o --ref P-001", "P-001"),
    ("export s.ropa protokoll --out o --organisation Nobody", "“Nobody”"),
    ("export s.ropa safeguards --out o --regime us", "--regime must be one of eu, uk"),
    ("export s.ropa full --out o --regime uk", "--regime is for"),
    ("export s.ropa full --out o --as-at 1999-01-01", "did not exist"),
]
# JSON on standard input for `ropa add s.ropa party --json -`.
WRONG_JSON = [
    ("", "standard input is not JSON"),
    ("[" * 3000, "standard input is not JSON"),
    ("[1]", "JSON object"),
    ("null", "JSON object"),
    ('{"nope": 1}', "no field “nope”"),
    ('{"name": 5}', "“name” cannot take"),
    ('{"name": true}', "“name” cannot take"),
    ('{"name": NaN}', "“name” cannot take"),
    ('{"name": {"a": 1}}', "“name” cannot take"),
    ('{"name": {"open": 5}}', "“name” cannot take"),
    ('{"name": {"redacted": true}}', "“name”"),
    ('{"sectors": [["payment"]]}', "“sectors”"),
    ('{"places": [{"nope": 1}]}', "“places” has no column “nope”"),
    ('{"parent": "P-999"}', "P-999"),
    ('{"key": [1], "name": "a"}', "“key”"),
    ('[{"key": "a"}, {"key": "a"}]', "“a” is used twice"),
    ("[]", "There is nothing to add"),
    ("{}", "A new party needs “name” to be told from others"),
    ('{"name": " "}', "needs “name”"),
    ('{"country": "NO", "key": "a"}', "needs “name”"),
    ('[{"name": "A"}, {"name": null}]', "Record 2 of 2: A new party needs “name”"),
]


def complains(answer: Any, fragment: str) -> None:
    """Status 2, nothing on standard output, one sentence that says what is wrong."""
    assert answer.status == 2, answer
    assert answer.out == ""
    last = answer.err.splitlines()[-1]
    assert len(answer.err.splitlines()) == 1, answer.err
    assert fragment in last
    assert not re.search(r"Traceback|Error\b|inside ropa|\berrno\b|codec", answer.err)
    assert last.rstrip().endswith((".", "“ropa new”."))


def listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_command_is_tried() -> None:
    assert set(ON_A_REGISTER) | NOT_ON_A_REGISTER == set(ropa.list_commands(None))  # type: ignore[attr-defined,arg-type]
    tried = {line.split()[0] for line, _ in WRONG}
    assert set(ropa.list_commands(None)) - tried <= {"info", "undo", "layouts", "reference"}  # type: ignore[attr-defined,arg-type]


@pytest.mark.parametrize("file", NO_REGISTER)
@pytest.mark.parametrize("command", ON_A_REGISTER)
def test_what_is_no_register(
    command: str, file: str, place: Path, cli: Callable[..., Any]
) -> None:
    before = listing(place)
    answer = cli(*(file if word == "R" else word for word in ON_A_REGISTER[command]))
    damage = command == "verify" and answer.status == 1
    assert answer.status == 2 or damage
    assert answer.out == ""
    assert file in answer.err
    assert len(answer.err.splitlines()) == 1
    assert "inside ropa" not in answer.err
    assert listing(place) == before


@pytest.mark.parametrize(("line", "fragment"), WRONG)
def test_wrong_arguments(
    line: str, fragment: str, place: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    before = listing(place)
    answer = cli(*line.split())
    if line.startswith("redact") and fragment == "Stopped":
        answer = SimpleNamespace(status=answer.status, out="", err=answer.err.rpartition("]: ")[2])
    complains(answer, fragment)
    assert listing(place) == before


@pytest.mark.parametrize(("given", "fragment"), WRONG_JSON, ids=lambda text: text[:30])
def test_wrong_json(
    given: str, fragment: str, place: Path, cli: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    before = listing(place)
    complains(cli("add", "s.ropa", "party", "--json", "-"), fragment)
    assert listing(place) == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "register"])
def test_a_record_needs_what_tells_it_from_others(
    kind: str, place: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"note": "Seen"}'))
    before = listing(place)
    complains(cli("add", "s.ropa", kind, "--json", "-"), "needs “name”")
    assert listing(place) == before


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("party", '{"name": {"open": "What is it called?"}}'),
        ("term", '{"name": {"not_applicable": "none"}, "vocabulary": "sector"}'),
        ("activity", '{"name": {"as_typed": "??"}}'),
        ("agreement", '{"party": "P-001"}'),
        ("transfer", '{"destination": "US"}'),
    ],
)
def test_a_state_or_a_subject_tells_a_record_from_others(
    kind: str, given: str, place: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    assert cli("add", "s.ropa", kind, "--json", "-").status == 0


@pytest.mark.parametrize("label", ["", " "])
def test_a_term_needs_a_label(label: str, place: Path, cli: Callable[..., Any]) -> None:
    complains(cli("term", "add", "s.ropa", "sector", label), "LABEL is empty")


@pytest.mark.parametrize(("field", "typed"), [("language", "fr"), ("expiring_days", "-5")])
def test_a_setting_the_program_cannot_use_is_kept_as_typed(
    field: str, typed: str, place: Path, cli: Callable[..., Any]
) -> None:
    answer = cli("set", "s.ropa", "REG-001", f"{field}={typed}")
    assert answer.status == 0
    assert f"{field}: “{typed}” could not be read and is kept as typed" in answer.err


def test_a_setting_that_could_not_be_read_is_as_if_nothing_were_set(
    place: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROPA_NOW", "2030-01-01T12:00:00+00:00")
    agreement = {"name": "Soon over", "kind": "processor-agreement", "evidence": "seen",
                 "signed": "2029-01-01", "expires": "2030-01-31"}  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(agreement)))
    reference = cli("add", "s.ropa", "agreement", "--json", "-").out.strip()
    status = cli("show", "s.ropa", reference).out
    assert "expires" in status.casefold() or "expiring" in status.casefold()
    cli("set", "s.ropa", "REG-001", "expiring_days=-5", "language=fr")
    assert cli("show", "s.ropa", reference).out == status
    assert cli("export", "s.ropa", "full", "--out", "o.xlsx").status == 0
    assert "Organisations" in load_workbook("o.xlsx").sheetnames


@pytest.mark.parametrize("name", ["o", "o.XLSX", "report.2026", "a.pdf.xlsx"])
def test_a_name_that_promises_no_other_file_will_do(
    name: str, place: Path, cli: Callable[..., Any]
) -> None:
    assert cli("export", "s.ropa", "full", "--out", name).status == 0
    assert load_workbook(io.BytesIO(Path(name).read_bytes())).sheetnames


def test_a_register_without_organisations_says_so(place: Path, cli: Callable[..., Any]) -> None:
    assert cli("delete", "s.ropa", "O-001").status == 0
    answer = cli("export", "s.ropa", "full", "--out", "o", "--organisation", "Us AS")
    complains(answer, "no organisation in this register yet; add one first.")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("register", "term")])
def test_the_help_names_the_kinds_that_take_files(
    kind: str, place: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"name": "X"}'))
    reference = cli("add", "s.ropa", kind, "--json", "-").out.strip()
    taken = cli("attach", "s.ropa", reference, "text.txt").status == 0
    said = " ".join(cli("attach", "--help").out.split())
    assert taken == bool(re.search(rf"\b(a|an|the) {kind}\b", said)), said


@pytest.mark.parametrize("sample", ["nordlys", "smartgroup"])
def test_records_are_counted_alike(sample: str, place: Path, cli: Callable[..., Any]) -> None:
    said = [
        cli("sample", sample, "n.ropa").out, cli("dump", "n.ropa", "--out", "d").out,
        cli("export", "n.ropa", "full", "--out", "f").out,
    ]  # fmt: skip
    counts = {re.search(r"records: (\d+)\.", line).group(1) for line in said}  # type: ignore[union-attr]
    assert len(counts) == 1, said


def test_what_cannot_be_read_is_kept_and_said(place: Path, cli: Callable[..., Any]) -> None:
    answer = cli("set", "s.ropa", "A-001", "next_review=31.02.2026")
    assert answer.status == 0
    assert "next_review: “31.02.2026” could not be read" in answer.err
    assert "31.02.2026" in cli("show", "s.ropa", "A-001").out


def test_extract_never_overwrites(place: Path, cli: Callable[..., Any]) -> None:
    Path("document.json").write_text('{"name": "Signed agreement"}', "utf-8")
    reference = cli("add", "s.ropa", "document", "--json", "document.json").out.strip()
    assert cli("attach", "s.ropa", reference, "text.txt").status == 0
    assert cli("extract", "s.ropa", reference, "--out", "copy.txt").status == 0
    complains(cli("extract", "s.ropa", reference, "--out", "copy.txt"), "copy.txt exists already")
    assert Path("copy.txt").read_text("utf-8") == "hello"


@pytest.mark.parametrize("line", ["P-001 nope", "P-001 parent", "P-999 name", "REG-001 name"])
def test_redact_asks_only_about_what_it_can_do(line: str, place: Path, cli: Any) -> None:
    answer = cli("redact", "s.ropa", *line.split())
    assert answer.status == 2
    assert "cannot be undone" not in answer.out + answer.err


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_and_column_is_listed(kind: str, cli: Any) -> None:
    told = cli("fields", kind).out.splitlines()
    assert [line.split()[0] for line in told[1:-1]] == [p for p, _ in walk(KINDS[kind].fields)]
    for field in KINDS[kind].fields:
        one = cli("fields", kind, field.key)
        assert (one.status, one.err) == (0, "")
        assert field.help in one.out


def test_a_field_tells_the_words_it_takes(place: Path, cli: Any) -> None:
    told = json.loads(cli("fields", "party", "sectors", "--json").out)
    assert "hosting" in told[0]["takes"]
    for word in told[0]["takes"]:
        assert cli("set", "s.ropa", "P-001", f"sectors={word}").err == ""


@pytest.mark.parametrize("folder", [".", "..", "/", "folder", "folder/"])
def test_extract_says_that_a_folder_is_none_of_its_files(
    folder: str, place: Path, cli: Callable[..., Any]
) -> None:
    (place / "one.json").write_text('{"name": "One"}', "utf-8")
    reference = cli("add", "s.ropa", "document", "--json", "one.json").out.strip()
    assert cli("attach", "s.ropa", reference, "text.txt").status == 0
    answer = cli("extract", "s.ropa", reference, "--out", folder)
    assert answer.status == 2
    assert "is a folder; name a file in it" in answer.err
