"""PDF: tagged, titled, in English; whatever people write is text in it, and reads nothing."""

import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers import words_of_paper
from workgroup.formats import as_pdf
from workgroup.places import TEMPLATES

HOSTILE = '#read("/etc/passwd") *bold* _soft_ <script>alert(1)</script> $x^2$ \\ @ref = Heading // # [ ] { } `raw`'
EMPTY = {
    "title": "T", "lead": "L", "note": "N", "foot": "F", "key_point": None, "moments_title": "What was noticed",
    "questions": [], "predicted": [], "phases": [], "moments": [], "sketches": [], "pictures": [], "notes": [],
    "implications": [], "comments": [],
}  # fmt: skip


def _pdf(**over):
    return pypdf.PdfReader(io.BytesIO(as_pdf.pdf(TEMPLATES / "print" / "record.typ", {**EMPTY, **over})))


def test_it_is_tagged_titled_and_in_english():
    made = _pdf(title="Quarters that look different")
    catalog = made.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en-GB" and made.metadata.title == "Quarters that look different"
    assert b"pdfuaid" in made.xmp_metadata.stream.get_data()


def test_what_looks_like_markup_or_script_is_text():
    made = _pdf(title=HOSTILE, comments=[HOSTILE], notes=[["The teacher first", HOSTILE]])
    text = words_of_paper(made)
    assert text.count('#read("/etc/passwd") *bold* _soft_ <script>alert(1)</script>') >= 2 and "root:" not in text


def test_lines_are_kept():
    made = _pdf(comments=["One line\nand another"])
    assert "One line and another" in words_of_paper(made)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200))
def test_any_words_make_a_sheet(words):
    assert len(_pdf(comments=[words], key_point=words).pages) >= 1


def test_a_script_that_no_font_here_knows_makes_a_tagged_sheet_all_the_same():
    made = _pdf(title="T", comments=["\U00013000 half \u0f40"])
    assert "half" in words_of_paper(made) and "/StructTreeRoot" in made.trailer["/Root"]


def test_a_mistake_in_a_template_is_said(tmp_path):
    template = tmp_path / "broken.typ"
    template.write_text("#nothing-like-this()")
    with pytest.raises(as_pdf.NotMade, match="nothing-like-this"):
        as_pdf.pdf(template, {})
