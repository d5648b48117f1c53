"""F11, F13, F15: script as text, refused entries, a full tablet, a file, storage that may go."""

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.tablets import OURS, all_stand, ask_again, indicator, note, refuse, rows, standings, wait_until
from tests.world import do
from workgroup.places import PACKAGE

pytestmark = pytest.mark.browser
JS = sorted((PACKAGE / "static" / "js").glob("*.js"))
FULL = """
for (const [kind, name] of [[IDBObjectStore, "add"], [IDBObjectStore, "put"], [IDBCursor, "update"]]) {
  const plain = kind.prototype[name];
  kind.prototype[name] = function (...row) {
    if (globalThis.isFull) throw new DOMException("No room", "QuotaExceededError");
    return plain.apply(this, row);
  };
}"""
WATCHED = """
addEventListener("securitypolicyviolation", (event) => console.error("Security Policy:", event.violatedDirective));"""
SCRIPTS = (
    '<img src=x onerror="globalThis.ran=1">', "<script>globalThis.ran=1</script>", "<svg onload=globalThis.ran=1>",
    '"><script>globalThis.ran=1</script>', "javascript:globalThis.ran=1", "{{7*7}}${7*7}", "='=HYPERLINK(1)",
)  # fmt: skip
SCRIPT = " ".join(SCRIPTS)


# F11


def _pages_of(hall):
    return [
        hall.notes, f"/sessions/{hall.session}", f"/sessions/{hall.session}/run", hall.capture,
        f"/lessons/{hall.lesson}", f"/lessons/{hall.lesson}/mine", f"/lessons/{hall.lesson}/timeline",
        f"/lessons/{hall.lesson}/discussion", "/reflections", f"/reflections/new?session={hall.session}",
        "/standing", "/",
    ]  # fmt: skip


def _nothing_ran(page):
    assert page.evaluate("globalThis.ran ?? null") is None
    assert page.locator("main img, main script").count() == 0


def _write_script_everywhere(hall, page):
    note(page, f"note {SCRIPT}")
    page.get_by_label("Decision", exact=True).fill(f"decision {SCRIPT}")
    page.get_by_role("button", name="Keep the decision").click()
    page.locator("summary", has_text="Write the summary").click()
    page.get_by_label("Summary", exact=True).fill(f"summary {SCRIPT}")
    page.get_by_role("button", name="Keep the summary").click()
    wait_until(page, lambda rows: len(rows) == 3)
    page.goto(hall.capture)
    page.get_by_role("button", name="Something else").click()
    page.locator("[data-count]", has_text="1 moment").wait_for()
    page.get_by_label(re.compile("Words, now or later")).fill(f"moment {SCRIPT}")
    page.get_by_role("button", name="Keep the words").click()
    page.locator("[data-last-words]", has_text="moment <img").wait_for()
    page.goto(f"/reflections/new?session={hall.session}")
    page.get_by_label(re.compile("What will you do")).fill(f"reflection {SCRIPT}")
    page.get_by_role("button", name="Keep it", exact=True).click()
    wait_until(page, lambda rows: len(rows) == 6)


def test_f11_script_in_every_captured_field_is_text_on_every_page_here_and_sent(hall):
    page = hall.tablet("leader", hall.notes, init=WATCHED)
    hall.proxy.fault("refuse", "/sync")
    _write_script_everywhere(hall, page)
    for path in (*_pages_of(hall)[:1], *_pages_of(hall)[5:6], "/standing"):
        page.goto(path)
        page.get_by_text("<script>globalThis.ran=1</script>").first.wait_for()
        _nothing_ran(page)
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 6)
    with hall.record() as db:
        do(db, "lessons.open_discussion", hall.w.leader, lesson=hall.lesson)
        do(db, "lessons.discuss", hall.w.leader, lesson=hall.lesson, step="evidence", words=f"said {SCRIPT}")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        for path in _pages_of(hall):
            page.goto(path)
            _nothing_ran(page)
    timeline, discussion = (f"/lessons/{hall.lesson}/{name}" for name in ("timeline", "discussion"))
    for path, said in ((hall.notes, "note"), (hall.notes, "decision"), (hall.notes, "summary"),
                       (timeline, "moment"), (discussion, "said")):  # fmt: skip
        page.goto(path)
        assert page.get_by_text(f"{said} {SCRIPT}").count() >= 1, said


def test_f11_script_and_formulas_are_text_in_the_hubs_files(hall):
    page = hall.tablet("leader", hall.notes, init=WATCHED)
    page.locator("summary", has_text="Write the summary").click()
    page.get_by_label("Summary", exact=True).fill(f"=1+1 {SCRIPT}")
    page.get_by_role("button", name="Keep the summary").click()
    all_stand(page, "sent", 1)
    files = {}
    for format in ("csv", "xlsx"):
        answer = page.context.request.get(f"/hub/exports/attendance?format={format}&group={hall.w.group}")
        assert answer.ok, answer.status
        files[format] = answer.body()
    table = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    cells = [cell for row in table for cell in row if "<script>" in cell]
    assert cells and all(not cell.startswith("=") for cell in cells)
    sheet = load_workbook(io.BytesIO(files["xlsx"])).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if "<script>" in str(cell.value)]
    assert len(found) == len(cells) and all(cell.data_type == "s" for cell in found)


