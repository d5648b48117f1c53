"""An evaluation as PDF, and what a footnote that rests on several records says to the hub."""

import io

import pypdf
from bs4 import BeautifulSoup

from tests.evaluations.examples import a_sentence, a_task_due, an_evaluation, came_back, work_today
from tests.evaluations.steps import send_it
from tests.lessons.examples import a_noticing, in_discussion
from tests.reflections.examples import a_reflection
from tests.world import days, do
from workgroup import clock
from workgroup.evaluations import exports, gathering, queries
from workgroup.evaluations.forms import HEADINGS


def tags_of(paper):
    """Return what is tagged in a PDF, in its order: H1, P, L …"""
    todo, found = [paper.trailer["/Root"]["/StructTreeRoot"]], []
    while todo:
        one = todo.pop().get_object()
        if isinstance(one, list):
            todo += reversed(one)
        elif isinstance(one, dict):
            found += [one["/S"][1:]] if "/S" in one else []
            todo += [one["/K"]] if "/K" in one else []
    return found


def test_a_footnote_on_several_records_counts_them_for_the_hub_by_kind_with_their_days(db, world_of, sign_in):
    w = world_of
    for _ in range(2):
        came_back(db, w, a_task_due(db, w))
    theirs = a_task_due(db, w, school_in_group=w.in_group2)
    do(db, "tasks.return", w.neighbour, gap_task=theirs, went="did it", words="Wobbly too.")
    work_today(db, w)
    evaluation = an_evaluation(db, w)
    pieces = [f"{e['kind']}:{e['about']}" for s in queries.sentences(db, evaluation) for e in s["evidence"]]
    a_sentence(db, w, evaluation, heading="practice", words="It spreads.", evidence=list(dict.fromkeys(pieces)))
    send_it(db, w, evaluation)
    page = BeautifulSoup(sign_in(w.hub_lead).get(f"/evaluations/{evaluation}").get_data(as_text=True), "html.parser")
    notes = [" ".join(li.get_text(" ").split()) for li in page.select(".footnotes > li")]
    today = clock.say_day(days(0), year=True)
    schools = "(Ottersby Church of England Primary School, Staithe Lane Primary School)"
    assert any(n.startswith(f"3 gap tasks, {today} {schools} back") for n in notes)
    own = next(n for n in notes if "; " in n)
    assert own.count("3 gap tasks") == 1 and f"ession, {today}" in own and "in-school work" in own
    assert "Wobbly" not in page.get_text() and "Sorted cards" not in page.get_text()


def test_the_four_outcomes_head_an_evaluation_on_paper_and_sentences_stand_under_theirs(db, world_of, sign_in):
    w = world_of
    evaluation = an_evaluation(db, w)
    for heading, name in HEADINGS:
        a_sentence(db, w, evaluation, heading=heading, words=f"Said of {name.lower()}.")
    paper = pypdf.PdfReader(io.BytesIO(sign_in(w.leader).get(f"/evaluations/{evaluation}/evaluation.pdf").data))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    places = [text.index(words) for _, name in HEADINGS for words in (f" {name} ", f"Said of {name.lower()}.")]
    assert places == sorted(places)
    assert tags_of(paper).count("H2") == len(HEADINGS) + 1, "and one above what they rest on"


def test_whose_school_a_reflection_or_noticing_is_from_is_told_to_nobody_by_a_footnote(db, world_of, sign_in):
    w = world_of
    a_reflection(db, w, words="I lost them at the start.", visibility="specialist", state="final")
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, second="200", words="A third response")
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    evaluation = an_evaluation(db, w, held=False)
    of = queries.bare(db, evaluation)
    there = gathering.pieces(gathering.gather(db, w.leader, w.group, of["from_on"], of["to_on"]))
    some = [p for p in there if p.kind in ("reflection", "noticing")]
    assert {p.kind for p in some} == {"reflection", "noticing"} and all(p.school for p in some)
    for p in some:
        evidence = [f"{p.kind}:{p.about}"]
        a_sentence(db, w, evaluation, heading="teachers", words=f"From a {p.kind}.", evidence=evidence)
    send_it(db, w, evaluation)
    page = BeautifulSoup(sign_in(w.hub_lead).get(f"/evaluations/{evaluation}").get_data(as_text=True), "html.parser")
    notes = " ".join(page.select_one(".footnotes").get_text(" ").split())
    noticed = next(f"/lessons/{lesson}/timeline#n-{p.about}" for p in some if p.kind == "noticing")
    leaders = sign_in(w.leader).get(f"/evaluations/{evaluation}").get_data(as_text=True)
    assert f'href="{noticed}"' in leaders and "/timeline" not in str(page)
    today = clock.say_day(days(0), year=True)
    assert f"Reflection, {today} back" in notes and f"Noticing, {today} back" in notes
    paper = {n["words"] for n in exports.sheet(db, queries.bare(db, evaluation))["notes"]}
    assert {f"reflection, {today}", f"noticing, {today}"} <= paper
    for said in (notes, "; ".join(paper)):
        assert f"eflection, {today} (" not in said and f"oticing, {today} (" not in said
