"""How a page is looked at: axe, and what measures/ measures. Each gives sentences of what is wrong."""

from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
AXE = HERE.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
MEASURES = "\n".join((HERE / "measures" / f"{name}.js").read_text() for name in ("room", "words", "states"))
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
ASK_AXE = f"""async ([where, contrast]) => {{
  const wanted = {{
    resultTypes: ['violations'], preload: false, runOnly: {RULES},
    rules: {{ 'color-contrast': {{ enabled: contrast }} }},
  }};
  const {{ violations }} = await axe.run(where ?? document, wanted);
  return violations.map((v) => [v.id, ...v.nodes.map((n) => n.html.slice(0, 160))].join('; '));
}}"""
LANDSCAPE = {"width": 1180, "height": 820}
SMALL = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
WITHOUT_ROOM = "[...looking.wide(), ...looking.cut()]"
AS_IT_IS = "[looking.targets(), looking.wide(), looking.cut(), looking.moves(), looking.tables()].flat()"


def open_eyes(page):
    """Put axe and the measures into the page that is open."""
    page.evaluate(f"{AXE.read_text()};{MEASURES}")


def axe(page):
    """Return what axe finds."""
    return page.evaluate(ASK_AXE, [None, True])


def axe_inside(page):
    """Return what axe finds inside main, contrast left out: colours are the same on every page, and cost the most."""
    return page.evaluate(ASK_AXE, [{"include": [["main"]]}, False])


def as_it_is(page):
    """Return what is too small to press, has no room, moves, or is a table without a name."""
    found = page.evaluate(AS_IT_IS)
    top = page.evaluate("document.querySelector('header.top')?.offsetHeight ?? 0")
    if page.viewport_size["width"] > 800 and top > 80:
        found.append(f"the top line is {top} px high: something of it has no room")
    return found


def with_more_room_for_words(page):
    """Return what is cut or covered with the spacing of 1.4.12, and with words twice as large."""
    spaced = page.evaluate(f"(looking.space(true), {WITHOUT_ROOM})")
    double = page.evaluate(f"(looking.space(false), looking.enlarge(true), {WITHOUT_ROOM})")
    page.evaluate("looking.enlarge(false)")
    return [*(f"spaced: {said}" for said in spaced), *(f"twice as large: {said}" for said in double)]


def at_four_hundred_per_cent(page):
    """Return what scrolls two ways or is cut on a screen of 320 × 256."""
    page.set_viewport_size(SMALL)
    return page.evaluate(WITHOUT_ROOM)


def in_forced_colours(page):
    """Return what is pressed, chosen, current or drawn, and cannot be told in the reader's own colours."""
    page.emulate_media(forced_colors="active")
    found = page.evaluate("looking.states()")
    page.emulate_media(forced_colors="none")
    return found


def side_by_side(page):
    """Return what keeps a school's year from being read in one look on a tablet on its side, or from being printed."""
    page.set_viewport_size(LANDSCAPE)
    places = page.evaluate(
        "[...document.querySelectorAll('.journey > :is(.changed, .why, .next)')].map((one) => {"
        " const {left, right, top} = one.getBoundingClientRect(); return [one.className, left, right, top]; })"
    )
    page.emulate_media(media="print")
    wide = page.evaluate("document.querySelector('.year-line svg').getBoundingClientRect().width")
    page.emulate_media(media="screen")
    in_order = [name for name, *_ in places[:3]] == ["changed", "why", "next"]
    beside = all(a[2] <= b[1] and abs(a[3] - b[3]) < 2 for a, b in pairwise(places[:3]))
    found = [] if in_order and beside else [f"what changed, why and one next step stand otherwise: {places[:3]}"]
    return found + ([f"on paper the line is {wide} px wide"] if not 200 < wide <= LANDSCAPE["width"] else [])


def refused(page):
    """Return what is wrong with a page that refused a form: the focus, and where the links of the summary lead."""
    return page.evaluate("looking.refused()")
