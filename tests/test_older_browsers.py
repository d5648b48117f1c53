"""What the tablets' JavaScript and CSS may use: nothing that Safari 16.0 lacks, the oldest in docs/deploying.md.

A browser that does not know one of these does not complain: it leaves a pressed button out of a form, a rule out of a
sheet, or stops a whole module. Each is named with the Safari that has it first, as MDN's compatibility data says.
"""

import re

from workgroup import places

NEWER_SCRIPT = {
    r"new FormData\([^()]*,": "16.4: the pressed button as a second argument",
    r"\(\?<[=!]": "16.4: looking behind in a regular expression",
    r"\bstatic \{": "16.4: static blocks",
    r"\b(?:OffscreenCanvas|CompressionStream|DecompressionStream)\b": "16.4",
    r"\bAbortSignal\.any\b": "17.4",
    r"\b(?:Object|Map)\.groupBy\b": "17.4",
    r"\bPromise\.withResolvers\b": "17.4",
    r"\bArray\.fromAsync\b": "16.4",
    r"\bimport\.meta\.resolve\b": "16.4",
    r"\.(?:showPopover|togglePopover|hidePopover|checkVisibility)\(": "17.0 and later",
    r"\bstorage\.estimate\(": "17.0; `storage?.estimate?.()` asks first",
    r"\bfor await \(const \w+ of \w+\.body\)": "never yet: streams are not iterable in Safari",
}
NEWER_STYLE = {
    r"^\s*&": "16.5: nesting",
    r"\bcolor-mix\(": "16.2",
    r"\b(?:light-dark\(|@starting-style|@scope|@view-transition|popover)": "17.4 and later",
    r"@property\b": "16.4",
    r"\b\d(?:\.\d+)?r?lh\b": "16.4: the line as a unit",
    r"@media[^{]*\(\s*[\w-]+\s*[<>]": "16.4: ranges in media queries",
}


def _found(pattern, newer):
    for path in sorted(places.STATIC.glob(pattern)):
        words = path.read_text(encoding="utf-8")
        for what, since in newer.items():
            if found := re.search(what, words, re.M):
                yield f"{path.name}: {found.group().strip()} ({since})"


def test_scripts_use_nothing_that_the_oldest_safari_lacks():
    assert [*_found("*.js", NEWER_SCRIPT), *_found("js/*.js", NEWER_SCRIPT)] == []


def test_styles_use_nothing_that_the_oldest_safari_lacks():
    assert [*_found("css/*.css", NEWER_STYLE)] == []