# F13


def test_f13_a_refused_entry_is_kept_shown_put_aside_taken_up_changed_and_sent(hall):
    page = hall.tablet("leader", hall.notes)
    refuse(page, "Nobody reads this")
    note(page, "Nobody reads this")
    indicator(page, "1 refused")
    page.locator("[data-drawn='sessions.note'] .error", has_text="Enter a note.").wait_for()
    page.goto("/standing")
    page.get_by_text("Nobody reads this", exact=True).wait_for()
    page.get_by_role("button", name="Put it aside").click()
    indicator(page, "Nothing waits")
    page.reload()
    page.locator("summary", has_text="Put aside").click()
    page.get_by_role("button", name="Take it up again").click()
    indicator(page, "1 refused")
    page.get_by_role("button", name="Change the words").click()
    page.locator("[data-list=refused] textarea").fill("Somebody reads this")
    page.get_by_role("button", name="Send it like this").click()
    all_stand(page, "sent", 1)
    assert hall.all("select words from session_note") == [("Somebody reads this",)]


def test_f13_whatever_was_refused_about_an_entry_can_be_changed(hall):
    page = hall.tablet("leader", hall.notes)
    page.evaluate(
        f"""(lesson) => ({OURS})().then(({{ keep }}) => keep({{ id: crypto.randomUUID(), kind: "lessons.notice",
          fields: {{ lesson, second: "1:00", code: "Amelia Smith", words: "Folded twice" }} }}))""",
        hall.lesson,
    )
    indicator(page, "1 refused")
    page.goto("/standing")
    page.get_by_role("button", name="Change it").click()
    assert page.get_by_label("Your words").input_value() == "Folded twice"
    code = page.get_by_label("Who, by code")
    expect(code).to_be_focused()
    code.fill("a")
    page.get_by_role("button", name="Send it like this").click()
    all_stand(page, "sent", 1)
    assert hall.all("select code, words from noticing") == [("Pupil A", "Folded twice")]


def test_f13_an_edit_stays_under_the_finger_while_the_page_hears_of_other_things(hall):
    page = hall.tablet("leader", hall.notes)
    refuse(page, "Refused")
    note(page, "Refused")
    indicator(page, "1 refused")
    page.goto("/standing")
    page.get_by_role("button", name="Change the words").click()
    page.locator("[data-list=refused] textarea").fill("In the middle of it")
    page.get_by_role("button", name="Send it like this").focus()
    other = hall.page(page.context, hall.notes)
    note(other, "From another tab")
    page.locator("[data-list=sent]", has_text="From another tab").wait_for(state="attached")
    assert page.locator("[data-list=refused] textarea").input_value() == "In the middle of it"


def test_f13_a_full_tablet_says_so_and_leaves_the_words_in_their_box(hall):
    page = hall.tablet("leader", hall.notes, init=FULL)
    indicator(page, "Nothing waits")
    page.evaluate("globalThis.isFull = true")
    page.get_by_label("Note", exact=True).fill("No room for this")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_role("alert").get_by_text("This tablet is full").wait_for()
    assert page.get_by_label("Note", exact=True).input_value() == "No room for this"
    assert rows(page) == [] and page.url.endswith(hall.notes)
    assert not any(seen.method == "POST" and seen.path != "/sync" for seen in hall.proxy.seen)
    page.evaluate("globalThis.isFull = false")
    page.get_by_role("button", name="Keep the note").click()
    all_stand(page, "sent", 1)
    assert page.get_by_role("alert").count() == 0
    page.goto(hall.capture)
    page.evaluate("globalThis.isFull = true")
    page.get_by_role("button", name="Something else").click()
    page.get_by_role("alert").get_by_text("This tablet is full").wait_for()
    page.locator("[data-count]", has_text="0 moments").wait_for()


def test_f13_what_waits_on_a_full_tablet_still_reaches_the_server_and_is_sent_when_there_is_room(hall):
    page = hall.tablet("leader", hall.notes, init=FULL)
    note(page, "Long before")
    all_stand(page, "sent", 1)
    hall.proxy.fault("refuse", "/sync")
    note(page, "Before it was full")
    indicator(page, "1 here since")
    hall.proxy.heal()
    page.evaluate("globalThis.isFull = true")
    ask_again(page)
    indicator(page, "this tablet is full")
    kept = hall.all("select words from session_note order by at")
    assert kept == [("Long before",), ("Before it was full",)]
    assert standings(page) == ["sent", "here"], "no receipt could be written down"
    page.evaluate("globalThis.isFull = false")
    ask_again(page)
    all_stand(page, "sent", 2)
    assert len(hall.all("select 1 from session_note")) == 2


