"""Reading people. Names of colleagues are not private here; e-mails and phones are asked for with a viewer."""

import json

from workgroup import clock, store

RUNNING = ("lead", "administrator")  # the hub roles that run it
# whoever a person is here: themselves, and as a visitor too
ALSO_AS_VISITOR = "select id from person where id = :person or joined_to = :person"
JUST_NOW = 1800  # seconds that a sign-in proves who it is, as long as a link to sign in by lasts


def is_empty(db):
    """Tell whether nobody is in the record yet."""
    return store.is_new(db)


def hub(db):
    """Return the hub's own row, or None before the set-up."""
    return store.row(db, "select * from hub")


def keeps_trn(db):
    """Tell whether the hub keeps teacher reference numbers."""
    return bool(store.value(db, "select keeps_trn from hub"))


def has_trn(db, trn, other_than):
    """Tell whether somebody else has this teacher reference number."""
    sql = "select 1 from person where trn = ? and trn is not null and id <> ?"
    return store.value(db, sql, (trn, other_than)) is not None


def count_trns(db):
    """Return how many people have given theirs."""
    return store.value(db, "select count(*) from person where trn is not null")


def has_hub_role(db, person, on, roles):
    """Tell whether a person held one of these hub roles on a day."""
    return person is not None and store.value(db, _held("1", roles), (person, *roles, on, on)) is not None


def has_every_strand(db, person, on, roles=RUNNING):
    """Tell whether a person held one of these hub roles on a day for the whole hub, not for some strands alone."""
    return store.value(db, _held("1", roles, " and strands is null"), (person, *roles, on, on)) is not None


def strands_led(db, person, on, roles=RUNNING):
    """Return the strands that a person looks after for the hub on a day; none where it is all of it, or nothing."""
    rows = store.rows(db, _held("strands", roles), (person, *roles, on, on))
    found = [read_strands(row["strands"]) for row in rows]
    return sorted({name for some in found for name in some}) if all(found) else []


def _held(what, roles, more=""):
    """Return the SQL of hub roles that a person held on a day; it asks for them, the roles, and the day twice."""
    marks = ", ".join("?" * len(roles))
    return (
        f"select {what} from hub_role where person = ? and role in ({marks}){more} and from_on <= ?"
        " and (to_on is null or to_on >= ?)"
    )


def read_strands(text):
    """Return the strands that a hub role is limited to, as it keeps them; none is every strand."""
    return json.loads(text) if text else []


def person(db, id):
    """Return a person by id, or None."""
    return store.row(db, "select * from person where id = ?", (id,))


def by_email(db, email):
    """Return a person by e-mail, whatever its case, or None; the erased are gone."""
    return store.row(db, "select * from person where email = ? and erased_at is null", (email,))


def name_of(db, id):
    """Return a person's name."""
    return store.value(db, "select name from person where id = ?", (id,))


def may_sign_in(db, id):
    """Tell whether a person can sign in at all: whoever has no e-mail here has no account."""
    return store.value(db, "select 1 from person where id = ? and email is not null", (id,)) is not None


def asks_for_password(db, person, tablet):
    """Tell whether somebody shows the password they have before they set another: unless they signed in just now.

    Whoever has forgotten it signs in anew, by a link.
    """
    sql = (
        "select 1 from person where id = ? and password_hash is not null"
        " and not exists (select 1 from tablet where id = ? and signed_in_at > ?)"
    )
    return store.value(db, sql, (person, tablet, clock.after(-JUST_NOW))) is not None


def is_erased(db, id):
    """Tell whether an id is that of somebody who was erased; anything that is no id is nobody's."""
    return isinstance(id, str) and store.value(db, "select erased_at from person where id = ?", (id,)) is not None


def hub_people(db):
    """Return the people with a hub role today or to come, with its `strands` and whether they have signed in.

    Who leads the whole hub comes first.
    """
    found = store.rows(
        db,
        "select r.id as role_id, r.role, r.strands, r.from_on, p.id, p.name, p.email, p.claimed_at from hub_role r"
        " join person p on p.id = r.person where (r.to_on is null or r.to_on >= ?) and p.erased_at is null"
        " order by r.role desc, r.strands is not null, p.name",
        (clock.today(),),
    )
    return [{**one, "strands": read_strands(one["strands"])} for one in found]


