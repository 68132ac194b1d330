"""The flow of an activity or a party: who is in it, how it is told, and how it is drawn."""

from __future__ import annotations

import io
import itertools
import uuid
from datetime import date
from typing import Any

import pypdf
import pytest

from ropa_app.exports.flow import Flow, Node
from ropa_app.exports.flow_layout import NODE_HEIGHT, band_width
from ropa_app.exports.party_tree import sub_processor_tree
from ropa_app.exports.pdf_of_picture import pdf
from ropa_app.exports.picture import (
    Box,
    Path,
    Picture,
    Shape,
    Text,
    about_width,
    mirrored,
    scaled,
    shortened,
)
from ropa_app.exports.picture_flow import (
    activity_flow,
    draw,
    draw_to_give,
    heads,
    least_width,
    party_flow,
)
from ropa_app.exports.picture_icons import icon
from ropa_app.exports.picture_svg import svg
from ropa_app.model.record import Record
from ropa_app.model.state import Open
from ropa_app.register.view import Head, View
from ropa_app.rules.overview_transfers import Legs, destinations

DAY = date(2026, 11, 24)
EU = [{"id": "r1", "regime": "eu", "reason": "eu-3-1"}]
BOTH = [*EU, {"id": "r2", "regime": "uk", "reason": "uk-3-2-a"}]


class Desk:
    """Records made by hand, and the flow of one of them."""

    def __init__(self, regimes: list[dict[str, str]] = EU) -> None:
        self.records: list[Record] = []
        self.company = self.add("organisation", name="Prøve AS", country="NO", regimes=regimes)

    def add(self, kind: str, /, **values: Any) -> Record:
        number = sum(record.kind_key == kind for record in self.records) + 1
        self.records.append(Record(kind, number, str(uuid.uuid4()), values))
        return self.records[-1]

    def party(self, name: str, country: Any = "NO", *subs: Record, **values: Any) -> Record:
        lines = [{"id": f"s{n}", "party": s.id, "service": "x"} for n, s in enumerate(subs)]
        return self.add("party", name=name, country=country, sub_processors=lines, **values)

    def activity(self, *recipients: Any, **values: Any) -> Record:
        lines = [
            {"id": f"q{n}"} | (r if isinstance(r, dict) else {"party": r.id, "role": "processor"})
            for n, r in enumerate(recipients)
        ]
        data = [{"id": "d1", "subject": "customers", "categories": ["name", "e-mail-address"]}]
        full = {"name": "Sale", "role": "controller", "organisations": [self.company.id],
                "data": data, "recipients": lines}  # fmt: skip
        return self.add("activity", **(full | values))

    def transfer(self, importer: Record, code: str, activity: Record, *lines: Any) -> Record:
        safeguards = [{"id": f"g{n}", "reliance": "relied-on"} | line
                      for n, line in enumerate(lines)]  # fmt: skip
        return self.add(
            "transfer", exporter=self.company.id, importer=importer.id, destination=code,
            activities=[activity.id], safeguards=safeguards,
        )  # fmt: skip

    def view(self) -> View:
        return View(self.records, DAY, Head(1, "0" * 64, "2026-11-24T12:00:00.000Z"))

    def flow(self, record: Record, language: str = "en") -> Flow:
        view = self.view()
        make = activity_flow if record.kind_key == "activity" else party_flow
        return make(view, record, view.words(language))


def names(flow: Flow, kind: str) -> list[str]:
    return [node.name for node in flow.nodes if node.kind == kind]


def node(flow: Flow, name: str) -> Node:
    return next(node for node in flow.nodes if node.name == name)


def states(flow: Flow) -> dict[tuple[str, str], str]:
    """The colour of each band by the names of its ends."""
    name = {node.id: node.name for node in flow.nodes}
    return {(name[band.source], name[band.target]): band.state for band in flow.bands}


def boxes(picture: Picture) -> dict[str, Box]:
    return {item.id: item for item in picture.items if isinstance(item, Box)}


# Who is in it


