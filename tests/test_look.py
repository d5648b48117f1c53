"""The look is one system: values stand in tokens.css alone, in layers, and every text can be read on its ground."""

import re

import pytest

from workgroup import places
from workgroup.tablet import shell

CSS = places.STATIC / "css"
SHEETS = sorted(path for path in CSS.glob("*.css") if path.name != "tokens.css")
LAYERS = ("base", "parts", "pages", "print")
TEXTS = ("ink", "soft", "accent", "coherence", "representation", "thinking", "fluency", "variation")
PAIRS = [(text, ground) for text in TEXTS for ground in ("paper", "lift", "sunk", "tint")] + [
    ("wrong", "paper"), ("wrong", "lift"), ("wrong", "wrong-tint"), ("ink", "wrong-tint"), ("accent", "wrong-tint"),
    ("on-accent", "accent"), ("paper", "ink"),
]  # fmt: skip
SCHEMES = {
    "light": (), "dark": ("dark",), "light, more contrast": ("more",), "dark, more contrast": ("dark", "more", "both"),
}  # fmt: skip
MEDIA = {
    "dark": "@media screen and (prefers-color-scheme: dark)", "more": "@media screen and (prefers-contrast: more)",
    "both": "@media screen and (prefers-contrast: more) and (prefers-color-scheme: dark)",
}  # fmt: skip


def _bare(path):
    """Return a sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


def _values(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block))


def _tokens(scheme):
    """Return the colours of a scheme: those of every medium that applies, later ones over earlier ones."""
    words = _bare(CSS / "tokens.css")
    found = _values(re.search(r":root \{(.*?)\n  \}", words, re.S)[1])
    for name in SCHEMES[scheme]:
        found |= _values(re.search(re.escape(MEDIA[name]) + r" \{\s*:root \{(.*?)\}", words, re.S)[1])
    return found


def _light(colour):
    """Return the relative luminance of a colour, as WCAG counts it."""
    whole = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(whole[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return how far two colours stand apart, from 1 to 21."""
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_every_ground_it_stands_on(scheme):
    colours = _tokens(scheme)
    least = 7 if "more" in scheme else 4.5
    low = {f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2) for text, ground in PAIRS
           if contrast(colours[text], colours[ground]) < least}  # fmt: skip
    assert low == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_edge_that_says_what_can_be_pressed_is_seen(scheme):
    colours = _tokens(scheme)
    low = {f"{edge} on {ground}": round(contrast(colours[edge], colours[ground]), 2)
           for edge in ("line", "accent", "wrong") for ground in ("paper", "lift")
           if contrast(colours[edge], colours[ground]) < 3}  # fmt: skip
    assert low == {}


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_a_sheet_names_no_colour_and_no_size_of_type_of_its_own(path):
    words = _bare(path)
    colours = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\([^)]*\)", words)
    fonts = re.findall(r"(?:font|font-size): ([^;}]+)", words)
    raw = [f for f in fonts if not re.search(r"var\(--(xs|s|m|l|xl|xxl|clock|drawn)\)|^inherit$|^[\d.]+em$", f)]
    assert (colours, raw) == ([], [])


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_every_rule_of_a_sheet_stands_in_a_layer_and_importance_has_a_reason(path):
    whole = path.read_text()
    opened = re.findall(r"^@layer ([\w, ]+)[{;]", whole, re.M)
    assert opened and {name.strip() for name in opened} <= set(LAYERS)
    outside = re.sub(r"^@layer \w+ \{.*?^\}|^@layer \w+ \{.*\}$", "", _bare(path), flags=re.M | re.S)
    assert outside.strip() == ""
    assert [line.strip() for line in whole.splitlines() if "!important" in line and "/*" not in line] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_space_sits_on_a_quarter_of_the_square(path):
    spaces = re.findall(r"\b(?:margin|padding|gap)[\w-]*: ([^;}]+)", _bare(path))
    sizes = [size for one in spaces for size in re.findall(r"(?<![\w-])([\d.]+)rem\b", one)]
    assert [size for size in sizes if float(size) * 16 % 2] == []


