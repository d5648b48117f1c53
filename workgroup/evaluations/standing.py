"""Whether what an evaluation says may still be said when it is sent, and is still so: quotations, lessons, counts."""

from workgroup.evaluations import drafting, gathering
from workgroup.journeys import queries as journeys
from workgroup.lessons import evidence_queries
from workgroup.reflections import queries as reflections


def why_not(db, sender, found, sentences):
    """Return why an evaluation is not sent as it stands, naming the first sentence to blame; None when all stands."""
    gathered = gathering.gather(db, sender, found["work_group"], found["from_on"], found["to_on"])
    made = {s.key: s.words for s in drafting.draft(gathered, {s["key"] for s in sentences if s["key"]})}
    quotable = {r["id"]: r["changed_at"] for r in gathered.quotes}
    said = {s["id"]: s["at"] for s in journeys.quotable(db, sender, found["work_group"])}
    let_go = _let_go(db, sender, sentences)
    for s in sentences:
        why = _of_sentence(s, made, quotable, let_go) or _of_head(s, said)
        if why:
            return why.format(f"“{s['words'][:80]}”")
    return None


def _of_sentence(s, made, quotable, let_go):
    """Return why a sentence is not sent, with {} where it is named, or None."""
    rule, _, about = (s["key"] or "").partition(":")
    if rule == "quote" and about not in quotable:
        return "Its author does not let it be quoted any more: {}. Take it out, or draft again from the records."
    if rule == "lesson" and s["key"] not in made:
        return "The lesson it tells of is not shared with the hub any more: {}. Take it out."
    if s["drafted"] and s["key"] not in made:
        return "The records do not say this any more: {}. Take it out, or draft again from the records."
    if s["drafted"] and s["words"] != made[s["key"]]:
        return "The records say this otherwise now: {}. Draft again from the records, or put it in your own words."
    if s["drafted"]:
        return None
    if rule == "quote" and quotable[about] > s["at"]:
        return "Its author has changed what is quoted since: {}. Look at it again and keep it anew, or take it out."
    for e in s["evidence"]:
        if e["kind"] in let_go and e["about"] not in let_go[e["kind"]]:
            return f"It rests on a {e['kind']} not shared any more: {{}}. Choose what it rests on, or take it out."
    return None


def _of_head(s, said):
    """Return why a sentence that rests on what a head said is not sent, or None."""
    for about in (e["about"] for e in s["evidence"] if e["kind"] == "head statement"):
        if about not in said:
            return "The head does not let it be quoted any more: {}. Take it out, or choose what it rests on."
        if not s["drafted"] and said[about] >= s["at"]:  # in one moment: look again rather than send
            return "The head has changed what they said since: {}. Look at it again and keep it anew, or take it out."
    return None


def _let_go(db, sender, sentences):
    """Return of the reflections and noticings that sentences rest on those that may still be rested on, by kind."""
    kinds = {"reflection": {}, "noticing": {}}
    for s in sentences:
        for e in s["evidence"]:
            if e["kind"] in kinds:
                kinds[e["kind"]].setdefault(e["about"], set()).add(s["by"])
    seen = reflections.some(db, sender, list(kinds["reflection"]))
    return {
        "reflection": {r["id"] for r in seen if r["state"] == "final" and not r["withdrawn_at"]},
        "noticing": {
            n["id"] for n in evidence_queries.let_go(db, sender, list(kinds["noticing"]))
            # what one leader noticed, another may send with that leader's sentence
            if n["is_shared"] or n["by"] in kinds["noticing"][n["id"]] | {sender}
        },
    }  # fmt: skip
