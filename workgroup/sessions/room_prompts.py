"""What the room is asked while a block is on: its own question, else the usual one of its kind. Pure.

The usual ones are ours, from practice: each says what the minutes are for in a line that can be read from the back of
a hall. A reflection has the session's own first question (prompt_queries.py), so it has none here;
a break asks nothing.
"""

USUAL = {
    "arrivals": "Find somebody from another school: what did your pupils surprise you with since we last met?",
    "gap-task returns": "What did you try, and what did pupils say or do?",
    "input": "Where would this help your pupils, and where might they get stuck?",
    "briefing": "Which response do you expect most, and how will you know it when you see it?",
    "open lesson": "Watch pupils, not the teacher. What do you see and hear?",
    "quiet notes": "What did you notice? First what was said and done, then why, perhaps.",
    "discussion": "What did pupils say and do, and what might explain it?",
    "implications": "What does this mean for each of our schools?",
    "next task": "What will you try before we meet again, with which class, and by when?",
}


def usual(kind, question=None):
    """Return what a block of a kind asks when nobody has said otherwise, or None; `question` is the reflection's."""
    return question if kind == "reflection" else USUAL.get(kind)


def of_block(block, question=None):
    """Return what a block asks the room, or None."""
    return block["prompt"] or usual(block["kind"], question)
