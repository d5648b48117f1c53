"""Reading who was asked to agree a plan, what they answered, and what a link in their mail still opens."""

from workgroup import clock, store
from workgroup.plans import queries

LINK = "plan"  # what goes with the mail of such a link, before the id of the asking: so its leaders alone pass it on


def asked(db, plan):
    """Return the links that were sent to agree a version, newest first, for its leaders; `works` while one opens it.

    `link` is there while no mail server took it, for its leaders to pass on: the page of the hub's mail shows none.
    `mail` tells a link that is kept from one that waits, in the seconds after it was sent.
    """
    found = store.rows(
        db,
        "select k.*, p.name as by_name, m.link, m.state as mail from plan_asking k join person p on p.id = k.by"
        " left join mail m on m.attached = ? || ' ' || k.id and m.state in ('kept', 'waiting')"
        " where k.action_plan = ? order by k.at desc, k.rowid desc",
        (LINK, plan),
    )
    for row in found:
        row["works"] = not row["ended_at"] and row["expires_at"] > clock.now()
    return found


def answers(db, plan):
    """Return what was answered about a version, newest first; `holds` while the draft is as it was read."""
    return store.rows(
        db,
        "select w.*, w.edits = a.edits and a.state = 'draft' as holds from plan_answer w"
        " join action_plan a on a.id = w.action_plan where w.action_plan = ? order by w.at desc, w.rowid desc",
        (plan,),
    )


def asking(db, id):
    """Return one link that was sent, or None: for changes only."""
    return store.row(db, "select * from plan_asking where id = ?", (id,))


def asked_about(db, link):
    """Return the version that a head's link opens, or None once it is superseded or taken away; `asking` is its id."""
    sent = link and asking(db, link["about"])
    plan = sent and queries.bare(db, sent["action_plan"])
    if plan is None or sent["ended_at"] or plan["withdrawn_at"] or plan["state"] == "superseded":
        return None
    return {
        **plan,
        "asking": sent["id"],
        "asked_name": sent["name"],
        "asked_by": sent["by"],
        "expires_at": sent["expires_at"],
    }


def to_look_at(db, groups):
    """Return the drafts of some groups whose head would change something, as long as nothing has changed since."""
    marks = ", ".join("?" * len(groups))
    return store.rows(
        db,
        "select a.id, w.name, w.at, s.name as school_name from action_plan a"
        " join school_in_group i on i.id = a.school_in_group join school s on s.id = i.school"
        " join plan_answer w on w.id = (select x.id from plan_answer x where x.action_plan = a.id"
        "  order by x.at desc, x.rowid desc limit 1)"
        f" where i.work_group in ({marks}) and a.state = 'draft' and a.withdrawn_at is null and w.edits = a.edits"
        " order by w.at",
        list(groups),
    )