def test_people_company_recipients_and_countries_follow_each_other() -> None:
    desk = Desk()
    flow = desk.flow(desk.activity(desk.party("Frakt AS")))
    assert flow.headings == ("People", "Company", "Recipients", "Countries")
    assert [node.name for node in flow.nodes] == ["Customers", "Prøve AS", "Frakt AS", "Norway"]
    assert node(flow, "Prøve AS").note == "controller, Norway"
    assert node(flow, "Frakt AS").note == "all data"
    assert node(flow, "Norway").note == "inside the EEA"


def test_recipients_without_a_name_are_shown_too() -> None:
    desk = Desk()
    unnamed = {"party": Open("Who hosts the shop?"), "category": "website-hosting-providers"}
    flow = desk.flow(desk.activity(
        unnamed, {"category": "tax-authority", "role": "public-authority"},
        {"internal_function": "Finance", "role": "internal"}, {"role": "processor"},
    ))  # fmt: skip
    assert names(flow, "recipient") == [
        "Website hosting providers", "Tax and customs authorities", "Finance", "Not named",
    ]  # fmt: skip
    assert "Who hosts the shop?" in node(flow, "Website hosting providers").says
    assert names(flow, "country") == []


def test_a_party_in_two_roles_is_one_recipient() -> None:
    desk = Desk()
    klarna = desk.party("Klarna")
    flow = desk.flow(desk.activity(
        {"party": klarna.id, "role": "processor", "categories": ["name"]},
        {"party": klarna.id, "role": "independent-controller", "categories": ["payment-status"]},
    ))  # fmt: skip
    assert names(flow, "recipient") == ["Klarna"]
    assert node(flow, "Klarna").note == "name, payment status"
    assert "Processor, independent controller" in node(flow, "Klarna").says


def test_data_and_country_that_are_questions_are_said_to_be_open() -> None:
    desk = Desk()
    visa = desk.party("Visa", Open("Where is it?"))
    line = {"party": visa.id, "categories": Open("Which data?")}
    flow = desk.flow(desk.activity(line))
    assert node(flow, "Visa").note == "data not stated"
    assert names(flow, "country") == ["Not stated"]
    assert states(flow)["Visa", "Not stated"] == "open"


def test_chains_go_on_and_circles_end() -> None:
    desk = Desk()
    far = desk.party("Far Inc.", "US")
    near = desk.party("Near GmbH", "DE", far)
    far.values["sub_processors"].append({"id": "back", "party": near.id})  # type: ignore[index]
    flow = desk.flow(desk.activity(near))
    assert names(flow, "recipient") == ["Near GmbH"]
    assert names(flow, "sub") == ["Far Inc."]
    assert flow.notes == ("Far Inc. in turn uses Near GmbH; the circle is not drawn.",)


def test_a_party_that_engages_itself_ends_too() -> None:
    desk = Desk()
    odd = desk.party("Odd AS")
    odd.values["sub_processors"].append({"id": "self", "party": odd.id})  # type: ignore[index]
    assert names(desk.flow(desk.activity(odd)), "sub") == []


def test_a_very_long_chain_is_followed_to_its_end() -> None:
    desk = Desk()
    last = desk.party("Last", "US")
    for number in range(1500):
        last = desk.party(f"Link {number}", "NO", last)
    flow = desk.flow(desk.activity(last))
    assert len(names(flow, "sub")) == 1500
    assert "Last" in names(flow, "sub")


def test_every_band_leads_to_a_later_column() -> None:
    desk = Desk()
    shared = desk.party("Shared Inc.", "US")
    mail = desk.party("Mail Inc.", "US", shared)
    first = desk.party("A", "DE", mail, shared)
    flow = desk.flow(desk.activity(first, desk.party("B", "DE", shared)))
    column = {node.id: node.column for node in flow.nodes}
    assert all(column[band.source] < column[band.target] for band in flow.bands)
    assert ("Mail Inc.", "Shared Inc.") in states(flow)


def test_what_has_ended_is_left_out_and_what_is_proposed_says_until_when() -> None:
    desk = Desk()
    gone, new = desk.party("Gone", "US"), desk.party("New", "SG")
    host = desk.party("Host", "DE", gone, new)
    lines = host.values["sub_processors"]
    lines[0]["to"] = "2025-01-01"
    lines[1] |= {"from": "2026-12-15", "objection_until": "2026-11-30"}
    flow = desk.flow(desk.activity(host))
    assert names(flow, "sub") == ["New"]
    assert node(flow, "New").note == "proposed, object until 30 Nov 2026"
    assert node(flow, "New").tone == "warn-text"


