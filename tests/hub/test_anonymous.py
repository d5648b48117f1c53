"""Anonymous engagement and evaluation: who is who cannot be told, whatever else stands in the record."""

import json
from collections import defaultdict

import pytest
from click.testing import CliRunner

from tests.formats.test_formats import read_csv
from tests.hub.hubs import a_group, some_schools
from tests.world import days, do
from workgroup import clock, store
from workgroup.cli import main
from workgroup.hub import columns, exports
from workgroup.people.post import new_id

KINDS = ("anonymous_engagement", "anonymous_evaluation")
REFUSED = "An anonymous file needs at least five schools"
STATES = ["active"] * 7 + ["registered"] * 5 + ["withdrawn"] * 2


@pytest.fixture
def many(db, world_of):
    """Fourteen schools in a group that the leader leads, six in another strand, and evaluations that name them."""
    w = world_of
    with store.writing(db):  # of two schools alone nothing anonymous can be said
        db.conn.execute("delete from engagement")
    w.big = a_group(db, "Havershire North", some_schools(900300, STATES), "Primary Embedding", leader=w.leader)
    w.small = a_group(db, "Quayside", some_schools(900400, ["active"] * 6), "Secondary", leader=w.co_leader)
    an_evaluation(db, w.big, w.leader, 12, 24, [
        ("teachers", "7 of the 12 schools took it further; 3 of the 12 schools not.",
         [("visit", "Demo 900301 School")]),
        ("next", "Demo 900302 School, agreed with Mrs Hale on Tue 9 Mar: Bethan comes again.", []),
        ("heads", "At Demo 900400 School and in Havershire North.", []),
    ])  # fmt: skip
    an_evaluation(db, w.small, w.co_leader, 6, 12, [("pupils", "4 of the 6 schools saw it.", [])])
    return w


def an_evaluation(db, group, by, schools, teachers, sentences):
    """Put in an evaluation that was sent yesterday."""
    evaluation, at = new_id(), f"{days(-1)}T12:00:00.000Z"
    with store.writing(db):
        store.put(db, "evaluation", id=evaluation, work_group=group, half_term="Autumn 2", from_on=days(-30),
                  to_on=days(5), version=1, state="sent", by=by, at=at, drafted_at=at, sent_at=at, sent_by=by,
                  schools=schools, teachers=teachers)  # fmt: skip
        for position, (heading, words, evidence) in enumerate(sentences):
            sentence = new_id()
            store.put(db, "evaluation_sentence", id=sentence, evaluation=evaluation, heading=heading, at=at,
                      position=position, words=words, drafted=0, by=by)  # fmt: skip
            for kind, school in evidence:
                store.put(db, "sentence_evidence", sentence=sentence, kind=kind, about=new_id(), kept_on=days(-9),
                          kept_school=school)  # fmt: skip


def rows_of(db, viewer, kind, **asked):
    """Return the rows of an anonymous export as dicts."""
    found = exports.rows(db, viewer, kind, asked.pop("as_at", days(0)), **asked)
    return [dict(zip(exports.header(db, kind), row, strict=True)) for row in found]


def test_no_name_number_place_or_day_is_in_them(db, many):
    for kind in KINDS:
        said = json.dumps(rows_of(db, many.hub_lead, kind), ensure_ascii=False)
        for word in ("Demo", "9003", "9004", "Haver", "Quayside", "Test Hub", "Bethan", "Hale", "Quill", "Mar"):
            assert word not in said, (kind, word)
        for name in exports.header(db, kind):
            assert not name.endswith("_on") and name not in ("hub", "urn", "la", "work_group", "trust", "as_at")
            assert not any(c.type == "day" for c in exports.of_kind(db, kind))


def test_schools_are_numbered_in_an_order_that_chance_draws(db, many):
    def drawn():
        rows = rows_of(db, many.hub_lead, "anonymous_engagement")
        assert [r["school"] for r in rows] == [f"School {n}" for n in range(1, 21)]
        return tuple(r["strand"] for r in rows)

    assert len({drawn() for _ in range(6)}) > 1


def test_a_school_has_one_number_within_a_file(db, many):
    a_group(db, "Once more", some_schools(900300, STATES), "Primary Embedding")
    numbers = [r["school"] for r in rows_of(db, many.hub_lead, "anonymous_engagement")]
    assert len(numbers) == 34 and len(set(numbers)) == 20


def test_every_school_keeps_its_own_numbers(db, many):
    with store.writing(db):
        store.alter(db, "work_group", many.big, visits_per_school=3)
    rows = rows_of(db, many.hub_lead, "anonymous_engagement")
    assert {(r["strand"], r["visits_planned"]) for r in rows} == {("Primary Embedding", 3), ("Secondary", None)}


def test_what_fewer_than_five_schools_share_is_not_shown_and_no_total_gives_it_back(db, many):
    rows = rows_of(db, many.hub_lead, "anonymous_engagement")
    embedding = [r for r in rows if r["strand"] == "Primary Embedding"]
    # two withdrew: told alone they would be two, so the next smallest are not told either
    assert sorted(r["state"] for r in embedding) == ["active"] * 7 + ["not shown"] * 7
    assert {r["state"] for r in rows if r["strand"] == "Secondary"} == {"active"}
    assert {(r["schools"], r["schools_in_state"], r["teachers"]) for r in embedding} == {(14, 7, 28)}
    counts = defaultdict(set)
    for r in rows:
        counts[r["academic_year"], r["strand"], r["state"], r["phase"]].add(r["school"])
    assert min(len(schools) for schools in counts.values()) >= 5


