"""A visit's report: drafted from notes by rules, written, sent, read by the school, corrected, withdrawn."""

import io
import re
from email import message_from_string, policy

import pypdf
import pytest

from tests.plans.examples import a_plan, a_word
from tests.reports.examples import a_proof, a_sent, a_text, newest
from tests.reviews.examples import fields as review_fields
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, door, due, store
from workgroup.people import post
from workgroup.reports import drafting, exports, queries
from workgroup.reviews import queries as reviews

WHO = ("leader", "co_leader", "participant", "colleague", "neighbour", "outsider", "far_leader", "hub_lead",
       "administrator")  # fmt: skip
RAW = "A raw thought of the leader"


@pytest.fixture
def visited(db, world_of):
    """A visit that was made, with a note of each kind."""
    w = world_of
    visit = a_visit(db, w, made=True)
    for kind, words in (("walk", "Said <b>four times"), ("talk", "Asked for one more hour"), ("head", "I was pleased")):
        do(db, "visits.note", w.leader, visit=visit, kind=kind, words=words,
           year_group="Year 2" if kind == "walk" else "")  # fmt: skip
    return visit


def _note(db, kind):
    return store.value(db, "select id from visit_note where kind = ?", (kind,))


def _agree(db, w, **over):
    review = do(db, "reviews.review", w.leader, **review_fields(db, w, **over)).about
    do(db, "reviews.agree", w.leader, review=review, agreed_on=days(0), agreed_with="Mrs Hale")
    return reviews.review(db, w.leader, review)


def _text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def test_a_draft_holds_each_chosen_note_in_its_own_words_and_not_the_heads_unless_marked(db, world_of, visited):
    w = world_of
    do(db, "reports.draft", w.leader, visit=visited, seen="")
    words = queries.text(db, w.leader, visited)["words"]
    assert "Year 2: Said <b>four times" in words and "Asked for one more hour" in words and "pleased" not in words
    marked = {"notes-0-visit_note": _note(db, "head"), "notes-0-used": "y"}
    do(db, "reports.draft", w.leader, visit=visited, seen=newest(db, visited), **marked)
    assert "The headteacher: “I was pleased”" in queries.text(db, w.leader, visited)["words"]


def test_notes_stand_under_the_aspect_they_were_put_under_with_what_was_agreed(db, world_of, visited):
    w = world_of
    review = _agree(db, w)
    placed = {"notes-0-visit_note": _note(db, "walk"), "notes-0-used": "y", "notes-0-aspect": review["aspect"]}
    left_out = {"notes-1-visit_note": _note(db, "talk")}
    do(db, "reports.draft", w.leader, visit=visited, seen="", **placed, **left_out)
    found = drafting.parts(queries.text(db, w.leader, visited)["words"])
    part = next(p for p in found if p["heading"] == review["aspect_name"])
    assert part["paragraphs"][0].startswith(f"Where we are: {review['step_name'].lower()}. Agreed with Mrs Hale on")
    assert part["paragraphs"][1:] == ["Year 2: Said <b>four times", "Next step: One sentence a unit."]
    assert "one more hour" not in queries.text(db, w.leader, visited)["words"]
    assert {n["kind"]: n["used"] for n in queries.to_place(db, w.leader, visited)}["talk"] is False


def test_nothing_that_was_not_agreed_gets_into_a_draft_but_a_word_on_the_plan_at_this_visit_does(
    db, world_of, visited
):
    _, action = a_plan(db, world_of, words="Two sentences a unit")
    a_word(db, world_of, action=action, on_day=days(-9), words="Said before")
    a_word(db, world_of, action=action, visit=visited, stands="done", words="In every room")
    do(db, "reviews.review", world_of.leader, **review_fields(db, world_of, next_step="Not agreed yet"))
    do(db, "reports.draft", world_of.leader, visit=visited, seen="")
    text = queries.text(db, world_of.leader, visited)["words"]
    assert "Not agreed yet" not in text and "Said before" not in text
    assert "# The action plan\n\nTwo sentences a unit: done. In every room" in text


