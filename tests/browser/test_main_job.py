"""The main job on real input, in a real browser against a real server: from an empty database to the hub's files."""

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.browser.driving import Server, chromium, signed_in
from workgroup import clock

pytestmark = pytest.mark.browser
DATA = Path(__file__).parent.parent / "data"
LEADER = "dana.whitlock@netley.example.org"
TEACHER, SECOND, THIRD = (
    "p.nair@argyle.example.org",
    "marek.nowak@cchampstead.example.org",
    "rahel.tesfaye@edithneville.example.org",
)


@pytest.fixture
def server(tmp_path):
    """A server on an empty database, made and filled by the command line."""
    started = Server(tmp_path / "hub.sqlite")
    yield started
    started.stop()


def _set_up(server):
    server.run("setup", "--hub", "Camden & City Maths Hub", "--name", "Helen Garrowby", "--email", "helen@example.org")
    assert "99 schools added" in server.run("import-schools", DATA / "gias_sample_2021.csv")
    said = server.run("import-year", DATA / "primary_year.json").strip().splitlines()
    return re.search(r"[0-9a-f-]{36}", said[-1]).group()


def _bring_participants(page, group):
    """Resolve the messy rows in the preview: mend one address, leave one row out."""
    page.goto(f"/groups/{group}/participants")
    page.get_by_label("The sheet").set_input_files(DATA / "participants.csv")
    page.get_by_role("button", name="Show me what will happen").click()
    page.get_by_role("button", name="Bring them in").click()
    assert page.locator("[data-focus]").evaluate("e => e === document.activeElement"), "the summary takes the focus"
    page.get_by_role("link", name=re.compile("Owen Pryce")).click()
    broken = page.locator("input[aria-invalid=true]")
    assert broken.input_value() == "owen.pryce@richardcobden"
    broken.fill("owen.pryce@richardcobden.example.org")
    page.get_by_role("group", name=re.compile("Row 14")).get_by_label("Leave this row out").check()
    page.get_by_role("button", name="Bring them in").click()
    page.wait_for_url(re.compile("/people$"))
    return page


def _plan_today(page, group):
    """Plan a session for today, with its open lesson, and open it."""
    page.goto(f"/groups/{group}/sessions/new")
    page.get_by_label("Title").fill("Small steps: equal parts")
    page.get_by_label("Day", exact=True).fill(clock.today())
    page.get_by_label("Starts").fill("00:01")
    page.get_by_label("Ends").fill("23:59")
    page.get_by_label("Host school").select_option(label="Argyle Primary School")
    page.get_by_role("button", name="Plan it").click()
    if page.get_by_label("Keep this day").count():
        page.get_by_label("Keep this day").check()
        page.get_by_role("button", name="Plan it").click()
    page.wait_for_url(re.compile("/sessions/[0-9a-f-]{36}$"))
    session = page.url.rsplit("/", 1)[1]
    page.get_by_role("link", name="Plan the open lesson").click()
    page.get_by_label("Topic").fill("Unit fractions")
    page.get_by_label("Class", exact=True).fill("Year 3")
    page.get_by_label("Who teaches").select_option(label="Priya Nair")
    page.get_by_label("Who chairs the discussion").select_option(label="Marek Nowak")
    page.get_by_label("Predicted responses").fill("Counts the parts without checking\nTurns the paper to compare")
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url(re.compile("/lessons/"))
    lesson = page.url.rsplit("/", 1)[1]
    page.goto(f"/sessions/{session}")
    page.get_by_role("button", name="Open the session").click()
    page.wait_for_url(re.compile("/run$"))
    return session, lesson


def _take_register(page):
    """Two taps a school: all of one school at once, one name, apologies for another."""
    page.get_by_role("button", name=re.compile("Both here.*Argyle")).click()
    page.get_by_role("button", name=re.compile("Both here.*Edith Neville")).click()
    page.get_by_role("button", name="Marek Nowak", exact=True).click()
    page.get_by_role("button", name=re.compile("not here.*Ellie")).click()
    page.get_by_label("Told us on").fill("2026-11-02")
    page.get_by_role("button", name="Apologies").click()
    page.get_by_text("5 of 14 here.").wait_for()
    page.locator(".person-cell", has_text="Marek Nowak").get_by_role("button").click()
    page.get_by_role("button", name="No word").click()
    page.get_by_text("4 of 14 here.").wait_for()
    page.get_by_role("button", name=re.compile("Undo: Marek Nowak")).click()
    page.get_by_text("5 of 14 here.").wait_for()
    page.get_by_role("link", name="All sent").wait_for()


def _capture(page, lesson, code, saw, words):
    page.goto(f"/lessons/{lesson}/capture")
    page.get_by_text("Another pupil or table").click()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Watch").click()
    page.get_by_role("button", name=saw).click()
    page.get_by_text("1 moment", exact=True).wait_for()
    page.get_by_label(re.compile("Words")).fill(words)
    page.get_by_role("button", name="Keep the words").click()
    page.locator("[data-last-words]").get_by_text(words).wait_for()
    page.get_by_role("link", name="All sent").wait_for()