def test_every_value_that_is_asked_for_is_a_token_and_every_token_is_used():
    asked = {name for path in SHEETS for name in re.findall(r"var\(--([\w-]+)", _bare(path))}
    tokens = set(re.findall(r"--([\w-]+):", _bare(CSS / "tokens.css")))
    inside = set(re.findall(r"var\(--([\w-]+)", _bare(CSS / "tokens.css")))
    assert asked - tokens == set()
    assert tokens - asked - inside == set()


def test_the_browser_frame_and_the_home_screen_have_the_colour_of_the_paper(app):
    page = app.test_client().get("/set-up").get_data(as_text=True)
    named = re.findall(r'name="theme-color" content="(#[0-9a-f]+)"', page)
    assert named == [_tokens("light")["paper"], _tokens("dark")["paper"]]
    assert named[0] == shell.PAPER


def _macros():
    """Return every part as (file, macro): those that begin with _ are of the part's own."""
    for path in sorted((places.TEMPLATES / "parts").glob("*.html")):
        yield from ((path.stem, name) for name in re.findall(r"\{% macro (?!_)(\w+)", path.read_text()))


def test_the_page_of_the_look_shows_every_part_with_the_part_itself(world_of, sign_in):
    page = sign_in(world_of.participant).get("/style").get_data(as_text=True)
    sources = "".join(path.read_text() for path in (places.TEMPLATES / "style").glob("*.html"))
    aliases = dict(re.findall(r'import "parts/(\w+)\.html" as (\w+)', sources))
    unshown = [f"{file}.{name}" for file, name in _macros()
               if f'id="{file}-{name}"' not in page or f"{aliases[file]}.{name}(" not in sources]  # fmt: skip
    assert unshown == []


# what a sheet's look is made of, and the one part that draws it
DRAWN = {
    r'class="(?:sheet|entry)[ "]': "parts/sheet.html", r'class="scroll[ "]': "parts/shown.html",
    r'class="notice wrong" role="alert" tabindex': "parts/form.html", r"M6 13 1 8l2-2 3 3 7-7 2 2z": "parts/marks.html",
}  # fmt: skip
NO_FRAME = {"planning/calendar.html": "seven days of a month are never wider than a phone"}


def _pages():
    """Return every template of a page, by its path under templates/: mails and what is printed by Typst are others."""
    found = {str(p.relative_to(places.TEMPLATES)): p.read_text() for p in places.TEMPLATES.rglob("*.html")}
    return {name: words for name, words in found.items() if name.split("/")[0] not in ("mail", "print")}


def test_sheets_entries_frames_and_alarms_are_drawn_by_their_parts_alone():
    by_hand = {(name, part) for name, words in _pages().items() for drawn, part in DRAWN.items()
               if name != part and re.search(drawn, words)}  # fmt: skip
    # what could not be saved stands before the page and has a name of its own
    assert by_hand == {("base.html", "parts/form.html")}


def test_a_table_stands_in_the_frame_that_scrolls_by_itself():
    framed = re.compile(r"shown\.table\([^%]*%\}\s*$")
    bare = {name for name, words in _pages().items()
            for before in re.split(r"<table\b", words)[:-1] if not framed.search(before)}  # fmt: skip
    assert bare == set(NO_FRAME)


def test_the_page_of_the_look_shows_every_value(world_of, sign_in):
    page = sign_in(world_of.leader).get("/style").get_data(as_text=True)
    first = re.search(r":root \{(.*?)\n  \}", _bare(CSS / "tokens.css"), re.S)[1]
    names = re.findall(r"--([\w-]+):", first)
    assert [name for name in names if f'data-token="{name}"' not in page] == []
    shown = _bare(CSS / "style.css")
    assert [name for name in _values(first) if f'.swatch[data-token="{name}"]' not in shown] == []


def test_the_page_of_the_look_is_for_whoever_is_signed_in(world_of, sign_in):
    assert sign_in(None).get("/style").status_code == 303
    assert sign_in(world_of.outsider).get("/style").status_code == 200
