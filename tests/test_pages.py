"""What every page shares: errors in words, headers, static files, and who is sent to sign in."""

import re

from tests.tasks.examples import a_task
from tests.world import do
from workgroup import ledger, store, web
from workgroup.people import post
from workgroup.tasks import queries as tasks


def test_what_is_not_there_says_so_in_words(world_of, sign_in):
    for client in (sign_in(world_of.leader), sign_in(None)):
        answer = client.get("/no-such-page")
        assert answer.status_code == 404
        assert "nothing here for you" in answer.get_data(as_text=True)


def test_signed_out_a_page_asks_to_sign_in_and_leads_back(world_of, sign_in):
    answer = sign_in(None).get("/account?a=b")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?then=/account?a%3Db"


def test_signed_out_a_form_is_not_lost_in_a_redirect(world_of, sign_in):
    answer = sign_in(None).post("/account", data={"name": "Typed long"})
    assert answer.status_code == 401
    assert "has not been saved yet" in answer.get_data(as_text=True)


def test_every_page_has_a_strict_policy_and_private_pages_are_not_stored(world_of, sign_in):
    answer = sign_in(world_of.leader).get("/account")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_browser_is_told_to_put_no_page_by_signed_in_or_not(app, world_of):
    for path in ("/sign-in", "/set-up", "/nothing-here"):
        assert app.test_client().get(path).headers["Cache-Control"] == "no-store", path


def test_static_files_lie_under_their_fingerprint_and_are_kept_long(app):
    page = app.test_client().get("/set-up").get_data(as_text=True)
    (address,) = re.findall(r'href="(/static/[0-9a-f]{12}/css/house.css)"', page)
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    old = app.test_client().get(re.sub(r"[0-9a-f]{12}", "0" * 12, address))
    assert old.status_code == 200 and old.headers["Cache-Control"] == "no-cache"
    assert app.test_client().get(address.replace("house.css", "../../places.py")).status_code == 404


def test_a_busy_database_says_so_on_the_page_and_saves_nothing(app, db, world_of, sign_in):
    client = sign_in(world_of.leader)
    app.testing = False
    with app.app_context():
        web.database().conn.execute("pragma busy_timeout = 50")
    with store.writing(db):
        answer = client.post("/account", data={"name": "Late Name", "change_id": post.new_id()})
    assert answer.status_code == 503
    assert "busy" in answer.get_data(as_text=True)
    assert store.value(db, "select name from person where id = ?", (world_of.leader,)) == "Bethan Leader"


def test_a_form_sent_twice_by_a_double_tap_is_one_change(db, world_of, sign_in):
    client, id = sign_in(world_of.leader), post.new_id()
    before = store.value(db, "select count(*) from ledger")
    for _ in range(2):
        assert client.post("/account", data={"name": "Once", "change_id": id}).status_code == 303
    assert store.value(db, "select count(*) from ledger") == before + 1


def test_script_text_in_a_name_is_shown_as_text(db, world_of, sign_in):
    do(db, "people.edit_account", world_of.leader, name="<script>alert(1)</script>")
    page = sign_in(world_of.leader).get("/account").get_data(as_text=True)
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_an_enormous_form_is_refused_in_words(world_of, sign_in):
    answer = sign_in(world_of.leader).post("/account", data={"name": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "too large" in answer.get_data(as_text=True)


def test_what_arrives_while_a_page_is_drawn_is_not_counted_as_shown_on_it(db, world_of, sign_in, monkeypatch):
    w, task = world_of, a_task(db, world_of)
    read = tasks.returns

    def returns_then_one_more(*asked):
        found = read(*asked)
        monkeypatch.setattr(tasks, "returns", read)
        do(db, "tasks.return", w.participant, gap_task=task, went="did it", words="Came meanwhile")
        return found

    client = sign_in(w.participant)
    monkeypatch.setattr(tasks, "returns", returns_then_one_more)
    page = client.get(f"/gap-tasks/{task}").get_data(as_text=True)
    assert "Came meanwhile" not in page
    [shown] = re.findall(r'data-number="([0-9]+)"', page.split("</head>")[0])
    assert int(shown) == ledger.head(db)["number"] - 1
