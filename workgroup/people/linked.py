"""Pages that a link in a mail opens without signing in: its holder is whoever it was sent to, on that page alone.

The link is in the address and is kept as a hash; the pages are stored nowhere, and act only when a button is pressed,
because mail scanners open links.
"""

from functools import wraps

from flask import abort, g, request

from workgroup import guard, web
from workgroup.people import post, queries

TRIES, WITHIN = 120, 900  # from one address, so that links cannot be guessed


def by_link(kind, over):
    """Let the holder of a link of a kind in, whoever else is signed in on this browser.

    The view gets the link's row before its `token`; a link that is over shows the page `over` with 410. Who is signed
    in on this browser stands in `g.signed_in_as`.
    """

    def declare(view):
        @wraps(view)
        def opened(token, **said):
            if request.method == "POST" and guard.too_often(f"link-from:{request.remote_addr}", TRIES, WITHIN):
                abort(429)
            link = queries.link_of(g.db, post.hash_of(token), kind)
            g.signed_in_as = g.person and g.person["id"]
            g.person, g.tablet, g.is_signed_out = None, None, False
            if link is None:
                return web.show(over, status=410)
            g.proved = link["person"]
            return view(link, token=token, **said)

        return opened

    return declare


def keep_nowhere(response):
    """Hang onto a blueprint of such pages with `after_request`: no cache keeps them."""
    response.headers["Cache-Control"] = "no-store"
    return response
