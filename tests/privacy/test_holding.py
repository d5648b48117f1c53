"""What is held about a person: all of it for themselves, facts and counts for the hub, and nobody else in it."""

import base64
import html
import json
import re

import pytest
from click.testing import CliRunner
from markupsafe import escape

from tests.lessons.examples import a_lesson, a_sketch, a_whole_photo
from tests.pictures import jpeg
from tests.reviews.examples import a_review
from tests.sessions.examples import a_block, a_session
from tests.world import days, do
from workgroup import clock, holding, store
from workgroup.cli import main
from workgroup.privacy import telling

SECRET = "Candid words of mine"


@pytest.fixture
def written(db, world_of):
    """A participant who taught a lesson and reflected on it, and a colleague who noticed something in it."""
    w = world_of
    lesson = a_lesson(db, w)
    session = store.value(db, "select session from lesson where id = ?", (lesson,))
    mine = do(db, "reflections.write", w.participant, session=session, visibility="specialist", state="final",
              words=SECRET).about  # fmt: skip
    do(db, "reflections.reply", w.leader, reflection=mine, words="Thank you, from Bethan Leader")
    do(db, "lessons.notice", w.participant, lesson=lesson, second="2:00", words="sunita neighbour asked; bring it")
    do(db, "lessons.notice", w.colleague, lesson=lesson, second="1:00", words="Toby Colleague saw thirds")
    do(db, "reflections.write", w.colleague, session=session, visibility="me", state="final", words="His alone")
    return w


def test_a_person_sees_all_that_is_held_about_them_and_of_others_only_that_they_are_somebody(db, written, sign_in):
    w, client = written, sign_in(written.participant)
    page = client.get("/account/record")
    text = page.get_data(as_text=True)
    assert SECRET in text and "Staithe Lane Primary School" in text and "Thank you, from somebody else" in text
    assert "somebody else saw thirds" in text, "what was noticed in her lesson is about her too"
    assert "seen by: you and the leaders" in text and "minute of the lesson: 1:00" in text
    assert "His alone" not in text and "Toby Colleague" not in text
    assert "somebody else asked; bring it" in text and "sunita" not in text, "in her own words neither"
    file = client.get("/account/record.json")
    assert file.headers["Cache-Control"] == "no-store" and "attachment" in file.headers["Content-Disposition"]
    told = json.loads(file.data)
    assert told["reflection_words"][0]["words"] == SECRET and told["membership"][0]["person"] == w.participant
    everything = file.get_data(as_text=True)
    assert "_hash" not in everything and "/sign-in/" not in json.dumps([m.get("link") for m in told["mail"]])
    for other in (w.colleague, w.leader, w.co_leader, w.hub_lead):
        assert other not in everything, "every reference to somebody else is redacted"


def _page_file(settings, tmp_path, email):
    """Return the page that the command line writes of somebody."""
    out = tmp_path / "record.html"
    asked = ["person", "export", email, "--format", "html", "--out", str(out)]
    run = CliRunner().invoke(main, ["--database", str(settings.database), *asked])
    assert run.exit_code == 0, run.output
    assert out.stat().st_mode & 0o777 == 0o600
    return out.read_text()


