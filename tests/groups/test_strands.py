"""What a strand comes with: data that the hub edits by year, and what visits are set against wherever they are said."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, store
from workgroup.groups import meant, queries
from workgroup.people import post
from workgroup.planning import views as planning

THIS = clock.academic_year(clock.today())


def _of(db, w, strand, visits=None, in_days=None):
    with store.writing(db):
        store.alter(db, "work_group", w.group, strand=strand, visits_per_school=visits, visit_days_per_school=in_days)
    found = queries.entitlement(db, w.group)
    return found["visits"], found["days"], bool(found["of_strand"])


@pytest.mark.parametrize(
    ("strand", "own", "counts"),
    [
        ("Primary Development", (None, None), (3, None, True)),
        (" secondary embedding ", (None, None), (None, 3, True)),
        ("Secondary Embedding", (2, None), (2, 3, False)),
        ("Primary Development", (1, 1.5), (1, 1.5, False)),
        ("Primary Embedding", (None, None), (None, None, True)),
        ("Local or research group", (None, None), (0, None, True)),
        ("A strand of our own", (None, None), (None, None, False)),
        (None, (None, None), (None, None, False)),
    ],
)
def test_a_group_has_its_own_figures_else_its_strands(db, world_of, strand, own, counts):
    assert _of(db, world_of, strand, *own) == counts


@pytest.mark.parametrize(
    ("visits", "in_days", "words"),
    [(3, None, "3 visits"), (1, 1.5, "1 visit, 1.5 days"), (None, 3, "3 days of visits"), (0, None, "no visits"),
     (0, 1, "1 day of visits"), (None, None, "")],
)  # fmt: skip
def test_what_is_meant_is_said_in_words(visits, in_days, words):
    assert meant.say(visits, in_days) == words


def test_another_figure_counts_from_its_year_on_and_earlier_groups_keep_theirs(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.administrator)
    assert _of(db, w, "Primary Development")[0] == 3
    after = clock.academic_year(f"{int(THIS[:4]) + 1}-09-01")
    fields = {"strand": "primary development", "from_year": after, "meetings": "6", "visits": "4", "visit_days": ""}
    assert client.post("/hub/strands", data=fields).status_code == 303
    assert queries.entitlement(db, w.group)["visits"] == 3
    assert queries.shape_of(db, "Primary Development", after)["visits"] == 4
    do(db, "groups.set_shape", w.hub_lead, **{**fields, "from_year": THIS, "visits": "5"})
    assert queries.entitlement(db, w.group)["visits"] == 5
    page = client.get("/hub/strands").get_data(as_text=True)
    assert f"from {after}" in page and "Secondary Embedding" in page


def test_two_who_change_a_line_are_both_shown_and_what_is_wrong_keeps_what_was_typed(world_of, sign_in):
    client = sign_in(world_of.administrator)
    line = {"strand": "Secondary Embedding", "from_year": "2015/16", "meetings": "6", "visits": "", "visit_days": "2.5",
            "seen": "1"}  # fmt: skip
    assert client.post("/hub/strands", data=line).status_code == 303
    stale = client.post("/hub/strands", data={**line, "visit_days": "4"})
    text = stale.get_data(as_text=True)
    assert stale.status_code == 409 and "2.5" in text and 'value="4' in text and 'value="2"' in text
    wrong = client.post("/hub/strands", data={**line, "seen": "2", "visit_days": "many"})
    assert wrong.status_code == 422 and 'value="many"' in wrong.get_data(as_text=True)
    odd = client.post("/hub/strands", data={"strand": "Odd <b>", "from_year": THIS, "visit_days": "0.3"})
    assert odd.status_code == 422 and "Count days in quarters" in odd.get_data(as_text=True)
    assert "Odd &lt;b&gt;" in odd.get_data(as_text=True)
    assert sign_in(world_of.leader).get("/hub/strands").status_code == 404


def test_days_are_said_where_days_are_meant_on_every_page_and_in_the_file(db, world_of, sign_in):
    w = world_of
    assert _of(db, w, "Secondary Embedding")[:2] == (None, 3)
    a_visit(db, w, made=True)
    visit = a_visit(db, w, on_day=days(3), days="1")
    used = store.value(db, "select total(days) from visit where school_in_group = ? and state = 'made'", (w.in_group,))
    said = f"{used:g} of 3 days used, in 1 visit; 1 planned, for {clock.say_day(days(3))}."
    for who, pages in (
        (w.leader, (f"/visits/{visit}", f"/visits/{visit}/edit", f"/schools-in-group/{w.in_group}/visits/new",
                    f"/schools/{w.school}")),
        (w.hub_lead, (f"/schools-in-group/{w.in_group}/records/visits",)),
    ):  # fmt: skip
        for page in pages:
            assert said in sign_in(who).get(page).get_data(as_text=True), page
    group = sign_in(w.leader).get(f"/groups/{w.group}").get_data(as_text=True)
    assert f"{used:g} of 3 days used" in group and "3 days of visits a school" in group
    assert "as Secondary Embedding has it" in group
    text = sign_in(w.hub_lead).get("/hub/exports/engagement").data.decode("utf-8-sig")
    row = next(r for r in csv.DictReader(io.StringIO(text)) if r["school"].startswith("Staithe"))
    assert (row["visits_planned"], float(row["visit_days_planned"]), float(row["visit_days_used"])) == ("", 3, used)


def test_where_no_visits_are_meant_today_asks_for_none(db, world_of, sign_in):
    w, asks = world_of, "without a visit this term"
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-100))
    names = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
    with store.writing(db):  # a term that runs today, whenever the tests run
        for n, name in enumerate(names):
            span = {"from_on": days(n - 1 if n else -9), "to_on": days(n - 1 if n else -1)}
            store.put(db, "half_term", id=post.new_id(), academic_year=THIS, name=name, **span)
    assert asks in sign_in(w.leader).get("/").get_data(as_text=True)
    _of(db, w, "Local or research group")
    assert asks not in sign_in(w.leader).get("/").get_data(as_text=True)


def test_a_year_proposes_what_the_strand_comes_with_and_days_stay_days(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    _of(db, w, "Secondary Embedding")
    asked = BeautifulSoup(client.get(f"/groups/{w.group}/year").data, "html.parser")
    assert asked.find("input", {"name": "visits"})["value"] == "3"
    assert planning._visits({"visits": None, "days": 2.5}) == 3 and planning._visits({"visits": 2, "days": 3}) == 2
    _of(db, w, "Primary Development")
    form = sign_in(w.hub_lead).get(f"/groups/{w.group}/edit").get_data(as_text=True)
    assert "Primary Development comes with 3 visits to each school." in form
