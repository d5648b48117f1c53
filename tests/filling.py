"""A form filled in as on its page: with what it holds, what somebody types or chooses there, and the button they press.

What the page does not have nobody can fill in, so a field, a choice or a button that is gone fails here.
"""

from urllib.parse import urlsplit

from bs4 import BeautifulSoup


def sent_by(form):
    """Return what a form would send as it stands: {name: words, or a list where several are ticked}."""
    sent = {}
    for one in form.find_all(("input", "textarea", "select")):
        is_box = one.get("type") in ("checkbox", "radio")
        if not one.get("name") or (is_box and not one.has_attr("checked")):
            continue
        value = one.get("value", "on" if is_box else "") if one.name == "input" else one.text.removeprefix("\n")
        if one.name == "select":
            chosen = one.find("option", selected=True) or one.find("option")
            value = chosen["value"]
        had = sent.get(one["name"])
        sent[one["name"]] = value if had is None else [*(had if isinstance(had, list) else [had]), value]
    return sent


def _typed(form, name, value):
    """Say whether a form has a field to type or choose this in."""
    values = set(value) if isinstance(value, list) else {value}
    found = form.find_all(("input", "textarea", "select"), attrs={"name": name})
    assert [one for one in found if one.get("type") != "hidden"], f"the page has no field {name}"
    boxes = {one.get("value", "on") for one in found if one.get("type") in ("checkbox", "radio")}
    choices = boxes | {option["value"] for one in found for option in one.find_all("option")}
    assert not choices or values <= choices, f"the page does not offer {values - choices} as {name}"


def press(client, page, button, /, **typed):
    """Open a page, fill in the form that has a button of these words, press it, and return what comes back.

    A list of values leaves those boxes ticked and no others.
    """
    answer = client.get(page)
    shown = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    [pressed, *_] = [one for one in shown.find_all("button") if one.text.strip().startswith(button)] or [None]
    assert pressed, f"the page has no button {button}"
    form = pressed.find_parent("form")
    for name, value in typed.items():
        _typed(form, name, value)
    own = {pressed["name"]: pressed.get("value", "")} if pressed.get("name") else {}
    to = pressed.get("formaction") or form.get("action") or urlsplit(page).path
    return client.post(to, data={**sent_by(form), **typed, **own})