def test_the_page_to_take_along_stands_alone_and_holds_what_the_data_holds(
    db, written, settings, tmp_path, sign_in
):  # fmt: skip
    w = written
    session = store.value(db, "select session from lesson")
    do(db, "reflections.write", w.participant, session=session, visibility="me", state="final",
       words="<script>alert(1)</script> & more\nin two lines")  # fmt: skip
    picture = jpeg()
    photo = a_whole_photo(db, w, picture, by="participant", lesson=store.value(db, "select id from lesson"))
    a_sketch(db, w, by="participant", lesson=store.value(db, "select id from lesson"))
    client = sign_in(w.participant)
    text = _page_file(settings, tmp_path, "participant@example.org")
    found = holding.export(db, w.participant)
    assert SECRET in text and "Staithe Lane Primary School" in text and "Thank you, from somebody else" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more<br>in two lines" in text and "<script" not in text
    assert f'<img src="data:image/jpeg;base64,{base64.b64encode(picture).decode()}"' in text
    (sketch,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="Four parts"', text)
    assert base64.b64decode(sketch).startswith(b"<svg ") and b"<script" not in base64.b64decode(sketch)
    titles = {html.unescape(t) for t in re.findall(r'part-\d+">([^<]+)</a>', text)}
    assert titles == {telling.NAMES[t] for t, rows in found.items() if t in telling.NAMES and rows}
    for table, rows in found.items():  # whatever anybody wrote there stands in both
        for row in rows if table in telling.NAMES else ():
            for line in (row.get("words") or "").splitlines():
                assert str(escape(line)) in text
    assert "today " not in text.split("</style>")[1] and f"{clock.say_day(clock.today(), year=True)} " in text
    assert not re.search(r"(src|href|action)=[\"'](?!#|data:)|@import|url\(", text), "nothing is fetched"
    assert "default-src 'none'" in text and '<html lang="en-GB">' in text and "@page" in text
    saved = client.get("/account/record.html")
    assert saved.get_data(as_text=True) == text and "my-record.html" in saved.headers["Content-Disposition"]
    told = json.loads(client.get("/account/record.json").data)
    assert [p["picture"][:22] for p in told["photo"] if p["id"] == photo] == ["data:image/jpeg;base64"]


def test_no_other_person_stands_in_a_leader_s_page_or_data(db, written, settings, tmp_path):
    w = written
    do(db, "groups.add_person", w.leader, work_group=w.group, name="Nora Newcomer", email="nora@example.org",
       role="participant", school=w.school2)  # fmt: skip
    a_review(db, w, agreed=True)
    do(db, "tasks.set", w.leader, work_group=w.group, school_in_group=w.in_group, words="Ask Nora Newcomer")
    do(db, "visits.plan", w.leader, school_in_group=w.in_group, on_day=days(3), purpose="Nora Newcomer, twice")
    run = CliRunner().invoke(main, ["--database", str(settings.database), "person", "export", "leader@example.org"])
    told = json.loads(run.output)
    assert told["person"][0]["name"] == "Bethan Leader" and told["mail"] and told["reflection_reply"]
    assert told["review"][0]["words"] == "Equal is on a wall." and "somebody else, twice" in run.output
    assert "Ask somebody else" in [one["words"] for one in told["gap_task"]]
    page = _page_file(settings, tmp_path, "leader@example.org")
    assert "Ask somebody else" in page and "Gap tasks set" in page
    assert "Equal is on a wall." in page and "somebody else, twice" in page
    others = store.rows(db, "select id, name, email from person where id <> ?", (w.leader,))
    for text in (run.output, page):
        assert [p for p in others for v in p.values() if v and v in text] == [] and "Mrs Breck" not in text


def test_the_hub_reads_facts_and_counts_and_never_a_word(db, written, sign_in):
    w = written
    for who in (w.administrator, w.hub_lead):
        text = sign_in(who).get(f"/people/{w.participant}/record").get_data(as_text=True)
        assert "participant@example.org" in text and "Reflections: words" in text
        assert SECRET not in text and "thirds" not in text and "Thank you" not in text
        assert ("/erase" in text) == (who == w.hub_lead)
    for who in (w.leader, w.colleague, w.outsider):
        assert sign_in(who).get(f"/people/{w.participant}/record").status_code == 404
        assert sign_in(who).get("/people/everybody").status_code == 404


def test_everybody_is_found_by_a_part_of_their_name(db, world_of, sign_in):
    client = sign_in(world_of.administrator)
    text = client.get("/people/everybody?name=neigh").get_data(as_text=True)
    assert "Sunita Neighbour" in text and "Bethan" not in text
    assert "Try a shorter part" in client.get("/people/everybody?name=zzz").get_data(as_text=True)
    assert client.get("/people/nobody/record").status_code == 404


def test_every_table_that_is_told_has_a_name_and_every_reference_to_people_is_followed(db, world_of):
    told = set(holding.export(db, world_of.leader)) - {"named_in", "activity"}
    assert told <= set(telling.NAMES)
    everywhere = {table for table, _ in holding.references(db)}
    named = {one["table"] for one in holding.named_in(db, world_of.leader)}
    assert named <= everywhere and not named & told


def test_of_a_running_order_only_private_words_are_somebodys(db, world_of):
    w = world_of
    session = a_session(db, w)
    for title, words in (("Arrivals", ""), ("Input", "Mind the time")):
        do(db, "sessions.add_block", w.leader, session=session, kind="input", minutes="10", title=title,
           private_words=words)  # fmt: skip
    assert [b["private_words"] for b in holding.export(db, w.leader)["agenda_block"]] == ["Mind the time"]


def test_somebody_new_has_a_page_without_a_word(db, world_of, sign_in):
    page = sign_in(world_of.outsider).get("/account/record").get_data(as_text=True)
    assert "What is held about you" in page and "Secondary Estuary" in page


def test_private_words_are_of_whoever_wrote_them_last_and_of_nobody_else_who_planned(db, world_of):
    w, block = world_of, a_block(db, world_of)
    edited = {"block": block, "kind": "break", "minutes": "10"}
    do(db, "sessions.edit_block", w.leader, **edited, title="Tea", private_words="Mine")
    do(db, "sessions.edit_block", w.co_leader, **edited, title="Coffee", private_words="Mine")
    assert "Mine" in _private(db, w.leader) and "Mine" not in _private(db, w.co_leader), "only the title is another"
    do(db, "sessions.edit_block", w.co_leader, **edited, title="Coffee", private_words="Hers")
    assert "Hers" not in _private(db, w.leader) and "Hers" in _private(db, w.co_leader)
    do(db, "people.erase", w.hub_lead, person=w.leader)
    assert store.value(db, "select private_words from agenda_block where id = ?", (block,)) == "Hers"
    with store.writing(db):
        db.conn.execute("delete from ledger_words")
    assert "Hers" in _private(db, w.co_leader), "where it is not known any more who wrote it, it is told and erased"


def _private(db, person):
    return [b["private_words"] for b in holding.export(db, person)["agenda_block"]]