def test_a_draft_of_no_note_or_of_another_visits_is_refused(db, world_of, visited, sign_in):
    w = world_of
    empty = a_visit(db, w, made=True)
    fields = {"visit": empty, "seen": "", "notes-0-visit_note": _note(db, "walk"), "notes-0-used": "y"}
    outcome = door.submit(db, "reports.draft", fields, post.new_id(), w.leader)
    assert outcome.errors == {"notes": ["Choose notes of this visit that stand."]}
    page = sign_in(w.leader).post(f"/visits/{empty}/report/draft", data={"seen": ""})
    assert page.status_code == 422 and "at least one note" in page.get_data(as_text=True)


def test_drafting_anew_keeps_what_was_written_among_the_earlier_texts(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    a_text(db, w, visit=visited, words="Written by hand")
    client.post(f"/visits/{visited}/report/draft", data={"seen": newest(db, visited)})
    page = _text(client, f"/visits/{visited}/report")
    assert "Earlier texts" in page and "Written by hand" in page
    first = store.value(db, "select id from visit_report order by rowid")
    again = _text(client, f"/visits/{visited}/report?from={first}")
    assert re.search(r"<textarea[^>]*>\s*Written by hand</textarea>", again)


def test_a_text_written_from_an_older_one_is_shown_beside_the_newer_and_lost_by_nobody(db, world_of, visited, sign_in):
    w = world_of
    a_text(db, w, visit=visited, words="Cora's text")
    answer = sign_in(w.leader).post(f"/visits/{visited}/report", data={"words": "Bethan's text", "seen": ""})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Cora&#39;s text" in page and "Bethan&#39;s text" in page
    kept = {"words": "Bethan's text", "seen": newest(db, visited)}
    assert sign_in(w.leader).post(f"/visits/{visited}/report", data=kept).status_code == 303


def test_the_preview_is_what_the_school_will_see_with_markup_as_words(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    assert client.get(f"/visits/{visited}/report/preview").status_code == 303
    a_text(db, w, visit=visited, words="Before\n\n# Lesson <i>design\n\nTwo\nlines\n\n#1 is no heading")
    page = _text(client, f"/visits/{visited}/report/preview")
    assert "<h2>Lesson &lt;i&gt;design</h2>" in page and "Two<br>lines" in page and "#1 is no heading" in page
    pdf = client.get(f"/visits/{visited}/report/preview.pdf")
    assert pdf.mimetype == "application/pdf" and pdf.data.startswith(b"%PDF-")


def test_whatever_is_written_becomes_a_pdf_and_an_empty_heading_is_none():
    words = "# \n\n# \u200b\n\n#import \"x\"\n\n# $H *1* #let\n\nPlain \\ 日本 \U0001f600\nnext"
    report = {"school_name": "St #x $y *z*", "on_day": "2027-03-09", "name": "A #let", "group_title": "G [x]",
              "number": 2, "words": words}  # fmt: skip
    made, name = exports.pdf(report)
    assert made.startswith(b"%PDF-") and name == "Visit report St #x $y *z* 2027-03-09.pdf"
    assert [part["heading"] for part in drafting.parts(words)] == [None, "$H *1* #let"]


def test_who_sees_what_of_a_report_before_and_after_it_is_sent(db, world_of, visited, sign_in):
    w = world_of
    do(db, "visits.note", w.leader, visit=visited, kind="talk", words=RAW)
    a_text(db, w, visit=visited, words="For the school alone")
    for who in WHO:
        page = _text(sign_in(getattr(w, who)), f"/schools/{w.school}")
        assert "/reports/" not in page and "For the school alone" not in page
    sent = a_sent(db, w, visit=visited)
    opens, lists = set(), set()
    for who in WHO:
        client = sign_in(getattr(w, who))
        answer = client.get(f"/reports/{sent}")
        opens |= {who} if answer.status_code == 200 else set()
        assert RAW not in answer.get_data(as_text=True)
        lists |= {who} if f"/reports/{sent}" in _text(client, f"/schools/{w.school}") else set()
        assert client.get(f"/reports/{sent}/report.pdf").status_code == (200 if who in opens else 404)
        may_write = 200 if who in ("leader", "co_leader") else 404
        for page in ("report", "report/preview"):
            assert client.get(f"/visits/{visited}/{page}").status_code == may_write
        shown = "head@staithe.example" in answer.get_data(as_text=True)
        assert shown == (who in ("leader", "co_leader"))
    assert opens == lists == {"leader", "co_leader", "participant", "colleague"}
    assert sign_in(None).get(f"/reports/{sent}").status_code == 303
    do(db, "groups.end_membership", w.hub_lead, membership=w.participant_membership, to_on=days(-1))
    assert sign_in(w.participant).get(f"/reports/{sent}").status_code == 404


def test_a_head_reads_it_by_link_without_an_account_and_says_so(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(None)
    sent = a_sent(db, w, visit=a_text(db, w, visit=visited))
    address = f"/visit-report/{a_proof(db)}"
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store" and "said four times" in page.get_data(as_text=True)
    assert client.get(f"{address}/report.pdf").data.startswith(b"%PDF-")
    nameless = client.post(address, data={"name": "", "words": "Typed", "seen": sent})
    assert nameless.status_code == 422 and "Typed" in nameless.get_data(as_text=True)
    assert client.post(address, data={"name": "Mrs <b>Hale", "words": "Thank you", "seen": sent}).status_code == 303
    assert queries.answers(db, sent)[0]["name"] == "Mrs <b>Hale"
    for place in (f"/visits/{visited}", f"/reports/{sent}"):
        said = _text(sign_in(w.leader), place)
        assert "Read by Mrs &lt;b&gt;Hale" in said and "Thank you" in said
    for said in (_text(sign_in(w.participant), f"/reports/{sent}"), client.get(address).get_data(as_text=True)):
        assert "Read by Mrs &lt;b&gt;Hale" in said and "Thank you" not in said
    assert client.get("/").status_code == 303, "the link opens nothing else"
    assert client.get(f"/visits/{visited}").status_code == 303


def test_what_a_tablet_kept_without_a_line_becomes_a_report_that_the_school_has_read(db, world_of, sign_in):
    """The whole way: captured offline, sent by the tablet, drafted under aspect and next step, sent, acknowledged."""
    w, client = world_of, sign_in(world_of.leader)
    review = _agree(db, w)
    visit = a_visit(db, w, on_day=days(0))
    said = (("walk", "Year 3", "Pupil A drew the bar first"), ("talk", "", "They want an hour on Fridays"),
            ("head", "", "We will keep the hour"), ("walk", "Year 5", RAW))  # fmt: skip
    entries = [
        {"id": post.new_id(), "kind": "visits.note", "by": w.leader, "at": clock.after(-600 + n), "seq": n, "boot": "b",
         "ticks": n, "fields": {"visit": visit, "kind": kind, "year_group": year, "words": words}}
        for n, (kind, year, words) in enumerate(said, 1)
    ]  # fmt: skip
    batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": entries}
    for standing in ("entered", "already"):
        told = client.post("/sync", json=batch).json["standings"]
        assert [one["standing"] for one in told] == [standing] * 4
    met = {"people_met": "Both", "days": "0.5", "seen": "1"}
    assert client.post(f"/visits/{visit}/made", data=met).status_code == 303
    notes = {n["words"]: n["id"] for n in queries.to_place(db, w.leader, visit)}
    asked = {}
    for n, (_, _, words) in enumerate(said):
        asked |= {f"notes-{n}-visit_note": notes[words], f"notes-{n}-aspect": review["aspect"] if n == 0 else ""}
        asked |= {f"notes-{n}-used": "y"} if words != RAW else {}
    assert client.post(f"/visits/{visit}/report/draft", data={**asked, "seen": ""}).status_code == 303
    text = queries.text(db, w.leader, visit)["words"]
    order = [text.index(x) for x in ("We met: Both", f"# {review['aspect_name']}", "Where we are: ", "Year 3: Pupil A",
                                     "Next step: One sentence a unit.", "# Conversations", "hour on Fridays",
                                     "The headteacher: “We will keep the hour”")]  # fmt: skip
    assert order == sorted(order) and RAW not in text
    edited = text.replace("hour on Fridays", "hour on Thursdays")
    assert client.post(f"/visits/{visit}/report", data={"words": edited, "seen": newest(db, visit)}).status_code == 303
    to = {"name": "Mrs Hale", "email": "head@staithe.example", "seen": newest(db, visit)}
    assert client.post(f"/visits/{visit}/report/send", data=to).status_code == 303
    address, head = f"/visit-report/{a_proof(db)}", sign_in(None)
    page = _text(head, address)
    assert "hour on Thursdays" in page and "Pupil A drew the bar first" in page and RAW not in page
    made = pypdf.PdfReader(io.BytesIO(head.get(f"{address}/report.pdf").data))
    words = " ".join(" ".join(p.extract_text() for p in made.pages).split())
    assert "hour on Thursdays" in words and RAW not in words and made.trailer["/Root"]["/Lang"].startswith("en")
    sent = store.value(db, "select id from report_sent where visit = ?", (visit,))
    assert head.post(address, data={"name": "Mrs Hale", "seen": sent}).status_code == 303
    school = _text(sign_in(w.leader), f"/schools/{w.school}")
    assert "read by Mrs Hale" in school
    assert RAW in _text(sign_in(w.leader), f"/visits/{visit}")
    for who in (w.participant, w.hub_lead):
        assert RAW not in _text(sign_in(who), f"/schools/{w.school}")
        assert sign_in(who).get(f"/visits/{visit}").status_code == 404


def test_a_corrected_report_is_the_next_version_which_every_link_shows(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(None)
    first = a_sent(db, w, visit=a_text(db, w, visit=visited, words="The first one"))
    address = f"/visit-report/{a_proof(db)}"
    a_text(db, w, visit=visited, words="The second one")
    second = a_sent(db, w, visit=visited, email="office@staithe.example")
    page = client.get(address).get_data(as_text=True)
    assert "The second one" in page and "The first one" not in page and "Version 2" in page
    late = client.post(address, data={"name": "Mrs Hale", "seen": first})
    assert late.status_code == 422 and "A newer version has come" in late.get_data(as_text=True)
    assert client.post(address, data={"name": "Mrs Hale", "seen": second}).status_code == 303
    assert "The first one" in _text(sign_in(w.leader), f"/reports/{first}")
    assert sign_in(w.participant).get(f"/reports/{first}").status_code == 404
    assert door.submit(db, "reports.withdraw", {"report_sent": first, "why": "x"}, post.new_id(), w.leader).errors


def test_what_went_to_a_wrong_address_is_ended_for_it_alone_and_no_later_version_opens_it_again(
    db, world_of, visited, sign_in, mail_server
):
    w, client, (inbox, sending) = world_of, sign_in(None), mail_server
    a_sent(db, w, visit=a_text(db, w, visit=visited), name="Mrs Wrong", email="wrong@other.example")
    wrong = f"/visit-report/{a_proof(db)}"
    a_text(db, w, visit=visited, words="The second one")
    second = a_sent(db, w, visit=visited)
    right, leader = f"/visit-report/{a_proof(db)}", sign_in(w.leader)
    to = store.value(db, "select id from report_to where name = 'Mrs Wrong'")
    assert "Mrs Wrong" in _text(leader, f"/reports/{second}"), "of whichever version, they could read this one"
    ended = [leader.post(f"/report-links/{to}/end") for _ in range(2)]
    assert [a.status_code for a in ended] == [303, 422] and ended[0].location.endswith(f"/reports/{second}")
    assert client.get(wrong).status_code == 410 and "The second one" in _text(client, right)
    assert "The link no longer works" in _text(leader, f"/reports/{second}")
    due.tick(db, sending)
    files = {mail["To"]: len(list(mail.iter_attachments())) for mail in _reports_in(inbox)}
    assert files == {"wrong@other.example": 0, "head@staithe.example": 1}


def test_a_withdrawn_report_says_so_by_its_link_and_can_stand_again(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(None)
    sent = a_sent(db, w, visit=a_text(db, w, visit=visited))
    address = f"/visit-report/{a_proof(db)}"
    assert sign_in(w.leader).post(f"/reports/{sent}/withdraw", data={"why": ""}).status_code == 422
    sign_in(w.leader).post(f"/reports/{sent}/withdraw", data={"why": "Mixed up <i>two schools"})
    page = client.get(address)
    text = page.get_data(as_text=True)
    assert page.status_code == 410 and "Mixed up &lt;i&gt;two schools" in text and "said four times" not in text
    assert client.get(f"{address}/report.pdf").mimetype == "text/html"
    late = client.post(address, data={"name": "Mrs Hale", "words": "Thank <b>you</b> all", "seen": sent})
    given_back = late.get_data(as_text=True)
    assert late.status_code == 422 and "This report was withdrawn" in given_back
    assert "What you have just written was not kept" in given_back and "Thank &lt;b&gt;you&lt;/b&gt; all" in given_back
    assert "was not kept" not in text
    assert sign_in(w.participant).get(f"/reports/{sent}").status_code == 404
    assert "/reports/" not in _text(sign_in(w.participant), f"/schools/{w.school}")
    sign_in(w.leader).post(f"/reports/{sent}/restore")
    assert client.get(address).status_code == 200
    assert sign_in(w.participant).get(f"/reports/{sent}").status_code == 200


def test_it_goes_to_contacts_and_a_typed_address_once_each(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    contact = do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Mrs {Hale}",
                 email="head@staithe.example").id  # fmt: skip
    a_text(db, w, visit=visited)
    assert "checked" in _text(client, f"/visits/{visited}/report/preview"), "the head is proposed"
    fields = {"contacts": contact, "name": "The same", "email": "HEAD@staithe.example", "seen": newest(db, visited),
              "change_id": post.new_id()}  # fmt: skip
    for _ in range(2):
        assert client.post(f"/visits/{visited}/report/send", data=fields).status_code == 303
    assert store.value(db, "select count(*) from mail where attached is not null") == 1
    assert store.value(db, "select count(*) from report_sent") == 1
    other = do(db, "schools.add_contact", w.leader, school=w.school2, role="head", name="Other", email="o@o.example").id
    refused = client.post(f"/visits/{visited}/report/send", data={"contacts": other, "seen": newest(db, visited)})
    assert refused.status_code == 422 and "Choose contacts of this school." in refused.get_data(as_text=True)


def _reports_in(inbox):
    letters = [message_from_string(letter, policy=policy.default) for _, letter in inbox.letters]
    return [letter for letter in letters if "Visit report" in letter["Subject"]]


def test_the_mail_has_the_link_and_the_pdf_and_none_of_the_words(db, world_of, visited, mail_server):
    inbox, sending = mail_server
    a_sent(db, world_of, visit=a_text(db, world_of, visit=visited))
    due.tick(db, sending)
    (mail,) = _reports_in(inbox)
    (pdf,) = mail.iter_attachments()
    assert pdf.get_content_type() == "application/pdf" and pdf.get_content().startswith(b"%PDF-")
    body = mail.get_body().get_content()
    assert "/visit-report/" in body and "said four times" not in body and "Staithe Lane Primary School" in body
    assert store.value(db, "select link from mail where attached is not null") is None


def test_a_mail_that_goes_after_the_report_was_withdrawn_carries_no_file(db, world_of, visited, mail_server):
    inbox, sending = mail_server
    sent = a_sent(db, world_of, visit=a_text(db, world_of, visit=visited))
    do(db, "reports.withdraw", world_of.leader, report_sent=sent, why="Too soon")
    due.tick(db, sending)
    assert [list(mail.iter_attachments()) for mail in _reports_in(inbox)] == [[]]


def test_without_a_mail_server_the_leaders_pass_the_links_on_and_the_hub_does_not_see_them(
    db, world_of, visited, sign_in, settings
):
    w = world_of
    sent = a_sent(db, w, visit=a_text(db, w, visit=visited))
    token = a_proof(db)
    assert token in _text(sign_in(w.leader), f"/reports/{sent}"), "while the mail still waits"
    due.tick(db, settings)
    assert token in _text(sign_in(w.leader), f"/reports/{sent}")
    assert token not in _text(sign_in(w.participant), f"/reports/{sent}")
    for who in (w.hub_lead, w.administrator):
        assert token not in _text(sign_in(who), "/mail")


def test_a_link_of_another_kind_opens_no_report_and_is_over_after_sixty_days(db, world_of, visited, sign_in):
    w, client = world_of, sign_in(None)
    sent = a_sent(db, w, visit=a_text(db, w, visit=visited))
    with store.writing(db):
        post.keep_link(db, None, "head", 600, "another-token", about=f"plan {w.school}")
    assert client.get("/visit-report/another-token").status_code == 410
    address = f"/visit-report/{a_proof(db)}"
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where kind = 'head'", (clock.after(-1),))
    assert client.get(address).status_code == 410
    assert client.post(address, data={"name": "Mrs Hale", "seen": sent}).status_code == 410


def test_a_report_waits_on_today_until_it_has_gone_and_then_the_visit_counts_as_made(db, world_of, visited, sign_in):
    w = world_of
    words = "visit whose report the school has not had"
    assert words in _text(sign_in(w.leader), "/")
    assert words not in _text(sign_in(w.co_leader), "/")
    a_sent(db, w, visit=a_text(db, w, visit=visited))
    assert words not in _text(sign_in(w.leader), "/")
    refused = door.submit(db, "visits.unmake", {"visit": visited}, post.new_id(), w.leader)
    assert "has gone to the school" in str(refused.errors)


def test_a_report_of_a_visit_that_was_not_made_is_not_sent(db, world_of):
    visit = a_visit(db, world_of)
    a_text(db, world_of, visit=visit)
    fields = {"visit": visit, "name": "A", "email": "a@b.example", "seen": newest(db, visit)}
    outcome = door.submit(db, "reports.send", fields, post.new_id(), world_of.leader)
    assert "Say first that the visit was made." in str(outcome.errors)


def test_erasing_somebody_a_report_went_to_takes_their_name_and_what_they_said(db, world_of, visited):
    w = world_of
    sent = a_sent(db, w, visit=a_text(db, w, visit=visited), name="Nadine", email="participant@example.org")
    do(db, "reports.acknowledge", None, proof=a_proof(db), name="Nadine", words="Candid", seen=sent)
    do(db, "people.erase", w.hub_lead, person=w.participant)
    assert store.row(db, "select name, words from report_answer") == {"name": "Somebody who has left", "words": None}
    assert store.row(db, "select email from report_to") == {"email": "(erased)"}
    assert store.value(db, "select count(*) from ledger_words where said like '%Candid%'") == 0
    assert store.value(db, "select count(*) from mail where body like '%Nadine%'") == 0
    assert store.value(db, "select words from report_sent"), "the report is the school's and the group's"
