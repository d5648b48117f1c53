"""Whoever comes too late by a link gets back what they had just written."""

import pytest

LINKS = {
    "/agree/{}": "words", "/visit-report/{}": "words", "/hosting/{}": "entrance", "/invited/{}": "cover",
    "/reflect/{}": "words", "/back/{}": "words", "/journey/{}": "words",
}  # fmt: skip


@pytest.mark.parametrize(("path", "field"), LINKS.items())
def test_what_was_typed_into_a_page_whose_link_is_over_is_there_to_be_copied(app, world_of, path, field):
    answer = app.test_client().post(path.format("a" * 43), data={field: "Two <b>sentences</b> of mine"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 410 and "This link is over" in text
    assert "What you have just written was not kept" in text and "Two &lt;b&gt;sentences&lt;/b&gt; of mine" in text
    assert "was not kept" not in app.test_client().get(path.format("a" * 43)).get_data(as_text=True)
