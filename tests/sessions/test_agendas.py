"""Agendas: templates of the hub and copies of a group, agendas of earlier sessions, places in the order."""

import io
import re

import pytest

from tests.filling import press
from tests.sessions.examples import a_block, a_session, a_template, far_session
from tests.world import days, do
from workgroup import holding
from workgroup.sessions import block_note_queries, material_queries, queries, template_queries


def _titles(db, session):
    return [b["title"] for b in queries.agenda(db, session)]


def test_a_session_begins_with_the_running_order_of_its_kind(db, world_of):
    w = world_of
    assert len(_titles(db, a_session(db, w))) == 10
    assert "Planning together" in _titles(db, a_session(db, w, kind="Collaborative planning"))
    other = _titles(db, a_session(db, w, kind="Something of ours"))
    assert other[0] == "Arrivals and register" and len(other) == 5
    assert _titles(db, a_session(db, w, agenda="empty")) == []


def test_what_a_group_calls_its_meetings_is_a_trg(db, world_of):
    w = world_of
    do(db, "groups.edit", w.leader, work_group=w.group, seen="1", title="Primary South", leader_word="Specialist",
       participant_word="Lead Participant", meeting_word="Gathering", academic_year="2026/27")  # fmt: skip
    assert len(_titles(db, a_session(db, w, kind="gathering"))) == 10


def test_a_groups_copy_does_not_change_when_the_hubs_does(db, world_of):
    w = world_of
    a_session(db, w)
    hub = template_queries.template_of(db, None, "TRG")
    fields = {"kind": "TRG", "seen": str(hub["version"]), "blocks-0-kind": "input", "blocks-0-minutes": "9",
              "blocks-0-title": "Only this"}  # fmt: skip
    do(db, "sessions.save_template", w.administrator, **fields)
    assert len(_titles(db, a_session(db, w))) == 10
    far = do(db, "sessions.plan", w.far_leader, work_group=w.far_group, kind="TRG", title="Far", day="2026-11-17",
             starts="09:00", ends="12:00", mode="online", anyway="y", agenda="usual").about  # fmt: skip
    assert _titles(db, far) == ["Only this"]


