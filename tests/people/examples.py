"""One example of every kind of the people."""

from tests.examples import Example
from tests.world import do
from workgroup import store
from workgroup.people import post


def _new_link(db, w):
    do(db, "people.ask_for_link", email="leader@example.org")
    link = store.value(db, "select link from mail where subject like 'Your sign%' order by rowid desc")
    return {"proof": link.rsplit("/", 1)[1], "token": post.new_token()}


def _own_tablet(db, w):
    do(db, "people.sign_in", w.leader, person=w.leader, token=post.new_token())
    return {"tablet": store.value(db, "select id from tablet where person = ?", (w.leader,))}


def _shared_tablet(db, w):
    do(db, "people.sign_in", w.leader, person=w.leader, token=post.new_token(), shared="y")
    return {"tablet": store.value(db, "select id from tablet where person = ?", (w.leader,))}


def _locked_tablet(db, w):
    do(db, "people.lock", w.leader, **_shared_tablet(db, w))
    return {"tablet": store.value(db, "select id from tablet where person = ?", (w.leader,))}


def _admin_role(db, w):
    return {"role": store.value(db, "select id from hub_role where role = 'administrator'")}


def _kept_numbers(db, w):
    do(db, "people.keep_trns", w.administrator, keeps="yes")
    return {"person": w.participant, "trn": "RP 12/34567"}


def empty(db, w):
    """Take the world away again: setting up happens on an empty hub."""
    with store.writing(db):
        db.conn.execute("pragma defer_foreign_keys = on")
        for table in ("tag", "engagement", "school_in_group", "membership", "work_group", "hub_role", "hub", "link",
                      "mail", "person"):  # fmt: skip
            db.conn.execute(f"delete from {table}")
    return {"hub": "New Hub", "name": "Nora", "email": "nora@example.org"}


EXAMPLES = {
    "people.set_up": Example(None, empty, ({"hub": ""}, {"email": "no"}), {"hub": "Other"}, anyone=True),
    "people.invite": Example(
        "hub_lead", lambda db, w: {"name": "New", "email": "new@example.org", "role": "administrator"},
        ({"email": "new@"}, {"role": "king"}, {"name": " "}, {"email": "adam@example.org"}),
        {"name": "Newer"}, "leader",
    ),
    "people.end_role": Example("hub_lead", _admin_role, ({"role": "x"},), not_by="administrator"),
    "people.ask_for_link": Example(
        None, lambda db, w: {"email": "leader@example.org"}, ({"email": "leader"},), anyone=True
    ),
    "people.make_link": Example(
        None, lambda db, w: {"email": "leader@example.org", "proof": post.new_token(), "code": post.new_code()},
        ({"email": "nobody@example.org"},), not_by="hub_lead",
    ),
    "people.use_link": Example(None, _new_link, ({"proof": "no such"}, {"token": ""}), anyone=True),
    "people.sign_in": Example(
        "leader", lambda db, w: {"person": w.leader, "token": post.new_token()}, ({"token": ""},)
    ),
    "people.sign_out": Example("leader", _own_tablet, ({"tablet": "x"},)),
    "people.end_sign_ins": Example(
        "administrator", lambda db, w: _own_tablet(db, w) and {"person": w.leader}, ({"person": "x"}, {"person": ""}),
        not_by="leader",
    ),
    "people.sign_others_out": Example("leader", lambda db, w: _own_tablet(db, w) and {}, not_by=None),
    "people.set_password": Example(
        "leader", lambda db, w: {"password": "a long password", "again": "a long password"},
        ({"password": "short", "again": "short"}, {"again": "no"}), not_by=None,
    ),
    "people.set_pin": Example(
        "leader", lambda db, w: {"pin": "270418", "again": "270418"},
        ({"pin": "12345", "again": "12345"}, {"again": "270419"}, {"pin": "123456", "again": "123456"},
         {"pin": "", "again": ""}), not_by=None,
    ),
    "people.edit_tablet": Example(
        "leader", lambda db, w: {**_own_tablet(db, w), "name": "Silver tablet", "shared": "y"},
        ({"name": "x" * 61}, {"tablet": "x"}), {"name": "Blue tablet"},
    ),
    "people.lock": Example("leader", _shared_tablet, ({"tablet": "x"},)),
    "people.unlock": Example("leader", _locked_tablet, ({"tablet": "x"},)),
    "people.edit_account": Example(
        "leader", lambda db, w: {"name": "Bethan New"}, ({"name": ""}, {"name": "x" * 201}), {"name": "B"}, None
    ),
    "people.keep_trns": Example(
        "administrator", lambda db, w: {"keeps": "yes"}, ({"keeps": ""}, {"keeps": "perhaps"}), {"keeps": "no"},
        "leader",
    ),
    "people.set_trn": Example(
        "participant", _kept_numbers, ({"trn": "123456"}, {"trn": "12345678"}, {"trn": "١٢٣٤٥٦٧"}, {"person": "x"}),
        {"trn": "7654321"}, "colleague",
    ),
    "people.erase": Example(
        "hub_lead", lambda db, w: {"person": w.participant}, ({"person": "x"}, {"person": ""}), not_by="administrator"
    ),
    "people.edit_hub": Example(
        "hub_lead", lambda db, w: {"name": "Hub", "seen": "1"}, ({"name": ""}, {"seen": "7"}), {"name": "Hub 2"},
    ),
}  # fmt: skip
