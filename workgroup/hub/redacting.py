"""What is taken out of a sentence before it stands in an anonymous file: names, days, small counts. Pure.

What was taken out is marked in brackets. Rules for what the records know and for how sentences are drafted; people's
own words can still tell who is meant, so the page asks to read them before the file is passed on.
"""

import re

from workgroup.hub.number_words import NUMBER, NUMBERS, PART, number, numbers, part, part_tells, tells
from workgroup.hub.suppressing import FEW

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?,?\s+)?"
_ONE = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = re.compile(
    rf"{_WEEKDAY}{_ONE}(?:\s+of)?\s+{_MONTH}\b(?:,?\s+\d{{4}})?|\b{_MONTH}\s+{_ONE}\b(?:,?\s+\d{{4}})?"
    rf"|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b{_MONTH}\s+\d{{4}}\b"
    rf"|(?<=\b[Ii]n )(?:early |late |mid-)?{_MONTH}\b|(?<=\b[Bb]y ){_MONTH}\b|(?<=\b[Ss]ince ){_MONTH}\b"
)
_DAY_LIST = re.compile(r"\[day\](?:(?:, | and |, and | to |–)\[day\])+")
_REACH = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|\b\d{5,}\b")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Sir|Madam)\.?\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?")

# a school that no record here knows: The Somewhere Primary School
_SOME_SCHOOL = re.compile(
    r"(?:\b[A-Z][\w.’'-]*\s+(?:of\s+|and\s+|&\s+)?){1,6}(?:School|Academy|College)\b(?!\s+\d)"
)  # fmt: skip

_THINGS = r"(?:gap tasks?|tasks?|sessions?|visits?|lessons?|meetings?|things?|moments?|minutes?|hours?|days?|weeks?)"
_SCHOOLS = r"(?:schools?|departments?)"
_PEOPLE = (
    r"(?:teachers?|participants?|colleagues?|people|persons?|heads?|headteachers?|advocates?|leads?|leaders?"
    r"|pupils?|children|adults?|visitors?|observers?|members?)"
)
_BETWEEN = r"(?:\s+(?:other|more|new|different|primary|secondary|lead|maths|of|the|our|these|them))*\s+"
_OF = re.compile(
    rf"(?<!School )(?<!Year )\b(?P<some>{NUMBER})(?P<of>\s+(?:out\s+)?of\s+(?:all\s+)?(?:the\s+|our\s+|these\s+)?)"
    rf"(?P<all>{NUMBER})\b(?!\s+{_THINGS}\b)", re.I
)  # fmt: skip
_COUNT = re.compile(
    rf"(?<!with )(?<!Year )(?<!Years )(?<!School )(?<!Stage )(?<!/)\b(?P<some>{NUMBERS})"
    rf"(?P<noun>{_BETWEEN}(?:{_SCHOOLS}|{_PEOPLE}))\b(?!\s+\d)", re.I
)  # fmt: skip
# half the schools, 86% of our teachers, two thirds of the twelve schools
_SHARE = re.compile(
    rf"(?<![\w/])(?P<some>{PART})(?P<of>\s+of)?(?P<noun>(?:\s+(?:all|the|our|these|(?P<all>{NUMBER})))*"
    rf"{_BETWEEN}(?P<who>{_SCHOOLS}|{_PEOPLE}))\b", re.I
)  # fmt: skip
# all but one, all of us except two: what is left over is the count
_ALL_BUT = re.compile(
    rf"(?P<all>\b(?:all|every(?:one|body)?|each)\b[\w\s]{{0,24}}\b(?:but|except|bar|save|apart\s+from)(?:\s+for)?\s+)"
    rf"(?P<some>{NUMBER})\b(?!\s+{_THINGS}\b)", re.I
)  # fmt: skip
_GO_ON = r"(?=(?:\s+of\s+(?:them|us))?\s+(?:more|have|has|had|were|was)\b)"
# a word alone counts somebody where a sentence goes on with it; one is somebody more often than a count
_BARE = re.compile(
    rf"(?<!Year )(?<!School )(?<!Stage )\b(?P<some>\d+|(?!one\b){NUMBER}"
    rf"|(?:(?<=^)|(?<=[.,;:(] )|(?<=\band )|(?<=\bbut ))one){_GO_ON}", re.I
)  # fmt: skip
_BARE_SHARE = re.compile(rf"(?<![\w/])(?<!first )(?<!second )(?<!other )(?P<some>{PART}){_GO_ON}", re.I)
_LABELS = re.compile(r"School \d+(?:(?:, | and |, and )School \d+)*")
_LABEL_AFTER_COUNT = re.compile(r"(?<=[:,] )(of )?School \d+(?=[.;]|$)")
SOME = "[some]"
# words of a school's name that any school's may have
_ANY_SCHOOL = {
    "primary", "secondary", "school", "schools", "academy", "college", "infant", "infants", "junior", "nursery",
    "first", "middle", "high", "grammar", "church", "of", "england", "cofe", "ce", "c.e", "vc", "va", "voluntary",
    "controlled", "aided", "catholic", "roman", "rc", "community", "foundation", "the", "and", "&", "for", "girls",
    "boys", "upper", "lower", "federation", "trust",
}  # fmt: skip
# what people write in the place of a name, or with it: these words alone name nobody
_NO_NAME = {
    "the", "somebody", "who", "has", "left", "was", "erased", "head", "headteacher", "teacher", "deputy", "principal",
    "acting", "of", "office", "school", "maths", "lead", "leader",
}


