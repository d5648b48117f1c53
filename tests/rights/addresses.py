"""Every address of the app, filled in with what is in the house: as many lines as there are things to tell apart."""

from typing import NamedTuple

from tests.rights.house import newest
from tests.world import do
from workgroup import store
from workgroup.home import behind
from workgroup.hub import columns
from workgroup.people import post
from workgroup.reflections import asking_changes
from workgroup.sessions import joining_queries

UNASKED = ("/static/<build>/<path:name>", "/service-worker.js", "/manifest.webmanifest")  # the same bytes for everybody
# what an argument stands for where the first word of the address does not say it: the word of the things it is one of
OF = {
    "/day-pack/<id>": "sessions", "/days/<year>/declined/<id>": "declined", "/groups/<group>/schools/<id>":
    "schools-in-group", "/hub/activities/<id>": "activities", "/hub/leads/<id>": "leads",
    "/taught/hidden/<id>": "taught noticings",
    "/taught/photos/<id>": "taught photos", "/taught/photos/<id>/withdraw": "taught photos",
    "/taught/sketches/<id>/<deed>": "taught sketches", "/sync/photos/<id>": "photos",
    "/sync/photos/<id>/<piece>": "photos",
    # whoever has no account is named by a row that they stand in
    "/people/addressed/<id>": "journey-links", "/people/addressed/<id>/erase": "journey-links",
    # no file that anybody made: whoever may ask is told that it is gone
    "/hub/exports/made/<id>": "groups", "/hub/exports/made/<id>/file": "groups",
}  # fmt: skip
ARGUMENTS = {
    "group": "groups", "gap_task": "gap-tasks", "role": "roles", "tablet": "tablets", "entry": "claimed entries",
    "seal": "tablets",
}  # fmt: skip
EXPORTS = [kind for kind in columns.KINDS if kind != "dictionary"]
PLAIN = {"deed": "withdraw", "piece": "0", "state": "close", "way": "put-away"}


class Address(NamedTuple):
    """One line of the table: how it is written there, and what is asked."""

    line: str
    method: str
    path: str
    headers: dict = {}


def links(db, w):
    """Return a token of every kind of link that somebody may hold, by the first word of its address."""
    w.tokens = {}
    for word, kind, person, about in (
        ("invited", "answer", w.participant, w.ahead), ("hosting", "host", None, f"{w.ahead} {w.school2}"),
        ("back", "reminder", w.participant, f"{w.in_group} {_due(db, w)}"),
        ("reflect", "reflect", w.participant, w.past),
        ("sign-in", "sign_in", w.participant, None), ("invitation", "invitation", w.participant, None),
    ):  # fmt: skip
        w.tokens[word] = post.new_token()
        with store.writing(db):
            # as fresh as the mail of this evening: it quotes whoever it was sent to
            lasts = asking_changes.LASTS if kind == "reflect" else 86_400
            post.keep_link(db, person, kind, lasts, w.tokens[word], about=about)
    for word, like in (("agree", "/agree/%"), ("journey", "/journey/%"), ("visit-report", "/visit-report/%"),
                       ("taught", "/taught/%")):  # fmt: skip
        w.tokens[word] = store.value(db, "select link from mail where link like ?", (like,)).split("/")[-1]
    w.tokens["calendar"] = post.new_token()
    do(db, "sessions.make_feed", w.participant, proof=w.tokens["calendar"])
    w.tokens["join"] = joining_queries.code_of(db, w.session)


def _due(db, w):
    do(db, "tasks.edit", w.leader, gap_task=w.things["gap-tasks"]["own"], words="Try", due_on=(on := "2099-01-01"))
    return on


def of_visiting(db, w):
    """Note what is there of the lesson whose teacher holds a link, and whose tablet is whose."""
    lesson = w.lessons["of a visiting teacher"]
    for table in ("noticing", "photo", "sketch"):
        w.things[f"taught {table}s" if table != "sketch" else "taught sketches"] = {
            "of theirs": newest(db, table, f"lesson = '{lesson}' and withdrawn_at is null"),
            "of another lesson": newest(db, table, f"lesson = '{w.lesson}' and withdrawn_at is null"),
        }  # fmt: skip
    w.things["tablets"] = {"own": newest(db, "tablet", f"person = '{w.participant}'")}


def every(app, w):
    """Return an Address for every rule and method, of pages for each thing that is told apart."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: r.rule):
        if rule.rule not in UNASKED:
            keeps = app.view_functions[rule.endpoint].keeps is not None
            for method in sorted(rule.methods & {"GET", "POST", "PUT"}):
                found += _of(rule, method, w, keeps)
    return found


def _of(rule, method, w, keeps):
    word = OF.get(rule.rule, rule.rule.split("/")[1])
    several = w.things.get(word, {}) if "id" in rule.arguments else {None: None}
    if not several:
        raise AssertionError(f"{rule.rule}: the house holds none; add one, and say what it is one of")
    for name, id in list(several.items())[: None if method == "GET" else 1]:
        for values in _filled(rule, word, id, w):
            path = rule.rule
            for argument, value in values.items():
                path = path.replace(f"<{argument}>", value)
            told = [name] if len(several) > 1 and method == "GET" else []
            told += [values["kind"]] if "kind" in values else []
            line = f"{rule.rule} {method}" + (f" ({', '.join(told)})" if told else "")
            yield Address(line, method, path)
            if keeps and method == "GET" and told in ([], [next(iter(several))]):
                yield Address(f"{line} kept", method, path, {"Workgroup-Pack": "1"})


def _filled(rule, word, id, w):
    """Yield the values of a rule's arguments: one set, or one for each kind of export or of records."""
    values = {"id": id} if "id" in rule.arguments else {}
    for argument in rule.arguments - {"id", "kind"}:
        if argument in ARGUMENTS:
            values[argument] = next(iter(w.things[ARGUMENTS[argument]].values()))
        elif argument in ("token", "code"):
            values[argument] = w.tokens[word]
        elif argument == "prompt":
            of = {"groups": "group prompts", "sessions": "session prompts"}.get(word, "prompts")
            values[argument] = w.things[of]["own"]
        else:
            values[argument] = w.year if argument == "year" else PLAIN[argument]
    kinds = {"/hub/exports/<kind>": EXPORTS, "/schools-in-group/<id>/records/<kind>": behind.KINDS}.get(rule.rule)
    for kind in kinds or (None,):
        yield {**values, "kind": kind} if kind else values
