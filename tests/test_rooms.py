"""One rule per room: what each module may import, read from the source with `ast`."""

import ast
import re
from pathlib import Path

import pytest

from workgroup.places import PACKAGE, TEMPLATES

FLOORS = (
    ("people", "schools"), ("groups", "photos"), ("tasks", "frameworks"), ("sessions",), ("lessons", "visits"),
    ("reflections",), ("days", "plans", "journeys"), ("reviews",), ("planning", "evaluations", "reports"),
    ("hub", "privacy", "welcome"), ("home", "years"),
)  # fmt: skip
FLOOR = {feature: level for level, floor in enumerate(FLOORS) for feature in floor}
FLOOR["tablet"] = len(FLOORS)
# within a floor: schools know nothing of people's changes, but ask their rights and make ids as they do
SAME_FLOOR = {("schools", "people"), ("lessons", "visits"), ("home", "years")}
HOUSE_WITHOUT_WEB = (
    "store", "door", "ledger", "due", "clock", "fields", "number_fields", "places", "config", "handing",
)  # fmt: skip
WEB = {"flask", "workgroup.web", "workgroup.guard", "workgroup.pages", "htmx_flask"}
FORBIDDEN_NAMES = {"util", "utils", "common", "base", "helpers", "helper", "manager", "misc"}
UNSAFE = ("<style", "hx-on", "|safe", "| safe", "<script>", " style=")
FILES = sorted(p for p in PACKAGE.rglob("*.py"))


def _imports(path):
    """Yield (module, inside a function) for every import of a file, `from x import y` as both x and x.y."""
    tree = ast.parse(path.read_text())
    inside = {n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.Lambda) for n in ast.walk(f)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node in inside
        elif isinstance(node, ast.ImportFrom):
            yield node.module, node in inside
            for name in node.names:
                yield f"{node.module}.{name.name}", node in inside


def _room(path):
    parts = path.relative_to(PACKAGE).parts
    return (parts[0], path.stem) if len(parts) > 1 else ("", path.stem)