class Names:
    """The names that a file must not tell, and what stands in the place of each."""

    def __init__(self, schools, places, people, whole=()):
        """Take `{school's name: its label}`, names of places, trusts and groups, and names of people.

        Of `people` first and last names alone are taken out too, of those in `whole` only all of it.
        """
        short = {_short(name): label for name, label in schools.items() if _short(name)}
        people = [name for name in people if not set(name.lower().split()) <= _NO_NAME]
        parts = [part for name in people for part in re.split(r"[\s-]+", name)
                 if len(part) > 1 and part[0].isupper() and part.lower() not in _NO_NAME]  # fmt: skip
        self._rules = [_Rule(schools), _Rule(short)]
        whole = [name for name in whole if len(name.split()) > 1 and not set(name.lower().split()) <= _NO_NAME]
        self._rules += [_Rule(dict.fromkeys(some, "[name]")) for some in (places, [*people, *whole], parts)]

    def taken_out(self, words):
        """Return words without the names."""
        words = _TITLED.sub("[name]", words)
        for rule in self._rules:
            words = rule.applied(words)
        words = _SOME_SCHOOL.sub("[school]", _REACH.sub("[number]", words))
        return re.sub(r"\[name\](?:[\s-]+\[name\])+", "[name]", words)


class _Rule:
    """Names with what stands instead of each; found by their first word, so that thousands of names cost little."""

    def __init__(self, instead):
        self.instead = {_key(name): label for name, label in instead.items() if _key(name)}
        self.by_first = {}
        for name in instead:
            for first in re.findall(r"\w+", name.lower())[:1]:
                self.by_first.setdefault(first, []).append(name)

    def applied(self, words):
        """Return words with every name in them replaced, the longest first."""
        some = [n for first in set(re.findall(r"\w+", words.lower())) for n in self.by_first.get(first, ())]
        if not some:
            return words
        said = "|".join(_as_said(name) for name in sorted(some, key=lambda n: (-len(n), n)))
        return re.sub(rf"(?<![\w\[])(?:{said})(?![\w\]])", lambda m: self.instead[_key(m[0])], words)


def _as_said(name):
    """Return the pattern of a name; one of a single word only as it is written: Reading is a town, reading is not."""
    said = r"\s+".join(re.escape(word).replace("'", "['’]").replace("’", "['’]") for word in name.split())
    return f"(?i:{said})" if len(name.split()) > 1 else said


def redacted(words, names, schools=None, teachers=None):
    """Return a sentence as an anonymous file has it.

    `schools` and `teachers` are what the file tells that there are; None when it does not tell, and then no count of
    them is left in words either.
    """
    words = _DAY_LIST.sub("[days]", _DAYS.sub("[day]", names.taken_out(words)))
    known = (schools, teachers)
    found = _SHARE.sub(lambda m: _share(m, *known), words)
    found = _ALL_BUT.sub(lambda m: f"{m['all']}{SOME}" if tells(number(m["some"]), *known) else m[0], found)
    found = _OF.sub(lambda m: _of(m, *known), found)
    found = _COUNT.sub(lambda m: _count(m, *known), found)
    found = _BARE_SHARE.sub(lambda m: SOME if part_tells(part(m["some"]), *known) else m[0], found)
    found = _BARE.sub(lambda m: SOME if tells(number(m["some"]), *known) else m[0], found)
    if SOME in found:
        found = _LABEL_AFTER_COUNT.sub(lambda m: f"{m[1] or ''}[some schools]", found)
    return _LABELS.sub(lambda m: _list(m[0], schools), found)


def _share(m, schools, teachers):
    """Hide a half or a third when it comes to few, or leaves few over."""
    all_of = schools if re.fullmatch(_SCHOOLS, m["who"], re.I) else teachers
    if all_of is not None and m["all"]:
        all_of = number(m["all"])
    of = m["of"] or (" of" if re.match(r"\s+(?:the|our|these|all)\b", m["noun"], re.I) else "")
    return f"{SOME}{of}{m['noun']}" if part_tells(part(m["some"]), all_of) else m[0]


def _of(m, schools, teachers):
    """Hide a part of a whole when it or the rest is small, and the whole when that is, or is not told."""
    some, all_of = number(m["some"]), number(m["all"])
    is_people = re.match(_BETWEEN + _PEOPLE, m.string[m.end() :], re.I)
    hides = (teachers if is_people else schools) is None
    if not hides and some >= FEW and all_of - some >= FEW:
        return m[0]
    return f"{SOME}{m['of']}{SOME if hides or all_of < FEW else m['all']}"


def _count(m, schools, teachers):
    """Hide a count that is small, or so near to all there are that the rest is."""
    all_of = schools if re.search(_SCHOOLS + "$", m["noun"], re.I) else teachers
    return f"{SOME}{m['noun']}" if any(tells(some, all_of) for some in numbers(m["some"])) else m[0]


def _list(labels, schools):
    """Take a list of schools away that could be counted."""
    many = labels.count("School ")
    few = many > 1 and (schools is None or many < FEW or schools - many < FEW)
    return "[some schools]" if few else labels


def _short(name):
    """Return what people call a school: its name without the words that any school may have."""
    words = name.split()
    while words and words[-1].strip(".,()").lower() in _ANY_SCHOOL:
        words.pop()
    if words and words[0].lower() == "the":
        words = words[1:]
    kept = " ".join(words)
    for any_words in (" church of england", " cofe", " c of e", " catholic", " primary", " infant", " junior"):
        at = kept.lower().find(any_words)
        kept = kept[:at] if at > 0 else kept
    return kept if len(kept) > 3 else ""


def _key(name):
    return " ".join(name.lower().replace("’", "'").split())
