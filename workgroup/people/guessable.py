"""Passwords that whoever guesses comes to early: the common ones, runs of keys, and words of this place. Pure.

What counts is how many guesses one takes (zxcvbn), not which letters are in it: three words do, Password123! does not.
"""

FEWEST = 10**8  # guesses; at a hundred a day nobody comes near, and a stolen record takes its time for each (argon2id)
LOOKED_AT = 72  # characters: looking takes the longer the more there are, and what is longer is hard enough
# what anybody would try who knows what this is
OF_THIS_PLACE = (
    "workgroup", "work group", "maths", "maths hub", "mastery", "teaching for mastery", "ncetm", "trg", "open lesson",
    "reflection", "gap task", "mastery specialist", "mastery advocate", "lead participant",
)  # fmt: skip


def is_guessable(password, around=()):
    """Tell whether a password is found in few guesses by somebody who knows the words `around` whoever has it."""
    from zxcvbn import zxcvbn  # its lists of words are read where somebody sets a password, and not at every start

    texts = [text.casefold() for text in (*OF_THIS_PLACE, *around) if text]
    known = {word for text in texts for word in (text, _letters(text), *_parts(text)) if len(word) > 2}
    # however they are written together, and whatever numbers and signs stand beside them
    return _letters(password.casefold()) in known or (
        zxcvbn(password[:LOOKED_AT], user_inputs=sorted(known))["guesses"] < FEWEST
    )


def _letters(text):
    return "".join(c for c in text if c.isalpha())


def _parts(text):
    return "".join(c if c.isalnum() else " " for c in text).split()
