"""Using a framework: who uses which version, what reviews and files keep, and what is the same aspect."""

from bs4 import BeautifulSoup

from tests.frameworks.examples import a_draft, a_written_draft, use, write
from tests.reviews.examples import a_review, fields
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.frameworks import queries
from workgroup.hub import choice_queries as hub
from workgroup.hub import columns, exports
from workgroup.people import post
from workgroup.reviews import queries as reviews

TALK = {"name": "Talk", "outcome": "pupils"}


def _year(number):
    first = int(clock.academic_year(days(0))[:4]) + number
    return clock.academic_year(f"{first}-10-01")


def test_a_group_uses_its_strands_version_else_that_of_every_strand(db, world_of, sign_in):
    w = world_of
    with store.writing(db):
        store.alter(db, "work_group", w.group, strand="Primary Sustaining")
    first = queries.in_use(db)["id"]
    own = use(db, w, a_written_draft(db, w, strand="primary sustaining "))
    assert (queries.in_use(db, w.group)["id"], queries.in_use(db, w.far_group)["id"]) == (own, first)
    assert [g["id"] for g in queries.users(db, queries.bare(db, own))] == [w.group]
    with store.writing(db):
        store.alter(db, "work_group", w.far_group, academic_year=_year(-1))
    page = sign_in(w.hub_lead).get(f"/frameworks/{first}").get_data(as_text=True)
    assert "1 Work Group of earlier years" in page and "Secondary Estuary" in page and "Primary South" not in page
    second = use(db, w, write(db, w, a_draft(db, w), aspects={"Lesson design": {"name": "Design"}}))
    assert (queries.in_use(db, w.group)["id"], queries.in_use(db, w.far_group)["id"]) == (own, second)
    do(db, "frameworks.end", w.hub_lead, framework=own)
    assert queries.in_use(db, w.group)["id"] == second
    assert queries.whole(db, own)["aspects"], "its words stay to be read"


def test_from_next_year_on_leaves_this_years_groups_with_what_they_have(db, world_of):
    w = world_of
    first, draft = queries.in_use(db)["id"], a_written_draft(db, w)
    with store.writing(db):
        store.alter(db, "work_group", w.far_group, academic_year=_year(1))
    assert [g["id"] for g in queries.would_use(db, queries.bare(db, draft), "next")] == [w.far_group]
    use(db, w, draft, when="next")
    assert (queries.in_use(db, w.group)["id"], queries.in_use(db, w.far_group)["id"]) == (first, draft)
    third = use(db, w, write(db, w, a_draft(db, w, framework=first), steps={"Starting": {"about": "Begun."}}))
    assert {queries.in_use(db, g)["id"] for g in (w.group, w.far_group)} == {third}
    do(db, "frameworks.take_back", w.hub_lead, framework=third)
    assert (queries.in_use(db, w.group)["id"], queries.in_use(db, w.far_group)["id"]) == (first, draft)


def test_an_aspect_that_comes_back_by_its_name_is_the_same_and_no_other_takes_it(db, world_of):
    w = world_of
    thread = next(a["thread"] for a in queries.in_use(db)["aspects"] if a["name"] == "Lesson design")
    use(db, w, write(db, w, a_draft(db, w), aspects={"Lesson design": {"out": "y"}}))
    assert "Lesson design" not in [a["name"] for a in queries.in_use(db)["aspects"]]
    draft = a_draft(db, w)
    assert [a["name"] for a in queries.whole(db, draft)["out"]["aspects"]] == [], "what was taken out is not carried on"
    write(db, w, draft, aspects={"new": [{"name": "LESSON design", "outcome": "practice"}]})
    assert queries.whole(db, draft)["aspects"][-1]["thread"] == thread


def test_on_a_schools_page_an_aspect_is_one_row_whatever_it_is_called(db, world_of, sign_in):
    w = world_of
    old = a_review(db, w, aspect=1, on_day=days(-60), agreed=True)
    a_review(db, w, aspect=3, on_day=days(-60), step=3, agreed=True)
    draft = write(db, w, a_draft(db, w), aspects={
        "Leadership": {"name": "Leading"}, "Lesson design": {"out": "y"}, "new": [TALK],
    })  # fmt: skip
    use(db, w, draft)
    a_review(db, w, aspect=1, on_day=days(-3), step=4, agreed=True)
    page = BeautifulSoup(sign_in(w.participant).get(f"/schools/{w.school}").get_data(as_text=True), "html.parser")
    rows = {r.th.get_text(" ", strip=True): [c.get_text(" ", strip=True) for c in r.find_all("td")]
            for r in page.select(".steps-now tbody tr")}  # fmt: skip
    assert rows["Leading before: Leadership"] == ["Starting as Leadership", "Becoming consistent"]
    assert rows["Lesson design no longer used"] == ["Developing", ""]
    assert rows["Talk nothing agreed yet"] == ["", ""]
    text = sign_in(w.participant).get(f"/reviews/{old}").get_data(as_text=True)
    assert "<h1>Leadership</h1>" in text and "version 1" in text and "Leading" in text
    group = sign_in(w.leader).get(f"/groups/{w.group}").get_data(as_text=True)
    assert "Leading: becoming consistent" in group and "Lesson design:" not in group


