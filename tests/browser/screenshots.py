"""The main screens of the demo year by name, as tests and benchmarks open them; taking.py takes pictures of all."""

import sqlite3

LEADER, MEMBER, HUB = "bethan.oyelaran@example.org", "nadine.fairclough@example.org", "helen.garrowby@example.org"

PROPOSED = "count=6&kind=TRG&starts=13:00&ends=16:00&mode=room&visits=3"


def _first(db, sql):
    return db.execute(sql).fetchone()[0]


def screens(database):
    """Return (name, person, address) of the main screens, with ids out of the demo year."""
    db = sqlite3.connect(database)
    today = _first(db, "select id from session order by abs(julianday(starts_at) - julianday('now')) limit 1")
    past = _first(db, "select id from lesson where state = 'shared' and shared_with = 'hub' limit 1")
    coming = _first(db, f"select id from lesson where session = '{today}'")
    group = _first(db, f"select work_group from session where id = '{today}'")
    school = _first(db, "select id from school where urn = '900001'")
    in_group = _first(db, f"select id from school_in_group where school = '{school}'")
    term = _first(db, "select from_on from half_term where name = 'Autumn 1' and school is null")
    of_group = f"select id from session where work_group = '{group}' and state ="
    coming_session = _first(db, f"{of_group} 'planned' order by starts_at desc limit 1")
    held = _first(db, f"{of_group} 'closed' order by starts_at desc limit 1")
    framework = _first(db, "select id from framework where state = 'draft'")
    year = _first(db, f"select replace(academic_year, '/', '-') from work_group where id = '{group}'")
    day = _first(db, "select day_entry from claimed_day order by on_day limit 1")
    claim = _first(db, "select id from day_claim order by claimed_on limit 1")
    visit = _first(db, "select id from visit where state = 'planned' order by on_day, starts limit 1")
    drafted = _first(db, "select visit from visit_report where drafted = 1 limit 1")
    sent = _first(db, f"select r.id from report_sent r join visit v on v.id = r.visit"
                  f" where v.school_in_group = '{in_group}' order by r.at desc limit 1")  # fmt: skip
    link = _first(db, f"select link from mail m join report_to t on m.attached = 'report ' || t.id"
                  f" where t.report_sent = '{sent}'")  # fmt: skip
    journey = _first(db, f"select m.link from mail m join journey_asking k on m.attached = 'journey ' || k.id"
                     f" where k.school_in_group = '{in_group}'")  # fmt: skip
    plan = _first(db, "select id from action_plan where state = 'in force' and version = 2 order by agreed_on")
    draft = _first(db, "select id from action_plan where state = 'draft' and after is not null")
    evaluation = _first(db, f"select id from evaluation where state = 'draft' and work_group = '{group}'")
    member = _first(db, f"select id from person where email = '{MEMBER}'")
    told = _first(db, "select visit from action_progress where visit is not null order by on_day desc")
    of_plan = "select a.id from action a join aim m on m.id = a.aim where m.action_plan ="
    action, drafted_action = (_first(db, f"{of_plan} '{one}' order by a.rowid") for one in (plan, draft))
    db.close()
    return [
        ("today", LEADER, "/"), ("group", LEADER, f"/groups/{group}"), ("session", LEADER, f"/sessions/{today}"),
        ("run", LEADER, f"/sessions/{today}/run"), ("notes", LEADER, f"/sessions/{today}/notes"),
        ("gap-tasks", LEADER, f"/sessions/{today}/gap-tasks"), ("briefing", LEADER, f"/lessons/{coming}"),
        ("capture", LEADER, f"/lessons/{coming}/capture"), ("timeline", LEADER, f"/lessons/{past}/timeline"),
        ("practice", LEADER, f"/lessons/{coming}/practice"), ("sketch", LEADER, f"/lessons/{coming}/sketch"),
        ("projector", LEADER, f"/lessons/{past}/projector"), ("record", LEADER, f"/lessons/{past}/record"),
        ("discussion", LEADER, f"/lessons/{past}/discussion"), ("sharing", MEMBER, f"/lessons/{coming}/sharing"),
        ("mine", MEMBER, f"/lessons/{past}/mine"), ("reflect", MEMBER, f"/reflections/new?lesson={past}"),
        ("reflections", LEADER, "/reflections"), ("school", LEADER, f"/schools/{school}"),
        ("review", LEADER, f"/schools-in-group/{in_group}/reviews/new"), ("people", LEADER, f"/groups/{group}/people"),
        ("year", LEADER, f"/groups/{group}/year"), ("calendar", LEADER, f"/groups/{group}/calendar"),
        ("year-proposed", LEADER, f"/groups/{group}/year?{PROPOSED}&first={term}"),
        ("rest", LEADER, f"/sessions/{today}/rest?days=7"), ("next-year", LEADER, f"/groups/{group}/next-year"),
        ("invitations", LEADER, f"/sessions/{coming_session}/invitations"), ("search", LEADER, "/search?q=bar"),
        ("hosting", LEADER, f"/sessions/{coming_session}/hosting"), ("screen", LEADER, f"/sessions/{today}/screen"),
        ("materials", LEADER, f"/sessions/{coming_session}/materials"), ("later", HUB, "/later"),
        ("reading", LEADER, f"/sessions/{held}/reflections"), ("activity", LEADER, f"/groups/{group}/activity"),
        ("agendas", LEADER, f"/groups/{group}/agendas"), ("agenda", HUB, "/agendas/edit?kind=TRG"),
        ("plan", LEADER, f"/action-plans/{plan}"), ("plan-draft", LEADER, f"/action-plans/{draft}"),
        ("plan-agreeing", LEADER, f"/action-plans/{draft}/agreeing"), ("visit-told", LEADER, f"/visits/{told}"),
        ("plan-progress", LEADER, f"/actions/{action}/progress"),
        ("plan-action", LEADER, f"/actions/{drafted_action}/edit"),
        ("member-today", MEMBER, "/"), ("schools", HUB, "/schools?q=lane"), ("hub", HUB, "/hub"),
        ("framework-draft", HUB, f"/frameworks/{framework}"), ("framework", HUB, f"/frameworks/{framework}/edit"),
        ("exports", HUB, "/hub/exports?kind=attendance"), ("account", MEMBER, "/account"),
        ("my-days", LEADER, f"/days/{year}"), ("day", LEADER, f"/day-entries/{day}"), ("days", HUB, "/hub/days"),
        ("claim-days", HUB, "/hub/claims/new"), ("claim", HUB, f"/claims/{claim}"),
        ("activities", HUB, "/hub/activities"),
        ("visit", LEADER, f"/visits/{drafted}"), ("visit-capture", LEADER, f"/visits/{visit}/capture"),
        ("visit-edit", LEADER, f"/visits/{visit}/edit"), ("report", LEADER, f"/visits/{drafted}/report"),
        ("report-preview", LEADER, f"/visits/{drafted}/report/preview"), ("report-sent", MEMBER, f"/reports/{sent}"),
        ("report-linked", MEMBER, link),
        ("journey-linked", MEMBER, journey), ("journey-head", LEADER, f"/schools-in-group/{in_group}/head"),
        ("report-links", LEADER, f"/reports/{sent}"), ("evaluation", LEADER, f"/evaluations/{evaluation}"),
        ("erase", HUB, f"/people/{member}/erase"), ("privacy", HUB, "/privacy"), ("overview", HUB, "/hub/overview"),
        ("everybody", HUB, "/people/everybody"), ("records", HUB, f"/schools-in-group/{in_group}/records/sessions"),
        ("prompts", LEADER, f"/sessions/{today}/prompts"), ("hub-prompts", HUB, "/prompts"),
        ("retention", HUB, "/hub/retention"), ("own-record", MEMBER, "/account/record"),
    ]  # fmt: skip
