"""What tablets hold from earlier releases: a whole store of each, as JSON, in tests/data/old_outboxes/.

`python -m tests.browser.old_outboxes 2` writes 2.json from the release as it is now; do so before a release that
changes what the store looks like, and never touch one that is there. The words are sealed with the key that lies in it.
"""

import json
import sys
import tempfile
from pathlib import Path

from tests import world
from tests.browser import tablets
from tests.lessons.examples import PREDICTED
from tests.world import days

HERE = Path(__file__).parent.parent / "data" / "old_outboxes"
SESSION, LESSON = "0e7d3f52-6c2b-4a55-9a40-5a0c1f7f0001", "0e7d3f52-6c2b-4a55-9a40-5a0c1f7f0002"
_BYTES = """
  const told = (one) => {
    if (one instanceof ArrayBuffer) return { buffer: [...new Uint8Array(one)] };
    if (ArrayBuffer.isView(one)) return { array: [...one] };
    return one;
  };
  const meant = (one) => {
    if (one?.buffer) return new Uint8Array(one.buffer).buffer;
    return one?.array ? new Uint8Array(one.array) : one;
  };
  const each = (row, deed) => Object.fromEntries(Object.entries(row).map(([name, one]) => [name, deed(one)]));
"""
DUMP = f"""() => new Promise((done) => {{ {_BYTES}
  const asked = indexedDB.open("workgroup");
  asked.onsuccess = () => {{
    const db = asked.result, names = [...db.objectStoreNames], tx = db.transaction(names), stores = [];
    for (const name of names) {{
      const store = tx.objectStore(name), all = store.getAll();
      const indexes = [...store.indexNames].map((one) => [one, store.index(one).keyPath]);
      all.onsuccess = () => stores.push({{ name, keyPath: store.keyPath, indexes,
        rows: all.result.map((row) => each(row, told)) }});
    }}
    tx.oncomplete = () => {{ done({{ version: db.version, stores }}); db.close(); }};
  }};
}})"""
LOAD = f"""({{ version, stores }}) => new Promise((done, broken) => {{ {_BYTES}
  const asked = indexedDB.open("workgroup", version);
  asked.onerror = () => broken(asked.error);
  asked.onupgradeneeded = () => {{
    for (const {{ name, keyPath, indexes, rows }} of stores) {{
      const store = asked.result.createObjectStore(name, {{ keyPath }});
      for (const [index, path] of indexes) store.createIndex(index, path);
      for (const row of rows) store.add(each(row, meant));
    }}
  }};
  asked.onsuccess = () => {{ asked.result.close(); done(); }};
}})"""


def the_room(db, w):
    """Make the session and the lesson that old entries belong to, under the ids they have there."""
    world.do(
        db, "sessions.plan", w.leader, id=SESSION, work_group=w.group, kind="TRG", title="Of an earlier release",
        day=days(0), starts="09:00", ends="12:00", mode="room", host=w.school, anyway="y", agenda="usual",
    )  # fmt: skip
    world.do(db, "sessions.set_state", w.leader, session=SESSION, state="open")
    world.do(
        db, "lessons.plan", w.leader, id=LESSON, session=SESSION, teacher=w.participant, chair=w.co_leader,
        class_name="Year 3", topic="Quarters", predicted=PREDICTED,
    )  # fmt: skip
    world.do(db, "lessons.start", w.leader, lesson=LESSON)


def load(page, path, person):
    """Put an old store into a browser before any page of ours opened it; what is in it is this person's."""
    page.route("**/nowhere", lambda asked: asked.fulfill(body="<title>Nothing</title>", content_type="text/html"))
    page.goto("/nowhere")
    text = Path(path).read_text(encoding="utf-8")
    told = json.loads(text)
    page.evaluate(LOAD, json.loads(text.replace(told["person"], person)))


def ids(path):
    """Return the ids of the entries that an old store holds."""
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    return {row["id"] for store in told["stores"] if store["name"] == "entry" for row in store["rows"]}


def main(name):
    """Write what a tablet of this release holds after half a morning without a line."""
    with tempfile.TemporaryDirectory() as place, tablets.a_browser() as browser:
        original = Path(place, "original.sqlite")
        w = tablets.furnish(original)
        with tablets.a_hall(browser, original, Path(place), w) as hall:
            with hall.record() as db:
                the_room(db, w)
            told = _half_a_morning(hall)
    HERE.mkdir(exist_ok=True)
    told["person"] = w.leader
    (HERE / f"{name}.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _half_a_morning(hall):
    page = hall.tablet("leader", f"/sessions/{SESSION}/notes")
    tablets.note(page, "Sent before the line went")
    tablets.all_stand(page, "sent", 1)
    tablets.refuse(page, "Refused then")
    tablets.note(page, "Refused then")
    tablets.indicator(page, "1 refused")
    hall.proxy.fault("refuse", "/sync")
    tablets.note(page, "Waited through the upgrade")
    page.get_by_label("Decision", exact=True).fill("Decided before the upgrade")
    page.get_by_role("button", name="Keep the decision").click()
    page.locator("summary", has_text="Write the summary").click()
    page.get_by_label("Summary", exact=True).fill("Summed up before the upgrade")
    page.get_by_role("button", name="Keep the summary").click()
    page.get_by_label("Note", exact=True).fill("Half a senten")
    tablets.wait_until(page, lambda rows: [row["size"] for row in rows] == [13 + 2 + 16], store="draft")
    page.goto(f"/lessons/{LESSON}/capture")
    page.get_by_role("button", name="Something else").click()
    page.locator("[data-count]", has_text="1 moment").wait_for()
    page.get_by_label("Words, now or later").fill("Seen before the upgrade")
    page.get_by_role("button", name="Keep the words").click()
    page.locator("[data-last-words]", has_text="Seen before the upgrade").wait_for()
    tablets.wait_until(page, lambda rows: len(rows) == 7)
    return page.evaluate(DUMP)


if __name__ == "__main__":
    main(sys.argv[1])