def test_who_is_named_in_a_transfer_alone_is_shown() -> None:
    desk = Desk()
    activity = desk.activity()
    desk.transfer(desk.party("Clinic", "EG"), "EG", activity, {"regime": "eu", "mechanism": "scc"})
    flow = desk.flow(activity)
    assert names(flow, "recipient") == ["Clinic"]
    assert "not among the recipients" in node(flow, "Clinic").says


def test_the_flow_of_a_party_leads_through_it_from_who_uses_it() -> None:
    desk = Desk()
    deep = desk.party("Deep Inc.", "US")
    target = desk.party("Target Ltd", "GB", deep)
    host = desk.party("Host GmbH", "DE", target)
    other = desk.party("Other AS")
    desk.activity(host, other, name="Shop")
    flow = desk.flow(target)
    assert names(flow, "recipient") == ["Host GmbH"]
    assert names(flow, "sub") == ["Target Ltd", "Deep Inc."]
    assert names(flow, "people") == ["Customers"]
    assert "Germany" not in names(flow, "country")


def test_a_party_that_nobody_uses_still_has_a_flow() -> None:
    desk = Desk()
    flow = desk.flow(desk.party("Alone AS"))
    assert [node.name for node in flow.nodes] == ["Alone AS", "Norway"]
    assert draw(flow, 500).height > NODE_HEIGHT


# How countries stand


SCC = {"regime": "eu", "mechanism": "scc"}


@pytest.mark.parametrize(
    ("code", "lines", "state"),
    [
        ("DE", [], "inside"),
        ("CH", [], "adequate"),
        ("IN", [SCC], "recorded"),
        ("IN", [{"regime": "eu", "mechanism": Open("Which?")}], "open"),
        ("IN", [{"regime": "eu", "mechanism": "scc-old"}], "missing"),
    ],
)
def test_countries_stand_as_the_overview_says(code: str, lines: list[Any], state: str) -> None:
    desk = Desk()
    party = desk.party("Desk Ltd", code)
    activity = desk.activity(party)
    desk.transfer(party, code, activity, *lines)
    flow = desk.flow(activity)
    (country,) = [node for node in flow.nodes if node.kind == "country"]
    (figure,) = destinations(Legs(desk.view()))
    assert country.state == figure["worst"] == state


def test_a_transfer_nobody_recorded_is_a_question_not_a_gap() -> None:
    desk = Desk()
    flow = desk.flow(desk.activity(desk.party("Desk Ltd", "IN")))
    assert node(flow, "India").state == "open"
    (band,) = [band for band in flow.bands if band.target == node(flow, "India").id]
    assert "No transfer is recorded" in band.says


def test_where_the_regimes_differ_the_worse_is_named() -> None:
    desk = Desk(BOTH)
    party = desk.party("Desk Ltd", "IN")
    activity = desk.activity(party)
    desk.transfer(party, "IN", activity, SCC, {"regime": "uk", "mechanism": "scc"})
    flow = desk.flow(activity)
    assert node(flow, "India").note == "UK: safeguard missing"
    assert flow.words()[flow.worst].startswith("Desk Ltd in India.")
    assert "T-001" in flow.words()[flow.worst]


def test_the_flow_never_says_lawful() -> None:
    desk = Desk(BOTH)
    party = desk.party("Desk Ltd", "IN")
    activity = desk.activity(party, desk.party("Home AS"))
    desk.transfer(party, "IN", activity, SCC)
    said = " ".join(desk.flow(activity).sentences()).casefold()
    assert "lawful" not in said
    assert "legal" not in said


def test_the_worst_chain_is_coloured_from_the_company_to_the_country() -> None:
    desk = Desk()
    bad = desk.party("Bad Ltd", "IN")
    activity = desk.activity(desk.party("Host GmbH", "DE", bad), desk.party("Frakt AS"))
    desk.transfer(bad, "IN", activity, {"regime": "eu", "mechanism": "scc-old"})
    found = states(desk.flow(activity))
    assert found["Prøve AS", "Host GmbH"] == "missing"
    assert found["Host GmbH", "Bad Ltd"] == "missing"
    assert found["Bad Ltd", "India"] == "missing"
    assert found["Customers", "Prøve AS"] == ""
    assert found["Prøve AS", "Frakt AS"] == ""
    assert found["Host GmbH", "Germany"] == "inside"


