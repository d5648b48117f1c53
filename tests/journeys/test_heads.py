"""The head's version of a journey: by an expiring link and as a PDF, without a word that was private; its statement."""

import io

import pypdf
import pytest
from bs4 import BeautifulSoup

from tests.journeys.examples import a_statement, sent
from tests.lessons.examples import a_noticing
from tests.papers import words_of_paper
from tests.plans.examples import a_plan
from tests.reflections.examples import a_reflection
from tests.reports.examples import a_sent
from tests.reviews.examples import a_review
from tests.tasks.examples import a_return, some_work
from tests.visits.examples import a_note, a_visit
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.home import journeys, sheets
from workgroup.journeys import queries
from workgroup.people import post

WHO = ("leader", "co_leader", "participant", "neighbour", "outsider", "far_leader", "hub_lead", "administrator", None)


def _text(answer):
    return answer.get_data(as_text=True)


def test_a_head_reads_what_was_agreed_and_no_private_word(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    a_review(db, w, step=2, on_day=days(-60), agreed=True, words="Equal is on a wall <b>")
    a_review(db, w, step=3, aspect=1, words="Marker: only noted", next_step="Marker step")
    a_noticing(db, w, words="Marker noticing")
    a_reflection(db, w, visibility="group", words="Marker reflection", may_quote="y")
    a_return(db, w)
    some_work(db, w)
    a_note(db, w)
    a_plan(db, w, words="Two sentences a unit")
    token = sent(db, w)[1]
    page = client.get(f"/journey/{token}")
    text = _text(page)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert "Equal is on a wall &lt;b&gt;" in text and "Two sentences a unit" in text and "Marker" not in text
    assert "Wobbly" not in text and "Are the sentences used" not in text
    assert "Sorted cards" not in text
    assert 'href="/reviews/' not in text and 'href="/sessions/' not in text
    said = str(sheets.sheet(journeys.for_head(db, w.in_group)))
    assert "Equal is on a wall <b>" in said and "Marker" not in said
    assert "Wobbly" not in said and "Sorted cards" not in said
    made = client.get(f"/journey/{token}/journey.pdf")
    assert made.data.startswith(b"%PDF") and b"pdfuaid" in made.data and made.headers["Cache-Control"] == "no-store"
    assert client.get(f"/schools/{w.school}").status_code == 303, "the link opens this page and nothing else"


def test_a_step_that_rests_on_private_words_is_read_by_a_head_without_them(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    reflection = a_reflection(db, w, visibility="specialist", words="Marker reflection behind it")
    noticing = a_noticing(db, w, by="leader", words="Marker noticing behind it")
    visit = a_visit(db, w, made=True)
    note = do(db, "visits.note", w.leader, visit=visit, kind="walk", words="Marker note behind it").id
    rests = [f"reflection:{reflection}", f"noticing:{noticing}", f"visit note:{note}"]
    review = a_review(db, w, agreed=True, evidence=rests, words="They say it themselves.", next_step="Year 4 next.")
    seen = _text(sign_in(w.leader).get(f"/reviews/{review}"))
    assert all(f"Marker {kind} behind it" in seen for kind in ("reflection", "noticing", "note")), "so it could leak"
    token = sent(db, w)[1]
    of_leader, own = (_text(sign_in(who).get(f"/schools/{w.school}")) for who in (w.leader, w.participant))
    text = _text(sign_in(None).get(f"/journey/{token}"))
    for page in (of_leader, own, text):
        assert "They say it themselves." in page and "Year 4 next." in page and "Marker" not in page
        assert all(f"{kind}" in page for kind in ("Reflection", "Noticing", "Visit note"))
    assert f"/reflections/{reflection}" in of_leader and f"#n-{note}" in of_leader
    assert f"/reflections/{reflection}" in own and "#n-" not in own, "its author may open it, the visit's notes nobody"
    assert "/reflections/" not in text and "/visits/" not in text
    for who, at in ((None, f"/journey/{token}/journey.pdf"), (w.leader, f"/schools-in-group/{w.in_group}/journey.pdf")):
        words = words_of_paper(pypdf.PdfReader(io.BytesIO(sign_in(who).get(at).data)))
        assert "They say it themselves." in words and "Year 4 next." in words and "reflection, " in words
        assert "Marker" not in words and "behind it" not in words
    do(db, "reflections.withdraw", w.participant, reflection=reflection)
    assert f"/reflections/{reflection}" not in _text(sign_in(w.leader).get(f"/schools/{w.school}"))
    assert client.get(f"/schools-in-group/{w.in_group}/journey.pdf").status_code == 303


def test_the_page_says_what_changed_why_and_one_next_step_in_this_order_for_leader_and_head(db, world_of, sign_in):
    w = world_of
    a_review(db, w, step=2, on_day=days(-60), agreed=True, next_step="An older step.")
    a_review(db, w, step=3, on_day=days(-3), agreed=True, words="Half of Year 3 says it.", next_step="Year 4 next.")
    token = sent(db, w)[1]
    for who, at in ((w.leader, f"/schools/{w.school}"), (w.participant, f"/schools/{w.school}"),
                    (None, f"/journey/{token}")):  # fmt: skip
        page = BeautifulSoup(sign_in(who).get(at).data, "html.parser")
        parts = page.select(".journey > .changed, .journey > .why, .journey > .next")
        assert [p.h2.get_text() for p in parts] == ["What changed", "Why we think so", "One next step"]
        said = [" ".join(p.get_text().split()) for p in parts]
        assert "from starting to developing" in said[0] and "Half of Year 3 says it." in said[1]
        assert "Visit" in said[1] and "Year 4 next." in said[2] and "An older step." not in said[2]
        drawn = page.select_one(".year-line svg")
        assert drawn["viewbox"] and not drawn.get("width") and drawn["role"] == "img", "as wide as its place"
        told = page.select(".in-words li")
        assert len(told) == len(page.select(".year-line circle")), "each mark stands in the words as well"
        heads = [th.get_text() for th in page.select(".steps-now thead th")]
        assert len(heads) >= 2 and page.select(".steps-now tbody th")
    words = words_of_paper(pypdf.PdfReader(io.BytesIO(sign_in(None).get(f"/journey/{token}/journey.pdf").data)))
    order = [words.index(x) for x in ("What changed", "Why we think so", "One next step")]
    assert order == sorted(order) and "Half of Year 3 says it." in words


def test_a_school_without_a_record_is_a_sound_page_and_sheet(db, world_of, sign_in):
    token = sent(db, world_of)[1]
    client = sign_in(None)
    assert "Nothing has been agreed yet." in _text(client.get(f"/journey/{token}"))
    assert client.get(f"/journey/{token}/journey.pdf").data.startswith(b"%PDF")


def test_only_leaders_send_it_and_its_people_have_it_on_paper(db, world_of, sign_in):
    w = world_of
    opens, prints = set(), set()
    for who in WHO:
        client = sign_in(getattr(w, who) if who else None)
        opens |= {who} if client.get(f"/schools-in-group/{w.in_group}/head").status_code == 200 else set()
        prints |= {who} if client.get(f"/schools-in-group/{w.in_group}/journey.pdf").status_code == 200 else set()
    assert opens == {"leader", "co_leader"} and prints == {"leader", "co_leader", "participant"}
    assert sign_in(w.participant).post(f"/schools-in-group/{w.in_group}/head", data={}).status_code == 404


def test_a_refused_address_loses_nothing_and_a_sent_link_can_be_passed_on_by_its_leaders_alone(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    address = f"/schools-in-group/{w.in_group}/head"
    wrong = client.post(address, data={"name": "Mrs Hale", "email": "not an address"})
    assert wrong.status_code == 422 and "not an address" in _text(wrong) and "Mrs Hale" in _text(wrong)
    fields = {"name": "Mrs {link} Hale", "email": "head@example.org", "change_id": post.new_id()}
    assert [client.post(address, data=fields).status_code for _ in range(2)] == [303, 303]
    [mail] = store.rows(db, "select * from mail where link like '/journey/%'")
    assert mail["body"].count("{link}") == 1
    assert mail["link"] in _text(client.get(address)), "while the mail still waits"
    with store.writing(db):
        store.alter(db, "mail", mail["id"], state="kept")
    assert mail["link"] in _text(client.get(address))
    assert mail["link"] not in _text(sign_in(w.administrator).get("/mail"))


def test_a_statement_is_kept_replaced_and_taken_back_by_the_link(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    token = sent(db, w)[1]
    address, school = f"/journey/{token}", f"/schools/{w.school}"
    assert "The leaders of the Work Group read this" in _text(client.get(address))
    empty = client.post(address, data={"words": "", "name": "Mrs Typed"})
    assert empty.status_code == 422 and "Mrs Typed" in _text(empty)
    said = {"words": "I have <i>heard</i> it.", "name": "Mrs Hale", "change_id": post.new_id()}
    assert [client.post(address, data=said).status_code for _ in range(2)] == [303, 303]
    assert "I have &lt;i&gt;heard&lt;/i&gt; it." in _text(sign_in(w.leader).get(school))
    for who in ("participant", "neighbour", "hub_lead", "administrator", "far_leader"):
        assert "heard" not in _text(sign_in(getattr(w, who)).get(school)), who
    [told] = store.rows(db, "select * from mail where subject like '%a statement'")
    assert told["person"] == w.leader and "heard" not in told["body"]
    stale = client.post(address, data={**said, "words": "From another phone", "seen": "", "change_id": ""})
    assert stale.status_code == 409 and "From another phone" in _text(stale) and "heard" in _text(stale)
    assert client.post(address, data={**said, "words": "Put better", "seen": "1", "change_id": ""}).status_code == 303
    page = _text(sign_in(w.leader).get(school))
    assert "Put better" in page and "heard" not in page
    assert [client.post(f"{address}/withdraw").status_code for _ in range(2)] == [303, 422]
    assert "Put better" not in _text(sign_in(w.leader).get(school))
    assert "Let it stand again" in _text(client.get(address))
    assert client.post(f"{address}/restore").status_code == 303
    assert "Put better" in _text(sign_in(w.leader).get(school))
    assert client.post(f"{address}/drop").status_code == 404


def test_a_link_that_ended_says_so_and_shows_what_was_typed(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    id, token = sent(db, w)
    a_statement(db, w, proof=token)
    assert sign_in(w.participant).post(f"/journey-links/{id}/end").status_code == 404
    leader = sign_in(w.leader)
    assert [leader.post(f"/journey-links/{id}/end").status_code for _ in range(2)] == [303, 422]
    over = client.get(f"/journey/{token}")
    assert over.status_code == 410 and "This link is over" in _text(over)
    late = client.post(f"/journey/{token}", data={"words": "Typed too late <b>", "name": "Mrs Hale"})
    assert late.status_code == 410 and "Typed too late &lt;b&gt;" in _text(late)
    assert client.get(f"/journey/{token}/journey.pdf").status_code == 410
    assert "I have heard it" in _text(leader.get(f"/schools/{w.school}")), "what was said stays"
    refused = door.submit(db, "journeys.withdraw", {"proof": token}, post.new_id(), None)
    assert refused.standing == "refused" and "over" in str(refused.errors)


def test_a_link_ends_after_thirty_days_and_opens_no_other_kind_of_page(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    token = sent(db, w)[1]
    for other in ("agree", "visit-report", "hosting"):
        assert client.get(f"/{other}/{token}").status_code == 410, other
    left = store.value(db, "select expires_at from link where about like 'journey %'")
    assert clock.after(29 * 86_400) < left < clock.after(31 * 86_400)
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where about like 'journey %'", (clock.after(-1),))
    assert client.get(f"/journey/{token}").status_code == 410


@pytest.mark.parametrize("ticked", ["y", ""])
def test_a_statement_may_be_quoted_only_where_its_head_has_ticked_so(db, world_of, ticked):
    w = world_of
    a_statement(db, w, may_quote=ticked)
    assert bool(queries.quotable(db, w.leader, w.group)) == bool(ticked)
    assert queries.quotable(db, w.far_leader, w.group) == queries.quotable(db, w.hub_lead, w.group) == []


def test_a_leader_whose_time_is_over_reads_no_statement(db, world_of, sign_in):
    w = world_of
    statement = f"/head-statements/{a_statement(db, w)[0]}"
    assert "/schools/" in sign_in(w.leader).get(statement).location
    assert {sign_in(p).get(statement).status_code for p in (w.participant, w.hub_lead, w.far_leader)} == {404}
    do(db, "groups.end_membership", w.hub_lead, membership=w.leader_membership, to_on=days(-1), why="moved")
    assert queries.statements(db, w.leader, w.in_group) == []
    assert sign_in(w.leader).get(f"/schools-in-group/{w.in_group}/head").status_code == 404
    assert queries.statements(db, w.co_leader, w.in_group)


def test_a_head_sees_that_a_report_was_sent_and_not_one_that_was_withdrawn(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    report, (_, token) = a_sent(db, w), sent(db, w)
    assert "Report of" in _text(client.get(f"/journey/{token}"))
    assert client.get(f"/journey/{token}/journey.pdf").data.startswith(b"%PDF")
    assert client.get(f"/visit-report/{token}").status_code == 410
    do(db, "reports.withdraw", w.leader, report_sent=report, why="The wrong day")
    assert "Report of" not in _text(client.get(f"/journey/{token}"))
