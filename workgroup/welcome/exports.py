"""The guide for participants as plain values, for its page and for one sheet of paper: of the hub, or of a session."""

import re
from urllib.parse import urlsplit

from workgroup import clock, places
from workgroup.config import is_loopback
from workgroup.formats import as_pdf, as_qr

MOST_FACT = 240  # characters of one fact: the sheet is one page
MOST_LINK = 80
NOTE = "Nobody is graded here, and no pupil is named."


def guide(hub, public, session=None, facts=None, code=None):
    """Return the guide: title, lead, facts, parts, the QR code's side and path, and what stands beside it.

    `session` makes it one of a session, with what the host school says in `facts`; `code` is the letters that open its
    door just now, for whoever may show them.
    """
    join = f"{public}/join"
    side, path = as_qr.drawn(f"{join}/{code}" if code else join)
    letters = f"The code is {code[:3]} {code[3:]}." if code else "Type the six letters that the room shows."
    return {
        "title": session["title"] if session else "Coming to a meeting",
        "lead": _lead(session) if session else f"{hub}. One page for everybody who takes part.",
        "facts": _facts(session, facts or {}) if session else [],
        "join": [
            f"Point your phone at the square, or open {join}.",
            f"{letters} Then say your name.",
            "Whoever runs the meeting lets you in. You need no account; if you have one, sign in and press Check in.",
        ],
        "local": is_loopback(urlsplit(public).hostname or ""),
        "parts": _parts(public), "note": NOTE, "side": side, "path": path,
        "beside": _beside(code), "address": join,
        "foot": f"{session['group_title'] if session else hub}: {public}",
    }  # fmt: skip


def pdf(values):
    """Return the bytes of a guide as PDF, on one page."""
    square = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {values["side"]} {values["side"]}">'
        f'<path fill="#fff" d="M0 0h{values["side"]}v{values["side"]}H0z"/><path d="{values["path"]}"/></svg>'
    )
    words = {"heading": _breakable(values["title"]), "lead": _breakable(values["lead"]),
             "facts": [[name, _breakable(said)] for name, said in values["facts"]]}  # fmt: skip
    return as_pdf.pdf(places.TEMPLATES / "print" / "guide.typ", {**values, **words, "square": square})


def _breakable(text):
    """Let a word that no line holds break."""
    return re.sub(r"(\S{30})(?=\S)", "\\1\u200b", text)


def _lead(session):
    day = f"{clock.say_whole_day(session['day'])}, {clock.say_time(session['starts_at'])} to"
    where = "online" if session["mode"] == "online" else f"at {session['host_name']}" if session["host_name"] else ""
    return f"{session['group_title']}. {day} {clock.say_time(session['ends_at'])}{', ' + where if where else ''}."


def _facts(session, facts):
    link = session["joining_link"] if session["mode"] != "room" else None
    online = (link if len(link) <= MOST_LINK else "the link is in your invitation") if link else None
    known = (("Entrance", facts.get("entrance")), ("Room", facts.get("room")), ("Wifi", facts.get("wifi")),
             ("Devices", facts.get("device_rule")), ("Running late", facts.get("late_contact")), ("Online", online))
    return [[name, _short(said)] for name, said in known if said]


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= MOST_FACT else f"{text[: MOST_FACT - 1].rstrip()}…"


def _beside(code):
    if not code:
        return "The square opens the page for the code. It works while a meeting is open."
    return f"The code changes every quarter of an hour; this one was made at {clock.say_time(clock.now())}."


def _parts(public):
    return [
        ["In the open lesson", [
            "Watch pupils, not the teacher, and do not help them.",
            "Tap when you see something: the moment is kept. Words can come later.",
            "Write codes: Pupil A, Table 3. Never a name.",
            "No wifi? Go on. It stays on your phone and goes by itself later.",
        ]],
        ["Who sees what", [
            "What you notice: only you during the lesson, everybody in the room in the discussion, and afterwards only"
            " what the lesson’s teacher shares.",
            "What you reflect: only you, until you choose your specialist or your Work Group.",
            "Your head never sees what you reflect. The hub sees dates and counts.",
        ]],
        ["Afterwards", [
            "Before you go: five minutes for one question.",
            f"Later: {public}, then Reflections. Four minutes are enough, and a draft waits for you.",
            "Came as a guest? Give your e-mail on your check-in page before you go, and what you wrote stays yours.",
            "Until next time: your school’s gap task. How it went takes two taps and a sentence.",
        ]],
    ]  # fmt: skip