def _ours(path):
    return {m for m, _ in _imports(path) if m.split(".")[0] == "workgroup"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_what_it_may(path):
    feature, room = _room(path)
    imports = {m for m, _ in _imports(path)}
    ours = _ours(path)
    if feature == "formats" or (feature == "" and room == "clock"):
        assert not ours - {"workgroup.formats"}, ours
    if feature == "" and room in HOUSE_WITHOUT_WEB:
        assert not imports & WEB
        assert not {m for m in ours if m.split(".")[1:2] and m.split(".")[1] in FLOOR}
    if feature in FLOOR:
        room = "changes" if room.endswith("changes") else room
        if room in ("forms", "rights", "queries", "changes", "exports", "commands"):
            assert not {m.split(".")[0] for m in imports} & {"flask", "htmx_flask"}
            assert not imports & WEB
        if room == "forms":
            assert not imports & {"workgroup.store", "workgroup.door", "sqlite3"}
            assert not {m for m in ours if m.split(".")[1] in FLOOR and m.split(".")[1] != feature}
        if room in ("queries", "exports"):
            assert "workgroup.store.writing" not in imports and "workgroup.door" not in imports
        if room == "queries":
            assert not {m for m in ours if m.endswith((".changes", ".rights", ".views"))}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_room_imports_a_higher_floor(path):
    feature, _ = _room(path)
    if feature not in FLOOR:
        return
    for module in _ours(path):
        other = [*module.split("."), ""][1]
        if other in FLOOR and other != feature:
            lower = FLOOR[other] < FLOOR[feature] or (feature, other) in SAME_FLOOR
            assert lower, f"{feature} stands below {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_import_hides_inside_a_function_to_dodge_a_circle(path):
    hidden = {m for m, inside in _imports(path) if inside and m.startswith("workgroup")}
    # the command line loads the server only to serve, so that other commands start at once
    assert hidden <= {"workgroup.serving", "workgroup.serving.serve"}


@pytest.mark.parametrize("path", [p for p in FILES if p.stem in ("views", "queries", "rights", "forms")],
                         ids=lambda p: str(p.relative_to(PACKAGE)))  # fmt: skip
def test_only_changes_write(path):
    _, room = _room(path)
    code = path.read_text()
    called = {
        node.attr for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "store"
    }  # fmt: skip
    assert not called & {"writing", "put", "put_many", "alter"}
    if room == "views":
        assert "db.execute" not in code and "conn.execute" not in code, "views hold no SQL"
        assert not called & {"row", "rows", "value"}, "views ask queries"


def test_nobody_is_called_a_grab_bag():
    assert not [p for p in FILES if p.stem in FORBIDDEN_NAMES]


def test_every_module_says_what_it_is():
    silent = [str(p.relative_to(PACKAGE)) for p in FILES if not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_templates_hold_no_inline_script_style_or_unescaped_output():
    found = []
    for path in sorted(Path(TEMPLATES).rglob("*.html")):
        text = path.read_text()
        found += [f"{path.name}: {w}" for w in UNSAFE if w in text]
    assert found == []


# what each module of the browser may not touch (architecture.md): the DOM, the tablet's store, the line, kept pages
JS = PACKAGE / "static" / "js"
DOM, STORE, LINE, KEPT = r"\bdocument\b|\bwindow\b", r"\bindexedDB\b|idb\.js", r"\bfetch\(", r"\bcaches\b"
MAY_NOT = {
    "outbox": DOM + "|" + LINE, "settling": DOM + "|" + LINE, "keyring": DOM + "|" + LINE, "drafts": DOM + "|" + LINE,
    "sealing": "|".join((DOM, STORE, LINE)), "sync": DOM + "|" + STORE, "lock": "|".join((DOM, STORE, LINE)),
    "capture": STORE + "|" + LINE, "lesson-capture": STORE + "|" + LINE, "drawing": STORE + "|" + LINE,
    "pads": STORE + "|" + LINE,
    "standing": STORE + "|" + LINE, "standing-page": STORE + "|" + LINE, "moments": "|".join((DOM, STORE, LINE)),
    "visit-capture": STORE + "|" + LINE, "visit-last": STORE + "|" + LINE,
    "worker": STORE + "|" + LINE, "rehearsal": STORE + "|" + LINE,
}  # fmt: skip
KEEPERS = {"tablet", "day-pack", "offline"}  # of the pages, besides the service worker


def _code(path):
    return re.sub(r"//.*", "", path.read_text())


@pytest.mark.parametrize("name", sorted(MAY_NOT))
def test_a_module_of_the_browser_touches_only_what_it_may(name):
    found = re.search(MAY_NOT[name], _code(JS / f"{name}.js"))
    assert not found, found


@pytest.mark.parametrize("path", sorted(JS.glob("*.js")), ids=lambda p: p.stem)
def test_only_the_outbox_opens_the_store_and_only_few_see_kept_pages(path):
    code = _code(path)
    assert ("idb.js" in code) == (path.stem == "outbox") and "indexedDB" not in code
    assert path.stem in KEEPERS or not re.search(KEPT, code)


def test_the_service_worker_imports_nothing_and_knows_no_outbox_and_posts_nothing():
    code = _code(PACKAGE / "static" / "service-worker.js")
    for word in ("import", "indexedDB", "idb", "outbox", "POST", "PUT", "method:", "sendBeacon"):
        assert word not in code, word
    # what it puts into a cache has passed a test of what it is: whole, ours, this person's, and no part
    assert code.count(".put(") == 2
    keeps = code[code.index("async function keepPage") :]
    for word in ("isOurs(answer)", 'Person") !== person', "isWhole(answer)", 'Keep") !== address'):
        assert word in keeps[: keeps.index(".put(")], word
    assert '"HX-Request"' in code and "!answer.redirected" in code