def test_a_review_is_noted_with_the_version_that_is_used_then_and_nothing_typed_is_lost(db, world_of, sign_in):
    w = world_of
    sent = fields(db, w, aspect=1, words="Typed reasons")
    use(db, w, a_written_draft(db, w))
    client, address = sign_in(w.leader), f"/schools-in-group/{w.in_group}/reviews/new"
    answer = client.post(address, data=sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "version 2 is used now" in page and "Typed reasons" in page
    form = BeautifulSoup(page, "html.parser")
    chosen = form.select_one("#aspect option[selected]")
    assert chosen.get_text() == "Leading"
    step = form.select_one("input[name=step][checked]")["value"]
    assert client.post(address, data={**sent, "aspect": chosen["value"], "step": step}).status_code == 303


def test_the_columns_of_the_engagement_file_change_only_by_addition(db, world_of):
    w = world_of
    a_review(db, w, aspect=1, on_day=days(-9), agreed=True)
    a_review(db, w, aspect=3, step=3, on_day=days(-9), agreed=True)
    before = exports.header(db, "engagement")
    with store.writing(db):
        store.alter(db, "work_group", w.far_group, strand="Local")
    plan = {"name": "Action plan", "outcome": "pupils"}
    use(db, w, write(db, w, a_draft(db, w, strand="Local"), aspects={"new": [plan]}))
    use(db, w, write(db, w, a_draft(db, w), aspects={
        "Leadership": {"name": "Leading"}, "Lesson design": {"out": "y"}, "new": [TALK],
    }))  # fmt: skip
    after = exports.header(db, "engagement")
    assert after == [*before, "aspect_action_plan_step", "aspect_action_plan_on", "talk_step", "talk_on"]
    assert len(set(after)) == len(after)
    a_review(db, w, aspect=1, step=4, on_day=days(-3), agreed=True)
    row = dict(zip(after, next(r for r in exports.rows(db, w.hub_lead, "engagement", days(0)) if "900001" in r),
                   strict=True))  # fmt: skip
    assert (row["leadership_step"], row["leadership_on"]) == ("Becoming consistent", days(-3))
    assert (row["lesson_design_step"], row["talk_step"], row["aspect_action_plan_on"]) == ("Developing", None, None)
    said = {c.name: c.meaning for c in columns.columns("engagement", hub.aspects(db))}
    assert said["leadership_step"].startswith("Leading (also called Leadership)")
    assert exports.header(db, "engagement") == after


def test_a_draft_has_no_columns_and_no_reviews(db, world_of):
    w = world_of
    before, draft = exports.header(db, "engagement"), a_draft(db, w)
    write(db, w, draft, aspects={"new": [{"name": "Talk", "outcome": "pupils"}]})
    assert exports.header(db, "engagement") == before
    talk = queries.whole(db, draft)["aspects"][-1]["id"]
    outcome = door.submit(db, "reviews.review", {**fields(db, w), "aspect": talk}, post.new_id(), w.leader)
    assert outcome.standing == "refused" and reviews.history(db, w.leader, w.in_group) == []


def test_other_steps_are_not_compared_and_the_school_page_says_so(db, world_of, sign_in):
    w = world_of
    a_review(db, w, step=2, on_day=days(-9), agreed=True)
    use(db, w, a_written_draft(db, w))
    a_review(db, w, step=3, on_day=days(-6), agreed=True)
    address, sentence = f"/schools/{w.school}", "The steps have changed meanwhile"
    first, second = reviews.history(db, w.leader, w.in_group)
    assert first["scale"] == second["scale"] and first["thread"] == second["thread"]
    assert sentence not in sign_in(w.leader).get(address).get_data(as_text=True)
    use(db, w, write(db, w, a_draft(db, w), steps={"Starting": {"out": "y"}}))
    a_review(db, w, step=2, on_day=days(-3), agreed=True)
    third = reviews.history(db, w.leader, w.in_group)[-1]
    assert third["scale"] != first["scale"]
    assert (third["step_name"], third["step_place"], third["steps"]) == ("Developing", 2, 4)
    assert sentence in sign_in(w.leader).get(address).get_data(as_text=True)


def test_what_was_meant_for_next_year_can_be_used_at_once_as_it_is(db, world_of):
    w = world_of
    draft = use(db, w, a_written_draft(db, w), when="next")
    assert queries.in_use(db, w.group)["version"] == 1
    use(db, w, a_draft(db, w, framework=draft))
    assert queries.in_use(db, w.group)["version"] == 3


def test_a_leader_reads_what_the_group_is_reviewed_with(db, world_of, sign_in):
    w = world_of
    own = queries.in_use(db, w.group)["id"]
    page = sign_in(w.leader).get(f"/groups/{w.group}").get_data(as_text=True)
    assert f'href="/frameworks/{own}"' in page
