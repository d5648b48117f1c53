"""Tagged PDF (PDF/UA-1), written by typst: a fixed template, and plain values that it is given as JSON.

Typst executes markup, so words never become part of a template: they are read from the JSON and set as text.
"""

import json
import re

import typst

STANDARD = "ua-1"
NO_LETTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # nothing that a font could show
NOT_SHOWN = "could not be displayed with font"


class NotMade(Exception):
    """The template could not be set; a mistake of ours, said with typst's own words."""


def pdf(template, data):
    """Return the bytes of the PDF that a .typ file at path `template` makes of plain values.

    Nothing is fetched, and nothing outside the template's folder read. Words in a script that typst's own fonts do not
    know are set with the machine's fonts; where those have no such letter either, the standard forbids the empty box:
    the file is tagged all the same, but not called PDF/UA.
    """
    said = json.dumps(_plain(data), ensure_ascii=False)
    for own_only in (True, False):
        try:
            return _set(template, said, own_only, STANDARD)
        except typst.TypstError as trouble:
            if NOT_SHOWN not in str(trouble):
                raise NotMade(str(trouble)) from trouble
    return _set(template, said, False, [])


def _plain(value):
    """Return the same values without what no font can show."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return NO_LETTER.sub("", value) if isinstance(value, str) else value


def _set(template, said, own_only, standard):
    return typst.compile(
        str(template), root=str(template.parent), sys_inputs={"data": said}, ignore_system_fonts=own_only,
        pdf_standards=standard,
    )  # fmt: skip