def test_a_strand_of_few_schools_goes_with_the_next(db, many):
    a_group(db, "Few", some_schools(900500, ["active"] * 3), "Sustaining")
    strands = [r["strand"] for r in rows_of(db, many.hub_lead, "anonymous_engagement")]
    assert sorted(set(strands)) == ["Primary Embedding", "not shown"] and strands.count("not shown") == 9


def test_teachers_below_five_are_blank_in_every_strand_that_would_give_them_back(db, many):
    with store.writing(db):
        db.conn.execute("update membership set to_on = ? where work_group = ? and role = 'participant'",
                        (days(-2), many.small))  # fmt: skip
    assert {r["teachers"] for r in rows_of(db, many.hub_lead, "anonymous_engagement")} == {None}


def test_sentences_of_evaluations_name_nobody_and_count_nothing_small(db, many):
    rows = rows_of(db, many.hub_lead, "anonymous_evaluation")
    said = {r["heading"]: r for r in rows}
    assert len(rows) == 4
    one = said["Teachers’ professional learning"]
    assert one["sentence"] == "7 of the 12 schools took it further; [some] of the 12 schools not."
    assert (one["evidence_kind"], one["schools_counted"], one["schools"], one["teachers"]) == ("visit", None, 12, 24)
    words = said["Next steps"]["sentence"].split()
    assert words[0] == "School" and " ".join(words[2:]) == "agreed with [name] on [day]: [name] comes again."
    assert said["What headteachers say"]["sentence"].endswith(" and in [name].")
    assert said["Pupils’ learning"]["sentence"] == "[some] of the 6 schools saw it."
    assert {r["half_term"] for r in rows} == {"Autumn 2"} and said["Next steps"]["evidence_kind"] is None


def test_counts_of_an_evaluation_below_five_take_the_next_with_them(db, many):
    with store.writing(db):
        db.conn.execute("update evaluation set schools = 4 where work_group = ?", (many.small,))
    rows = rows_of(db, many.hub_lead, "anonymous_evaluation")
    assert {r["schools"] for r in rows} == {None} and {r["teachers"] for r in rows} == {12, 24}
    assert not any("12 schools" in r["sentence"] for r in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_below_five_schools_it_is_refused_in_plain_words(db, many, sign_in, settings, kind):
    four = a_group(db, "Four", some_schools(900600, ["active"] * 4))
    an_evaluation(db, four, many.leader, 4, 8, [("pupils", "All four saw it.", [])])
    client = sign_in(many.hub_lead)
    for group, as_at in ((four, days(0)), (many.big, days(-300)), (many.far_group, days(0))):
        asked = {"kind": kind, "group": group, "as_at": as_at}
        page = client.get("/hub/exports", query_string=asked)
        assert page.status_code == 200 and REFUSED in page.get_data(as_text=True)
        assert "Download" not in page.get_data(as_text=True)
        for format in ("csv", "xlsx", "pdf", "parquet"):
            answer = client.get(f"/hub/exports/{kind}", query_string={**asked, "format": format})
            assert answer.status_code == 422 and REFUSED in answer.get_data(as_text=True)
    run = CliRunner().invoke(main, ["--database", str(settings.database), "export", kind, "--group", four])
    assert run.exit_code == 1 and run.stdout == "" and REFUSED in run.stderr
    with pytest.raises(exports.Refused):
        list(exports.chunks(settings.database, many.hub_lead, kind, "csv", days(0), four))


def test_a_leader_has_their_own_groups_and_the_preview_says_what_to_mind(db, many, sign_in):
    client = sign_in(many.leader)
    page = client.get("/hub/exports?kind=anonymous_engagement").get_data(as_text=True)
    assert "No reflection" not in page and "only what an evaluation quotes with their author’s leave" in page
    assert "Anonymous engagement: 14 rows" in page and "people’s own words can still tell" in page
    made = read_csv([client.get("/hub/exports/anonymous_engagement").data])
    assert len(made) == 15 and {row[2] for row in made[1:]} == {"Primary Embedding"}
    evaluated = read_csv([client.get("/hub/exports/anonymous_evaluation").data])
    assert len(evaluated) == 4
    assert REFUSED in sign_in(many.far_leader).get("/hub/exports?kind=anonymous_engagement").get_data(as_text=True)
    for who in ("participant", "outsider"):
        for kind in KINDS:
            assert sign_in(getattr(many, who)).get(f"/hub/exports/{kind}").status_code == 404


def test_they_are_the_columns_that_were_promised_and_in_the_dictionary(db, many, sign_in):
    page = sign_in(many.leader).get("/hub/exports/dictionary").get_data(as_text=True)
    listed = read_csv([sign_in(many.leader).get("/hub/exports/dictionary?format=csv").data])
    for kind in columns.KINDS:
        names = exports.header(db, kind)
        assert all(f"<dt>{name}</dt>" in page[page.index(f'id="{kind}"') :] for name in names)
        assert [row[1] for row in listed if row[0] == kind] == names
    assert clock.today() and listed[0] == ["export", "column", "type", "meaning"]


def test_as_at_an_earlier_day_and_a_withdrawn_school_are_told_as_they_were(db, many):
    do(db, "groups.set_engagement", many.hub_lead, school_in_group=store.value(
        db, "select id from school_in_group where work_group = ?", (many.small,)), state="withdrawn",
        since_on=days(0), reason="No cover")  # fmt: skip
    then = rows_of(db, many.hub_lead, "anonymous_engagement", as_at=days(-1), group=many.small)
    assert {r["state"] for r in then} == {"active"}
    now = rows_of(db, many.hub_lead, "anonymous_engagement", group=many.small)
    assert {r["state"] for r in now} == {"not shown"} and len(now) == 6
