"""What the hub says to whoever writes: what it is for, and its privacy notice; words to begin with where it says none.

Most hubs: the Department for Education is the controller, the lead school its processor (domain.md); the words are a
setting, for some say otherwise.
"""

from workgroup import store

PURPOSE = "For learning together. Nothing here is used for appraisal."
PRIVACY = """Who is responsible

The lead school of this Maths Hub looks after this record, as part of the national Maths Hubs programme. The \
Department for Education is the controller of what is held for the programme, and the lead school works on its \
behalf, as a public task. Ask the hub lead for whom to write to about your data.

What is held, and why

Your name, e-mail and school; the Work Groups you belong to; when you were at a session; and what you write here. \
It is held so that a Work Group can meet, learn from open lessons and tell its hub how schools get on. Nothing \
here is used for appraisal, and no teacher is graded.

Who sees it

It stands beside every box before you write. Your head never sees your reflections. The hub sees dates and counts, \
and words only where their author lets them be quoted without a name. The teacher of an open lesson sees \
everything recorded about it and decides what leaves the room.

Pupils

Pupils are written by code, never by name. A safeguarding worry goes to the school’s designated lead, never in \
here.

Your rights

You can see and save all that is held about you under Your account. You can ask the hub to put it right, or to \
erase it; counts stay, without your name. You can complain to the Information Commissioner’s Office, ico.org.uk."""


def purpose(db):
    """Return what the hub says this is for."""
    return store.value(db, "select purpose from hub") or PURPOSE


def privacy(db):
    """Return the hub's privacy notice, or words to begin with."""
    return store.value(db, "select privacy from hub") or PRIVACY


def paragraphs(text):
    """Return a plain text as (heading or None, lines) parts: a short line of its own before a text is its heading."""
    blocks = [b.strip() for b in text.split("\n\n") if b.strip()]
    found, heading = [], None
    for number, block in enumerate(blocks):
        is_last = number == len(blocks) - 1
        if "\n" not in block and len(block) <= 60 and not block.endswith((".", "!", "?", ":", ",")) and not is_last:
            if heading:
                found.append((heading, ""))
            heading = block
        else:
            found.append((heading, block))
            heading = None
    return found