def test_no_chain_is_coloured_where_all_is_recorded() -> None:
    desk = Desk()
    activity = desk.activity(desk.party("Frakt AS"), desk.party("Bern AG", "CH"))
    flow = desk.flow(activity)
    assert flow.worst == ""
    assert {band.state for band in flow.bands if "country:" not in band.target} == {""}


# How it is drawn


@pytest.mark.parametrize(("kinds", "width"), [(0, 4), (1, 4), (2, 4), (5, 10), (13, 26), (40, 26)])
def test_bands_are_two_wide_for_each_kind_of_data(kinds: int, width: float) -> None:
    assert band_width(kinds) == width


def tangled(recipients: int) -> Flow:
    desk = Desk()
    shared = desk.party("Shared Inc.", "US")
    parties = [desk.party(f"Party {n}", ("DE", "JP", "US", "NO")[n % 4], *([shared] * (n % 3 == 0)))
               for n in range(recipients)]  # fmt: skip
    return desk.flow(desk.activity(*parties))


@pytest.mark.parametrize("recipients", [1, 5, 100])
def test_nodes_are_whole_and_apart_however_many(recipients: int) -> None:
    flow = tangled(recipients)
    picture = draw(flow, 900)
    found = boxes(picture)
    assert len(found) == len(flow.nodes)
    assert min(box.height for box in found.values()) == NODE_HEIGHT
    for box in found.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height
    for one, other in itertools.combinations(found.values(), 2):
        assert one.x != other.x or abs(one.y - other.y) >= NODE_HEIGHT + 12


def test_for_who_reads_from_right_to_left_everything_stands_on_the_other_side() -> None:
    flow = tangled(3)
    picture, turned = draw(flow, 900), mirrored(draw(flow, 900))
    assert turned.width == picture.width
    for identifier, box in boxes(picture).items():
        other = boxes(turned)[identifier]
        assert other.x == pytest.approx(picture.width - box.x - box.width)
        assert (other.y, other.width) == (box.y, box.width)
    for item, other in zip(picture.items, turned.items, strict=True):
        if isinstance(item, Text) and isinstance(other, Text):
            assert (other.text, other.anchor) == (item.text, "end")
        if isinstance(item, Shape) and isinstance(other, Shape):
            back = mirrored(Picture(900, 10, (other,))).items[0]
            assert isinstance(back, Shape)
            flat = [[n for ring in each.outlines for step in ring for n in step]
                    for each in (item, back)]  # fmt: skip
            assert flat[0] == pytest.approx(flat[1])


def test_icons_are_moved_and_not_turned() -> None:
    sign = icon("x-circle-fill", 20, 20, 16)
    turned = mirrored(Picture(100, 40, (sign,))).items[0]
    assert isinstance(turned, Shape)
    shifts = {round(b[0] - a[0], 6) for old, new in zip(sign.outlines, turned.outlines, strict=True)
              for a, b in zip(old, new, strict=True)}  # fmt: skip
    assert len(shifts) == 1
    assert shifts.pop() == pytest.approx(60, abs=0.1)


@pytest.mark.parametrize("recipients", [3, 12])
def test_no_band_passes_behind_a_node(recipients: int) -> None:
    flow = tangled(recipients)
    picture = draw(flow, 1100)
    found = boxes(picture)
    for item in picture.items:
        if not isinstance(item, Shape) or not item.id:
            continue
        ends = {found[end] for end in item.id.split(">")}
        points = [step[-2:] for ring in item.outlines for step in ring]
        for box in set(found.values()) - ends:
            right, bottom = box.x + box.width, box.y + box.height
            assert not [x for x, y in points if box.x < x < right and box.y < y < bottom]


def test_recipients_stand_in_the_order_of_where_they_lead() -> None:
    desk = Desk()
    one, other = desk.party("Sub 1", "DE"), desk.party("Sub 2", "DE")
    first, second = desk.party("First", "DE", other), desk.party("Second", "DE", one)
    flow = desk.flow(desk.activity(first, second))
    found = boxes(draw(flow, 1000))
    above = found[node(flow, "First").id].y < found[node(flow, "Second").id].y
    assert (found[node(flow, "Sub 2").id].y < found[node(flow, "Sub 1").id].y) == above


