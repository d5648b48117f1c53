"""How often somebody may try to sign in: two limits beside each other, kept in the record over a restart (guard.py).

A narrow one is for an account from one address, so that whoever guesses shuts out neither its owner elsewhere nor the
people beside them. A wide one is for the address, behind which a whole school may sit; what the narrow one turned away
does not count for it. Nothing here knows whether an account exists, so nothing that is answered tells.
"""

from flask import request

from workgroup import guard
from workgroup.fields import read_email

WITHIN = 900
OF_ACCOUNT = {"ask": 5, "password": 10}  # from one address
OF_ADDRESS = {"ask": 300, "password": 300, "code": 200, "link": 300}
A_DAY = 86_400
GUESSES_A_DAY = 100  # at one account's password from anywhere (NIST 800-63B); a link still signs in
MAILS = 20  # to one account, whoever asks from wherever


def account_of(email):
    """Return how an account is called here: its e-mail in the one writing that it is looked up by, however typed."""
    try:
        return read_email((email or "").strip())
    except ValueError:
        return " ".join((email or "").split()).lower()[:254]


def may_try(what, account=""):
    """Count a try and tell whether it may be looked at; counted first, so that many at once are not more.

    One that comes after too many is not written down: a flood is only read.
    """
    pair, wide = _keys(what, account)
    if account and not _is_within(pair, OF_ACCOUNT[what]):
        return False
    return _is_within(wide, OF_ADDRESS[what])


def was_right(what, account=""):
    """Forget the try that was right, and the wrong ones of its account from here: only wrong ones are guesses."""
    pair, wide = _keys(what, account)
    guard.forget_tries(pair)
    guard.forget_tries(wide, most=1)
    guard.forget_tries(_guessed(account))


def is_guessed_at(account):
    """Count a try at the password of an account, whoever types it; tell whether there were too many wrong this day."""
    return guard.too_often(_guessed(account), GUESSES_A_DAY, A_DAY)


def has_mails_enough(account):
    """Count a mail that is asked for, and tell whether its account was written to too often to be written to again."""
    return guard.too_often(f"mail-to:{account}", MAILS, WITHIN)


def _is_within(key, most):
    return guard.tried(key, WITHIN) < most and guard.count_try(key, WITHIN) <= most


def _guessed(account):
    return f"guessed:{account}"


def _keys(what, account):
    return f"{what}:{account}@{request.remote_addr}", f"{what}-from:{request.remote_addr}"