def test_a_session_can_give_its_agenda_to_the_group_and_to_another_session(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    first = a_session(db, w, 3, agenda="empty")
    said = {"kind": "input", "minutes": "45", "title": "Ratio tables", "private_words": "Bring the tables"}
    press(client, f"/sessions/{first}", "Add the block", **said, lead=w.participant)
    assert client.post(f"/sessions/{first}/agenda", data={"deed": "keep"}).status_code == 303
    assert _titles(db, a_session(db, w)) == ["Ratio tables"]
    other = a_session(db, w, 9, kind="Launch")
    do(db, "sessions.note", w.leader, session=other, words="Stays", block=queries.agenda(db, other)[0]["id"])
    assert client.post(f"/sessions/{other}/agenda", data={"deed": "copy", "source": first}).status_code == 303
    [block] = queries.agenda(db, other)
    assert (block["title"], block["private_words"]) == ("Ratio tables", "Bring the tables")
    assert block["lead"] == w.participant
    assert "input, Nadine Member</span>" in client.get(f"/sessions/{other}").get_data(as_text=True), "who leads it"
    press(client, f"/blocks/{block['id']}/edit", "Save", lead=w.co_leader)
    assert "input, Cora Coleader</span>" in sign_in(w.participant).get(f"/sessions/{other}").get_data(as_text=True)
    assert queries.notes(db, other)[0]["words"] == "Stays" and queries.notes(db, other)[0]["block_title"] is None
    do(db, "sessions.set_state", w.leader, session=other, state="open")
    do(db, "sessions.begin_block", w.leader, block=block["id"])
    refused = client.post(f"/sessions/{other}/agenda", data={"deed": "copy", "source": first})
    assert refused.status_code == 422 and "has begun already" in refused.get_data(as_text=True)


def test_a_block_goes_to_any_place(db, world_of):
    w = world_of
    block = a_block(db, w, 0)
    session = queries.block(db, block)["session"]
    before = _titles(db, session)
    do(db, "sessions.move_block", w.leader, block=block, place="4")
    assert _titles(db, session) == [*before[1:4], before[0], *before[4:]]
    do(db, "sessions.move_block", w.leader, block=block, place="99")
    assert _titles(db, session)[-1] == before[0]
    do(db, "sessions.move_block", w.leader, block=block, direction="up")
    assert _titles(db, session)[-2] == before[0]


def test_the_pages_keep_what_was_typed_while_rows_move_and_more_are_asked_for(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    address = f"/groups/{w.group}/agendas/edit?kind=TRG"
    page = client.get(address).get_data(as_text=True)
    assert "Subject knowledge" in page, "the hub's is where a group's own begins"
    typed = {"kind": "TRG", "seen": "", "blocks-0-title": "First", "blocks-0-kind": "input", "blocks-0-minutes": "5",
             "blocks-1-title": "Second", "blocks-1-kind": "break", "blocks-1-minutes": "x"}  # fmt: skip
    moved = client.post(address, data={**typed, "move": "1-up"}).get_data(as_text=True)
    assert moved.index('value="Second"') < moved.index('value="First"')
    assert client.post(address, data={**typed, "more": "y"}).status_code == 200
    assert template_queries.templates_of(db, w.group) == []
    wrong = client.post(address, data=typed)
    assert wrong.status_code == 422 and "Row 2: Enter a whole number." in wrong.get_data(as_text=True)
    assert "{" not in wrong.get_data(as_text=True).split('id="errors"')[1].split("</div>")[0]
    assert client.post(address, data={**typed, "blocks-1-minutes": "10"}).status_code == 303
    [own] = template_queries.templates_of(db, w.group)
    assert [b["title"] for b in own["blocks"]] == ["First", "Second"] and own["minutes"] == 15
    stale = client.post(address, data={**typed, "blocks-1-minutes": "12"})
    assert stale.status_code == 409 and "Somebody else changed this" in stale.get_data(as_text=True)
    assert client.post(f"/agendas/{own['id']}/drop").status_code == 303
    assert template_queries.templates_of(db, w.group) == []


def _press(client, page, words):
    """Press the button of these words on a page, as the form that holds it says; return the page it leads to."""
    [form] = [f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if re.search(rf">{words}\s*<", f)][:1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    then = client.post(re.search(r'action="([^"]+)"', form)[1], data=fields)
    assert then.status_code == 303, then.get_data(as_text=True)[:500]
    return client.get(then.location.split("#")[0]).get_data(as_text=True)


def test_a_block_that_was_taken_out_is_put_back_at_its_place_with_its_notes_and_its_materials(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    block = a_block(db, w, 2)
    session = queries.block(db, block)["session"]
    before = _titles(db, session)
    do(db, "sessions.note", w.leader, session=session, words="Of that part", block=block)
    do(db, "sessions.add_material", w.leader, session=session, url="https://example.org/bars", block=block)
    edit = client.get(f"/blocks/{block}/edit").get_data(as_text=True)
    page = _press(client, edit, "Take this block out of the agenda")
    assert f"“{before[2]}” is out of the agenda." in page and before[2] not in _titles(db, session)
    assert material_queries.materials(db, session)[0]["block"] is None and queries.notes(db, session)[0]["words"]
    assert client.get(f"/blocks/{block}/edit").status_code == 303, "what is out of the agenda is not changed"
    for kind, more in (("begin_block", {}), ("cut_block", {"minutes": "5"}), ("remove_block", {})):
        with pytest.raises(AssertionError, match="not in the agenda any more"):
            do(db, f"sessions.{kind}", w.leader, block=block, **more)
    later = client.get(f"/sessions/{session}").get_data(as_text=True)
    assert "is out of the agenda" not in later and "Taken out" in later
    assert "Taken out" not in sign_in(w.participant).get(f"/sessions/{session}").get_data(as_text=True)
    _press(client, later, "Put it back")
    assert _titles(db, session) == before and queries.notes(db, session)[0]["block_title"] == before[2]
    assert material_queries.materials(db, session)[0]["block"] == block
    again = client.post(f"/blocks/{block}/restore")
    assert again.status_code == 422 and "stands already" in again.get_data(as_text=True)


def test_an_agenda_that_another_took_the_place_of_is_put_back_and_so_is_that_one(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session, source = a_session(db, w, 9), a_session(db, w, 3, agenda="empty")
    do(db, "sessions.add_block", w.co_leader, session=source, kind="input", minutes="45", title="Ratio tables")
    block = queries.agenda(db, session)[0]["id"]
    do(db, "sessions.edit_block", w.leader, block=block, kind="arrivals", minutes="10", title="Mine",
       private_words="Hers")  # fmt: skip
    before = _titles(db, session)
    do(db, "sessions.copy_agenda", w.co_leader, session=session, source=source)
    assert [b["private_words"] for b in holding.export(db, w.leader)["agenda_block"]] == ["Hers"], "it is hers still"
    page = client.get(f"/sessions/{session}?out=agenda").get_data(as_text=True)
    assert "This agenda is in the place of the one before." in page
    page = _press(client, page, "Put the one before back")
    assert _titles(db, session) == before and "Put it back in the place of this one" in page
    _press(client, page, "Put it back in the place of this one")
    assert _titles(db, session) == ["Ratio tables"]
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    do(db, "sessions.begin_block", w.leader, block=queries.agenda(db, session)[0]["id"])
    page = client.get(f"/sessions/{session}").get_data(as_text=True)
    assert "This one has begun, so it stays." in page
    gone = queries.out_of_agenda(db, session)["agendas"][0]["id"]
    refused = client.post(f"/sessions/{session}/agenda", data={"deed": "restore", "agenda": gone})
    assert refused.status_code == 422 and "has begun already" in refused.get_data(as_text=True)


def test_a_running_order_that_was_taken_away_is_put_back_and_takes_the_place_of_another(db, world_of, sign_in):
    w, client, template = world_of, sign_in(world_of.leader), a_template(db, world_of)
    address = f"/groups/{w.group}/agendas"
    page = _press(client, client.get(address).get_data(as_text=True), "Use the hub’s again")
    assert "The running order for TRG is taken away" in page and template_queries.templates_of(db, w.group) == []
    page = _press(client, page, "Put it back")
    assert "Taken away" not in page and template_queries.template(db, template)["withdrawn_at"] is None
    do(db, "sessions.drop_template", w.leader, template=template)
    a_session(db, w)  # the group has its copy of the hub's now
    [other] = template_queries.templates_of(db, w.group)
    assert client.post(f"/agendas/{template}/restore").status_code == 303
    assert [t["id"] for t in template_queries.templates_of(db, w.group)] == [template]
    assert [t["id"] for t in template_queries.templates_of(db, w.group, gone=True)] == [other["id"]]
    assert client.post(f"/agendas/{template}/restore").status_code == 422, "it stands already"
    assert sign_in(w.far_leader).post(f"/agendas/{template}/restore").status_code == 404


def test_a_running_order_that_another_was_written_over_is_put_back(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    first = a_session(db, w, 3, agenda="empty")
    do(db, "sessions.add_block", w.leader, session=first, kind="input", minutes="45", title="Ratio tables")
    before = _titles(db, a_session(db, w))
    for _ in range(2):  # the second time it is the same
        assert client.post(f"/sessions/{first}/agenda", data={"deed": "keep"}).status_code == 303
    [now] = template_queries.templates_of(db, w.group)
    page = client.get(f"/groups/{w.group}/agendas").get_data(as_text=True)
    assert "What stood before" in page and page.count("Put it back") == 1
    _press(client, page, "Put it back")
    assert _titles(db, a_session(db, w)) == before
    typed = {"kind": "TRG", "seen": str(now["version"]), "blocks-0-kind": "input", "blocks-0-minutes": "9",
             "blocks-0-title": "Only this"}  # fmt: skip
    assert client.post(f"/groups/{w.group}/agendas/edit", data=typed).status_code == 409, "it was written on the other"
    typed["seen"] = str(template_queries.template_of(db, w.group, "TRG")["version"])
    assert client.post(f"/groups/{w.group}/agendas/edit", data=typed).status_code == 303
    gone = template_queries.templates_of(db, w.group, gone=True)
    assert sorted(len(t["blocks"]) for t in gone) == [1, len(before)], "each that stood, once"
    old = next(t["id"] for t in gone if len(t["blocks"]) > 1)
    assert sign_in(w.far_leader).post(f"/agendas/{old}/restore").status_code == 404
    assert client.post(f"/agendas/{old}/restore").status_code == 303
    assert _titles(db, a_session(db, w)) == before


def test_it_says_how_many_minutes_an_agenda_has_too_many(db, world_of, sign_in):
    session = a_session(db, world_of, agenda="empty")  # three hours
    do(db, "sessions.add_block", world_of.leader, session=session, kind="input", minutes="180", title="Input")
    address, client = f"/sessions/{session}", sign_in(world_of.leader)
    page = client.get(address).get_data(as_text=True)
    assert "180 of 180 minutes" in page and "too many" not in page
    do(db, "sessions.add_block", world_of.leader, session=session, kind="break", minutes="15", title="Tea")
    page = client.get(address).get_data(as_text=True)
    assert "195 of 180 minutes" in page and "15 too many" in page


def test_the_hubs_running_orders_are_the_hubs(db, world_of, sign_in):
    w = world_of
    assert sign_in(w.leader).get("/agendas").status_code == 404
    hub = sign_in(w.administrator)
    assert "Online twilight" in hub.get("/agendas").get_data(as_text=True)
    rest = template_queries.template_of(db, None, "")
    assert hub.post(f"/agendas/{rest['id']}/drop").status_code == 422
    assert sign_in(w.far_leader).post(f"/agendas/{a_template(db, w)}/drop").status_code == 404


def test_odd_and_endless_running_orders_are_answered_in_words(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    address = f"/groups/{w.group}/agendas/edit?kind=TRG"
    assert client.post(address, data={"kind": "TRG", "seen": "", "move": f"{'9' * 5000}-up"}).status_code == 200
    session = a_session(db, w, agenda="empty")
    for n in range(61):
        do(db, "sessions.add_block", w.leader, session=session, kind="break", minutes="1", title=f"Tea {n}")
    refused = client.post(f"/sessions/{session}/agenda", data={"deed": "keep"})
    assert refused.status_code == 422 and "60 blocks at most" in refused.get_data(as_text=True)


def test_a_copied_agenda_brings_its_questions_words_notes_links_and_files_once(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    source, session = a_session(db, w, 3, agenda="empty"), a_session(db, w, 9)
    block = do(db, "sessions.add_block", w.leader, session=source, kind="input", minutes="45", title="Ratio tables",
               prompt="Where is ten?", words="In pairs", private_words="Bring counters").about  # fmt: skip
    for more in ({"url": "https://example.org/slides"}, {"file": (io.BytesIO(b"%PDF-1.7 tables"), "Tables.pdf")}):
        client.post(f"/sessions/{source}/materials", data={"block": block, **more})
    page = client.get(f"/sessions/{source}").get_data(as_text=True)
    assert "A running order keeps kinds, minutes and titles" in page
    copy = {"deed": "copy", "source": source}
    for _ in range(2):
        assert client.post(f"/sessions/{session}/agenda", data=copy).status_code == 303
        [b] = queries.agenda(db, session)
        assert (b["prompt"], b["words"], b["private_words"]) == ("Where is ten?", "In pairs", "Bring counters")
        link, file = material_queries.materials(db, session)
        assert {link["block"], file["block"]} == {b["id"]} and link["url"] == "https://example.org/slides"
    assert client.get(f"/materials/{file['id']}").data == b"%PDF-1.7 tables"


def test_the_agenda_of_another_group_is_for_whoever_leads_both(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    do(db, "groups.add_person", w.hub_lead, work_group=w.far_group, name="Bethan Leader", email="leader@example.org",
       role="leader", from_on=days(-180))  # fmt: skip
    source, session = far_session(db, w), a_session(db, w, 9)
    do(db, "sessions.add_block", w.far_leader, session=source, kind="input", minutes="45", title="Far ratio",
       private_words="Ask Olaf", prompt="Where is ten?")  # fmt: skip
    assert "Secondary Estuary</option>" in client.get(f"/sessions/{session}").get_data(as_text=True)
    copy = {"deed": "copy", "source": source}
    assert client.post(f"/sessions/{session}/agenda", data=copy).status_code == 303
    block = next(b for b in queries.agenda(db, session) if b["title"] == "Far ratio")
    assert block["prompt"] == "Where is ten?" and block["private_words"] is None, "a co-leader here leads nothing there"
    co_leader = sign_in(w.co_leader)
    assert "Secondary Estuary</option>" not in co_leader.get(f"/sessions/{session}").get_data(as_text=True)
    refused = co_leader.post(f"/sessions/{session}/agenda", data=copy)
    assert refused.status_code == 422 and "Choose another session that you lead" in refused.get_data(as_text=True)


def test_of_two_leaders_who_change_one_block_the_later_sees_both_texts(db, world_of, sign_in):
    w, block = world_of, a_block(db, world_of)
    opened = sign_in(w.leader).get(f"/blocks/{block}/edit").get_data(as_text=True)
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', opened)[1]
    said = {"kind": "arrivals", "minutes": "10", "title": "Tea", "seen": seen}
    do(db, "sessions.edit_block", w.co_leader, block=block, words="Hers <b>", **said)
    late = sign_in(w.leader).post(f"/blocks/{block}/edit", data={**said, "words": "His"})
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "Hers &lt;b&gt;" in page and "His" in page
    assert queries.block(db, block)["words"] == "Hers <b>"
    now = re.search(r'name="seen"[^>]* value="(\w+)"', page)[1]
    again = sign_in(w.leader).post(f"/blocks/{block}/edit", data={**said, "words": "His", "seen": now})
    assert again.status_code == 303 and queries.block(db, block)["words"] == "His"


def test_a_note_to_oneself_is_read_by_nobody_else_and_comes_along_with_ones_own_copy(db, world_of, sign_in):
    w, block = world_of, a_block(db, world_of)
    session, client = queries.block(db, block)["session"], sign_in(w.leader)
    said = {"kind": "input", "minutes": "9", "title": "On now"}
    wrong = client.post(f"/blocks/{block}/edit", data={**said, "minutes": "x", "mine": "Ask <b>Toby first"})
    assert wrong.status_code == 422 and "Ask &lt;b&gt;Toby first" in wrong.get_data(as_text=True)
    long = client.post(f"/blocks/{block}/edit", data={**said, "mine": "x" * 4001})
    assert long.status_code == 422 and queries.block(db, block)["title"] == "On now"
    assert client.post(f"/blocks/{block}/edit", data={**said, "mine": "Ask <b>Toby first"}).status_code == 303
    for address in (f"/sessions/{session}", f"/blocks/{block}/edit"):
        assert "Ask &lt;b&gt;Toby first" in client.get(address).get_data(as_text=True)
        for other in (w.co_leader, w.participant, w.hub_lead):
            assert "Toby first" not in sign_in(other).get(address).get_data(as_text=True)
    do(db, "sessions.note_to_self", w.co_leader, block=block, mine="Hers")
    for person, words in ((w.leader, "Ask <b>Toby first"), (w.co_leader, "Hers")):
        assert [n["words"] for n in holding.export(db, person)["block_note"]] == [words]
        other = a_session(db, w, 9)
        do(db, "sessions.copy_agenda", person, session=other, source=session)
        assert list(block_note_queries.own(db, person, other).values()) == [words]
        assert sum(len(block_note_queries.own(db, one, other)) for one in (w.leader, w.co_leader)) == 1
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    do(db, "sessions.begin_block", w.leader, block=queries.agenda(db, session)[0]["id"])
    assert "Toby first" in client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert client.post(f"/blocks/{block}/edit", data={**said, "mine": " "}).status_code == 303
    assert block_note_queries.own(db, w.leader, session) == {}