def test_f13_a_file_goes_to_another_tablet_and_is_sent_there_by_its_author_alone(hall, tmp_path):
    one = hall.tablet("leader", hall.notes)
    hall.proxy.fault("refuse", "/sync")
    for words in ("Carried", "Carried too"):
        note(one, words)
    one.goto("/standing")
    with one.expect_download() as told:
        one.get_by_role("button", name="Save to a file").click()
    path = tmp_path / told.value.suggested_filename
    told.value.save_as(path)
    one.get_by_text("2 entries saved. They are still here too.").wait_for()
    assert "Carried" not in path.read_text()
    hall.proxy.heal()
    other = hall.tablet("co_leader", "/standing")
    other.locator("#open-file").set_input_files(path)
    other.get_by_text("2 entries came from the file.").wait_for()
    other.get_by_text("2 entries, until whoever wrote them signs in on this tablet.").wait_for()
    assert "Carried" not in other.content()
    ask_again(other)
    assert standings(other) == ["here", "here"]
    other.context.add_cookies([hall.cookie("leader")])
    other.goto("/")
    all_stand(other, "sent", 2)
    assert [w for (w,) in hall.all("select words from session_note order by at")] == ["Carried", "Carried too"]
    ask_again(one)
    all_stand(one, "sent", 2)
    assert len(hall.all("select 1 from session_note")) == 2
    one.locator("#open-file").set_input_files(path)
    one.get_by_text("Everything in this file is here already.").wait_for()
    one.locator("#open-file").set_input_files(Path(__file__))
    one.get_by_text("This is not a file that Workgroup saved. Nothing was changed.").wait_for()


def test_f13_nothing_in_the_code_takes_out_an_unsent_entry():
    takes = re.compile(r"^.*(?:\.delete\(|\.clear\(|deleteDatabase|deleteObjectStore).*$", re.M)
    taking = {path.name: takes.findall(path.read_text(encoding="utf-8")) for path in JS}
    of_entries = {name for name, lines in taking.items() if any("entr" in line or "cursor" in line for line in lines)}
    assert of_entries == {"settling.js"}
    tidy = (PACKAGE / "static" / "js" / "settling.js").read_text(encoding="utf-8")
    (rule,) = re.findall(r"if \((.+)\) continue;\n[^\n]*piece[^\n]*\n\s+cursor\.delete\(\);", tidy)
    assert rule == 'row.standing !== "sent" || isHeld || !(row.sent_at < old)'
    lines = "\n".join(line for found in taking.values() for line in found)
    assert "Database" not in lines and "deleteObjectStore" not in lines
    assert set(re.findall(r'(?:objectStore\(|db\.delete\()"(\w+)"', lines)) <= {"draft", "piece", "key", "fact"}
    served = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(re.findall(r"Clear-Site-Data\"\] = '([^']+)'", served)) == {'"cache"'}, "sign-out clears no storage"


# F15


def test_f15_storage_that_may_be_cleared_is_said_and_more_strongly_after_three_days(hall):
    refused = "navigator.storage.persist = async () => false; navigator.storage.persisted = async () => false;"
    page = hall.tablet("leader", hall.notes, init=refused, setup=lambda p: p.clock.install())
    hall.proxy.fault("refuse", "/sync")
    note(page, "Waits long")
    page.goto("/standing")
    page.locator("[data-storage]", has_text="This browser may clear what a site keeps").wait_for()
    assert page.locator("[data-storage-mark]").inner_text() == "may be cleared"
    page.get_by_role("button", name="Ask this browser to keep it").click()
    page.locator("[data-storage]", has_text="This browser said no for now").wait_for()
    notice = page.locator("[data-waits-long]")
    assert not notice.is_visible()
    page.clock.fast_forward(73 * 3_600_000)
    notice.get_by_text("1 entry has waited on this tablet since").wait_for()
    assert "save it to a file" in notice.inner_text() and "wrong" in notice.get_attribute("class").split()


def test_f15_the_browser_is_asked_to_keep_what_is_here_once_something_was_written(hall):
    counting = "navigator.storage.persisted = async () => false; navigator.storage.persist = async () => {" \
        " window.askedToPersist = (window.askedToPersist ?? 0) + 1; return false; };"  # fmt: skip
    page = hall.tablet("leader", f"/sessions/{hall.session}/notes", init=counting)
    page.locator("[data-standing]", has_text="Nothing waits").wait_for()
    assert page.evaluate("window.askedToPersist") is None, "not before there is something to keep"
    note(page, "First.")
    note(page, "Second.")
    assert page.evaluate("window.askedToPersist") == 1