def leads_of_all(db):
    """Return the ids of whoever leads the whole hub, today or from a day to come: it is never without one."""
    return {one["id"] for one in hub_people(db) if one["role"] == "lead" and not one["strands"]}


def hub_role(db, id):
    """Return one hub role by id, or None."""
    return store.row(db, "select * from hub_role where id = ?", (id,))


def tablet_of(db, tablet):
    """Return the id of the person a tablet is signed in as, or None; of a visitor’s, who they turned out to be."""
    return store.value(
        db, "select coalesce(p.joined_to, p.id) from tablet t join person p on p.id = t.person where t.id = ?",
        (tablet,),
    )  # fmt: skip


def was_guests_tablet(db, tablet, person, session):
    """Tell whether a device, signed in or not any more, was a person's as a guest of a session."""
    sql = "select 1 from tablet where id = ? and person = ? and guest_of = ?"
    return store.value(db, sql, (tablet, person, session)) is not None


def tablet(db, id):
    """Return one signed-in or ended device by id, or None."""
    return store.row(db, "select * from tablet where id = ?", (id,))


def tablets(db, viewer):
    """Return the viewer's own signed-in devices, newest first; those too on which they were a visitor."""
    return store.rows(
        db,
        "select id, name, shared, locked_at, signed_in_at, seen_at from tablet"
        f" where person in ({ALSO_AS_VISITOR}) and ended_at is null order by seen_at desc",
        {"person": viewer},
    )


def devices_signed_in(db, person):
    """Return on how many devices somebody is signed in, for whoever runs the hub."""
    sql = f"select count(*) from tablet where person in ({ALSO_AS_VISITOR}) and ended_at is null"
    return store.value(db, sql, {"person": person})


def usable_link(db, token_hash, code_hash=None):
    """Return a link to sign in by that still works, by the hash of its token, or of its typed code; or None.

    Links of other kinds have pages of their own, and sign nobody in.
    """
    return store.row(
        db,
        "select * from link where (hash = ? or code_hash = ?) and kind in ('sign_in', 'invitation')"
        " and used_at is null and expires_at > ?",
        (token_hash, code_hash, clock.now()),
    )


def link_of(db, hash, kind):
    """Return a link of a kind that works until it ends, however often, by the hash of its token; or None."""
    return store.row(
        db, "select * from link where hash = ? and kind = ? and expires_at > ?", (hash, kind, clock.now())
    )


def has_link(db, kind, about):
    """Tell whether a link of a kind about something works now."""
    sql = "select 1 from link where kind = ? and about = ? and expires_at > ?"
    return store.value(db, sql, (kind, about, clock.now())) is not None


def was_sent(db, person, kind, about):
    """Tell whether a person was sent a link of a kind about something, whether or not it works still.

    After what it is about more may follow, such as the tasks that a reminder named.
    """
    sql = "select 1 from link where kind = ? and person = ? and (about = ? or about glob ?)"
    return store.value(db, sql, (kind, person, about, f"{about} *")) is not None


def links_made_for(db, viewer):
    """Return the sign-in links made for the viewer by somebody else at the command line."""
    return store.rows(
        db, "select at from ledger where kind = 'people.make_link' and about = ? order by number desc", (viewer,)
    )


def outbox(db, viewer, by_hand=True, limit=200):
    """Return the mail, newest first. A link is shown only for a person who has not yet claimed the account.

    Nor is one that says what it goes with, or that asks a head to agree a draft: whoever wrote that passes its link on.
    Of those asked before mails said so, some say nothing still: where the asking was not found any more.
    Nor, unless all mail is passed on by hand, one behind which lies what the hub does not read: a lesson for its
    teacher, what somebody wrote for themselves.
    """
    return store.rows(
        db,
        "select m.id, m.address, m.subject, m.state, m.made_at, m.sent_at, m.trouble,"
        " case when p.claimed_at is null and m.attached is null and m.link not like '/agree/%' and (:by_hand or not"
        " (m.link like '/taught/%' or m.link like '/reflect/%')) then m.link end as link,"
        " case when p.claimed_at is null then m.code end as code, m.expires_at"
        " from mail m left join person p on p.id = m.person"
        " where exists (select 1 from hub_role r where r.person = :viewer and (r.to_on is null or r.to_on >= :today))"
        " order by m.made_at desc limit :limit",
        {"viewer": viewer, "today": clock.today(), "by_hand": int(by_hand), "limit": limit},
    )
