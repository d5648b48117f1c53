"""What a phone at the door sends, and the link in the newest mail."""



from workgroup import clock, store
from workgroup.people import post


def an_entry(by, name, **fields):
    """Return an entry as a phone sends it."""
    return {"id": post.new_id(), "kind": name, "by": by, "at": clock.now(), "seq": 1, "boot": "b", "ticks": 5,
            "fields": fields}  # fmt: skip


def send_from(phone, *entries):
    """Send entries from a phone; return each standing with its errors."""
    batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": list(entries)}
    answer = phone.post("/sync", json=batch)
    assert answer.status_code == 200, answer.status_code
    return [(s["standing"], s["errors"]) for s in answer.get_json()["standings"]]


def newest_link(db):
    """Return the path of the newest mail's link."""
    return store.value(db, "select link from mail where link is not null order by rowid desc limit 1")


def press(client, link):
    """Press the button of a link that signs in."""
    return client.post(link, data={"token": post.new_token()})
