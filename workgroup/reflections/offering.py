"""What a page that writes asks and quotes: one question first, the others below it; one's own words to begin from.

Each question comes with the wording that an answer names.

No Flask, no writing: the page of whoever is signed in and the one behind the link of a mail ask and quote the same.
"""

from workgroup.lessons import noticing_queries
from workgroup.reflections import queries
from workgroup.sessions import prompt_queries as prompts
from workgroup.sessions import queries as sessions

MOST_QUOTED = 6  # noticings: who reflects has four minutes


def asked_of(db, session, group):
    """Return the questions that hold for a session, or for a Work Group where there is none."""
    return prompts.prompts(db, sessions.session(db, session)) if session else prompts.usual(db, group)


def offer(db, form, session, group, found=None):
    """Give a form a box for every question that holds now and has none; return the words of each wording in it.

    What was written before stays with the wording it answered. Words whose question nobody knows stand without one.
    """
    asked = asked_of(db, session, group)
    if found is None and not form.prompt.data:
        form.prompt.data = asked[0]["wording"]
    named = [form.prompt.data, *(row.prompt.data for row in form.answers)]
    known = prompts.askable(db, [id for id in named if id], session, group)
    answered = {id for k in known.values() for id in (k["prompt"], k["copied_from"]) if id}
    said = {k["words"] for k in known.values()}
    for p in asked if found is None or form.prompt.data else asked[1:]:
        is_there = {p["id"], p["copied_from"]} & answered or p["words"] in said
        if not is_there and len(form.answers) < form.answers.max_entries:
            form.answers.append_entry({"prompt": p["wording"]})
    return {**{p["wording"]: p["words"] for p in asked}, **{id: k["words"] for id, k in known.items()}}


def quoted(db, person, group, of):
    """Return somebody's own words: their last `promise` in a group, and of some lessons what they noticed, `own`."""
    own = [n for x in of for n in noticing_queries.noticings(db, person, x["id"], own_only=True)]
    return {
        "promise": queries.last_promise(db, person, group),
        "own": [n for n in own if n["words"] and not n["withdrawn_at"]][:MOST_QUOTED],
    }


def written(stand):
    """Return what stands of a reflection as a form's values; two versions are joined question by question."""
    answers = {}
    for v in stand:
        for a in v["answers"]:
            answers.setdefault(a["prompt_words"] or a["id"], (a["prompt_words"], {}))[1][a["words"]] = None
    return {
        "words": "\n\n".join(v["words"] for v in stand), "after": ",".join(v["id"] for v in stand),
        "prompt": stand[-1]["prompt_words"] if stand else None,
        "answers": [{"prompt": wording, "words": "\n\n".join(words)} for wording, words in answers.values()],
    }  # fmt: skip
