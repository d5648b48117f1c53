"""What every answer of the app must be, whatever was asked."""

import re


def check(answer, asked):
    """Hold an answer to what is true of all: below 500, in words, with headers that no line can carry further."""
    told = repr(asked)[:1500]
    assert answer.status_code < 500 or answer.status_code == 503, (answer.status_code, told)
    for name, value in answer.headers:
        value.encode("latin-1")  # else the server breaks on it after the app has answered
        assert not re.search(r"[\r\n\x00]", name + value), (name, value, told)
    assert answer.headers["X-Content-Type-Options"] == "nosniff", told
    is_file_of_ours = answer.mimetype in ("text/css", "text/javascript")
    policy = answer.headers.get("Content-Security-Policy", "default-src 'none'" if is_file_of_ours else "")
    assert "default-src 'none'" in policy and "unsafe" not in policy, told
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        assert re.search(r"[A-Za-z]{2,} [a-z]+", answer.get_data(as_text=True)), ("no words", told)