def test_a_narrow_room_makes_it_no_narrower_than_can_be_read() -> None:
    flow = tangled(2)
    assert draw(flow, 10).width == least_width(flow)
    assert draw(flow, 2000).width == 2000


LONG = "Example Warehousing and Distribution Services of Northern Europe AS"


def lines_of(picture: Picture, flow: Flow, name: str) -> list[Text]:
    box = boxes(picture)[node(flow, name).id]
    return [
        item for item in picture.items if isinstance(item, Text) and item.strong
        and box.x < item.x < box.x + box.width and box.y < item.y < box.y + box.height
    ]  # fmt: skip


@pytest.mark.parametrize("width", [700, 1100, 1600])
def test_a_long_name_stands_on_as_many_lines_as_it_needs(width: float) -> None:
    desk = Desk()
    flow = desk.flow(desk.activity(desk.party("Short AS", "NO"), desk.party(LONG, "CH")))
    picture = draw(flow, width)
    said = lines_of(picture, flow, LONG)
    assert len(said) > 1
    assert " ".join(text.text for text in said) == LONG
    assert len(lines_of(picture, flow, "Short AS")) == 1
    found = boxes(picture)
    assert found[node(flow, LONG).id].height > found[node(flow, "Short AS").id].height


@pytest.mark.parametrize("width", [700, 1100, 1600])
def test_the_second_lines_of_nodes_are_whole_and_inside_them(width: float) -> None:
    desk = Desk()
    kinds = ["name", "e-mail-address", "delivery-address", "phone-number"]
    data = [{"id": "d1", "subject": "customers", "categories": [*kinds, "order-details"]}]
    given = {"party": desk.party("Post AS", "CH").id, "role": "processor", "categories": kinds}
    flow = desk.flow(desk.activity(given, data=data))
    picture = draw(flow, width)
    texts = [item for item in picture.items if isinstance(item, Text)]
    for told in flow.nodes:
        box = boxes(picture)[told.id]
        inside = [t for t in texts if box.x < t.x < box.x + box.width
                  and box.y < t.y < box.y + box.height - 4]  # fmt: skip
        assert " ".join(t.text for t in inside if not t.strong) == told.note
        assert all(about_width(t.text, t.size) <= t.room for t in inside if not t.strong)
    assert any(len(node.note) > 40 for node in flow.nodes)


def test_nodes_are_wider_where_names_need_it_and_there_is_room() -> None:
    desk = Desk()
    short = desk.flow(desk.activity(desk.party("Bern AG", "CH")))
    name = "Example Shop and Logistics AS"
    long = desk.flow(desk.activity(desk.party(name, "CH")))

    def width(flow: Flow, named: str) -> float:
        return boxes(draw(flow, 1160))[node(flow, named).id].width

    assert width(long, name) > width(short, "Bern AG")
    assert len(lines_of(draw(long, 1160), long, name)) == 1


@pytest.mark.parametrize("name", [LONG, "Donaudampfschifffahrtsgesellschaftskapitänsverband GmbH"])
def test_given_away_no_name_is_cut(name: str) -> None:
    desk = Desk()
    flow = desk.flow(desk.activity(desk.party(name, "CH"), desk.party("Bern AG", "CH")))
    picture = draw_to_give(flow, desk.view().words("en"), 600)
    texts = [item for item in picture.items if isinstance(item, Text)]
    assert not any(text.room for text in texts), "nothing is cut at any width"
    assert name in " ".join(text.text for text in texts)
    for box in boxes(picture).values():
        inside = [t for t in texts if box.x < t.x < box.x + box.width
                  and box.y < t.y < box.y + box.height]  # fmt: skip
        assert all(t.x + about_width(t.text, t.size) <= box.x + box.width for t in inside)


def test_the_heads_stand_where_the_columns_do() -> None:
    flow = tangled(3)
    told = [(text.x, text.text) for text in heads(flow, 1000).items if isinstance(text, Text)]
    drawn = [(t.x, t.text) for t in draw(flow, 1000).items if isinstance(t, Text) and t.y == 15]
    assert told == drawn


