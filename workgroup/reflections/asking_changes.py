"""The one mail after a session that asks to reflect, for those who were there and have not written yet.

Opening and closing a session ask for it (sessions/changes.py): at six in the evening, so that nobody hears of it in the
room, and also where nobody thinks of closing it.
"""

from workgroup import clock, due, store
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.reflections import written_queries
from workgroup.sessions import prompt_queries as prompts
from workgroup.sessions import queries as sessions

LASTS = 14 * 86_400
FRESH = 3 * 86_400  # seconds for which the link quotes its holder's own words: a mail that is passed on later only asks
LATE = 3 * 86_400  # seconds after which it is too late to ask: no flood after a closed laptop
BODY = (
    "Hello {{name}},\n\n\u201c{title}\u201d is over. Four minutes, for yourself:\n\n{question}\n\n{{link}}\n\n"
    "For three days, until you have written, it shows you what you wrote last time and what you noticed: pass it on to"
    " nobody. What you write is yours: you say who sees it, and your head never does."
)


@due.kind("ask_to_reflect", "Mail that asks to reflect on a session")
def ask(db, settings, session_id):
    """Write to everybody who was there and has not written; once."""
    session = sessions.session(db, session_id)
    if session is None or session["ends_at"] < clock.after(-LATE):
        return
    is_over = session["state"] == "open" and session["ends_at"] < clock.now()  # nobody has closed it
    if session["state"] != "closed" and not is_over:
        return
    question = prompts.prompts(db, session)[0]["words"]
    here = [m["person"] for m in sessions.register(db, session_id) if m["status"] == "present" and m["person"]]
    with store.writing(db):
        for id in here:
            person = people.person(db, id)
            done = people.was_sent(db, id, "reflect", session_id) or written_queries.has_written(db, id, session_id)
            if person["email"] and not person["erased_at"] and not done:
                body = BODY.format(title=session["title"], question=question)
                post.write(db, id, "reflect", LASTS, f"Four minutes: {session['title']}", body, path="/reflect",
                           about=session_id)  # fmt: skip


def fresh_until(link):
    """Return the moment until which a link quotes whoever it was sent to."""
    return clock.after(FRESH - LASTS, link["expires_at"])