def _share_and_reflect(teacher, lesson):
    teacher.goto(f"/lessons/{lesson}/sharing")
    assert teacher.locator(".moment").count() == 3
    teacher.locator(".moment", has_text="Second bar longer").get_by_role("button", name="Hide it").click()
    teacher.get_by_label(re.compile("My Work Group.*Everybody")).check()
    teacher.get_by_role("button", name="That is my answer").click()
    teacher.get_by_text("Shared with the Work Group").wait_for()
    teacher.goto(f"/reflections/new?lesson={lesson}")
    teacher.get_by_label(re.compile("What will you do")).fill("One non-example a week, in the plan on Sunday.")
    teacher.get_by_label(re.compile("Me and my")).check()
    teacher.get_by_role("button", name="Keep it").click()
    teacher.locator(".drawn", has_text="One non-example a week").get_by_text(re.compile(r"^\s*sent")).wait_for()


def _review(leader):
    leader.goto("/schools?q=argyle")
    leader.get_by_role("link", name="Argyle Primary School").click()
    leader.get_by_role("link", name="Note where we are").click()
    leader.get_by_label("Aspect").select_option(label="Lesson design")
    leader.get_by_label(re.compile("Developing")).check()
    leader.get_by_label("Why we think so").fill("Non-examples are in the plans of two year groups.")
    leader.get_by_label(re.compile("One non-example a week")).check()
    leader.get_by_role("button", name="Keep it").click()
    leader.get_by_label("Agreed with").fill("The headteacher")
    leader.get_by_role("button", name="Agreed with the school").click()
    leader.get_by_text(re.compile("Agreed with The headteacher")).wait_for()


def _download(page, kind, format, group):
    answer = page.context.request.get(f"/hub/exports/{kind}?format={format}&group={group}")
    assert answer.ok, answer.status
    return answer.body()


def _check_files(page, group):
    """Check both files cell by cell, CSV against XLSX and both against what was entered."""
    for kind in ("attendance", "engagement"):
        text = _download(page, kind, "csv", group)
        assert text.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        sheet = load_workbook(io.BytesIO(_download(page, kind, "xlsx", group))).worksheets[0]
        cells = [["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
        assert [[_plain(c) for c in r] for r in cells] == [[_plain(c) for c in r] for r in rows], kind
        yield [dict(zip(rows[0], r, strict=True)) for r in rows[1:]]


def _plain(cell):
    return cell[:-2] if re.fullmatch(r"\d+\.0", cell) else cell


def test_from_an_empty_database_to_the_hubs_files(server):
    group = _set_up(server)
    with chromium() as browser:
        leader = signed_in(browser, server, LEADER, "landscape")
        _bring_participants(leader, group)
        session, lesson = _plan_today(leader, group)
        _take_register(leader)
        teacher, second, third = (signed_in(browser, server, who) for who in (TEACHER, SECOND, THIRD))
        leader.goto(f"/lessons/{lesson}")
        leader.get_by_role("button", name="Start the lesson").click()
        leader.wait_for_url(re.compile("/capture$"))
        _capture(second, lesson, "A", re.compile("Counts the parts"), "Four bits so it is a quarter")
        _capture(third, lesson, "t3", re.compile("Something else"), "Convince me it isn't")
        _capture(leader, lesson, "C", re.compile("Turns the paper"), "Second bar longer")
        assert second.goto(f"/lessons/{lesson}/timeline").ok
        assert second.get_by_text("Convince me").count() == 0, "not before the discussion is open"
        leader.goto(f"/lessons/{lesson}")
        leader.get_by_role("button", name="Open the discussion").click()
        second.reload()
        for words in ("Four bits", "Convince me", "Second bar longer"):
            second.get_by_text(words).wait_for()
        leader.goto(f"/lessons/{lesson}/discussion")
        leader.get_by_role("button", name=re.compile("End the discussion")).click()
        _share_and_reflect(teacher, lesson)
        third.goto(f"/lessons/{lesson}/timeline")
        third.get_by_text("Four bits").wait_for()
        assert third.get_by_text("Second bar longer").count() == 0, "what the teacher hid stays hidden"
        leader.goto(f"/sessions/{session}/run")
        leader.get_by_role("button", name="Close the session").click()
        _review(leader)
        attendance, engagement = _check_files(leader, group)
        pages = (leader, teacher, second, third)
        troubles = [t for p in pages for t in p.troubles if "422" not in t and "autocomplete" not in t]
        assert troubles == []
    today = [r for r in attendance if r["date"] == clock.today()]
    status = {r["participant"]: (r["status"], r["attending_as"]) for r in today}
    assert status["Priya Nair"] == ("present", "participant") and status["Marek Nowak"][0] == "present"
    assert status["Ellie D'Souza"][0] == "apologies" and len(today) == 6
    told = next(r for r in today if r["participant"] == "Ellie D'Souza")
    assert (told["told_on"], told["host_school"], told["half_term"] != "") == (
        "2026-11-02",
        "Argyle Primary School",
        True,
    )
    argyle = next(r for r in engagement if r["school"] == "Argyle Primary School")
    assert (argyle["urn"], argyle["state"], argyle["lesson_design_step"]) == ("100008", "registered", "Developing")
    assert (argyle["sessions_attended"], argyle["both_teachers_sessions"]) == ("1", "1")