def test_a_company_whose_role_is_not_stated_keeps_its_country() -> None:
    desk = Desk()
    flow = desk.flow(desk.activity(desk.party("Bern AG", "CH"), role=None))
    assert node(flow, "Prøve AS").note == "Norway"


def test_every_node_and_band_is_told_in_words() -> None:
    flow = tangled(5)
    told = flow.words()
    ids = {item.id for item in draw(flow, 900).items if item.id}
    assert ids == set(told)
    assert all(text.strip() for text in told.values())


def test_given_away_it_has_title_and_legend() -> None:
    desk = Desk()
    flow = desk.flow(desk.activity(desk.party("Bern AG", "CH"), desk.party("Frakt AS")), "nb")
    picture = draw_to_give(flow, desk.view().words("nb"), 900)
    said = [item.text for item in picture.items if isinstance(item, Text)]
    assert said[0] == "Sale"
    assert {"adekvansbeslutning", "innenfor området"} <= set(said)
    document = pypdf.PdfReader(io.BytesIO(pdf(picture, "Sale"))).pages[0].extract_text()
    assert "Bern AG" in document
    assert "Bern AG" in svg(picture, "Sale")


# The tree of sub-processors


def test_the_tree_ends_where_a_chain_comes_back() -> None:
    desk = Desk()
    far = desk.party("Far AG", "CH")
    near = desk.party("Near GmbH", "DE", far)
    far.values["sub_processors"].append({"id": "back", "party": near.id})  # type: ignore[index]
    view = desk.view()
    found = sub_processor_tree(view, near, view.words("en"), [])
    assert [(branch.depth, branch.name) for branch in found] == [
        (0, "Near GmbH"), (1, "Far AG"), (2, "Near GmbH"),
    ]  # fmt: skip
    assert found[1].line == "Switzerland, adequacy decision"
    assert found[2].line.endswith("see above")


# New primitives


def all_new() -> Picture:
    curve = [[10, 10], [30, 10, 30, 40, 50, 40], [10, 40]]
    return Picture(120, 60, (
        Box(2, 2, 50, 20, 8, "paper", "edge", 1.5, "box"), Box(60, 2, 20, 20, 3, "", "bad"),
        Shape((curve,), "bad_soft", "bad", 1, "band"), icon("users", 90, 30, 16),
        Text(2, 50, "Much too long for its room", 12, room=60),
    ))  # fmt: skip


def test_boxes_and_curves_as_svg() -> None:
    document = svg(all_new(), "New")
    assert '<rect x="2" y="2" rx="8" width="50" height="20"' in document
    assert 'fill="none"' in document
    assert 'd="M10 10 C30 10 30 40 50 40 L10 40Z"' in document
    assert "<title>Much too long for its room</title>Much" in document
    assert "…</text>" in document


def test_boxes_and_curves_on_paper() -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf(all_new(), "New"))).pages[0]
    assert "…" in page.extract_text()
    drawn = page.get_contents().get_data().decode("latin-1")
    assert "10 50 m 30 50 30 20 50 20 c 10 20 l h" in " ".join(drawn.split())


def test_a_picture_is_scaled_whole() -> None:
    small = all_new()
    large = scaled(small, 2)
    box, shape = large.items[0], large.items[2]
    assert (large.width, large.height) == (240, 120)
    assert isinstance(box, Box)
    assert (box.x, box.width, box.radius, box.line) == (4, 100, 16, 3)
    assert isinstance(shape, Shape)
    assert shape.outlines[0][1] == [60, 20, 60, 80, 100, 80]
    path = scaled(Picture(1, 1, (Path(((1, 2, 3, 4),), "ok"),)), 3).items[0]
    assert isinstance(path, Path)
    assert path.outlines[0] == [3, 6, 9, 12]


@pytest.mark.parametrize("text", ["", "a", "Wholly", "Much too long"])
def test_a_text_is_cut_to_its_room(text: str) -> None:
    shown = shortened(text, 40, lambda part: about_width(part, 12))
    assert about_width(shown, 12) <= 40 or shown == "…"
    assert shortened(text, 0, len) == text
