"""What the machine tells the app: environment variables, read once at start."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Config:
    """Settings of one running app; everything about the hub itself is in its database."""

    database: Path = Path("workgroup.sqlite")
    public_address: str = "http://127.0.0.1:8000"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_from: str = ""
    backups: Path | None = None
    backups_kept: int = 7  # the newest daily copies
    backups_monthly: int = 0  # none: a copy holds what was erased since
    proxy: str = ""  # from which the address that somebody comes from is believed

    @property
    def is_https(self):
        """Tell whether people reach the app by https; then cookies are Secure and HSTS is sent."""
        return self.public_address.startswith("https://")

    @property
    def sends_mail(self):
        """Tell whether a mail server is configured; otherwise mail is kept on the outbox page."""
        return bool(self.smtp_host)


def is_loopback(host):
    """Tell whether only this machine reaches a host."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def from_environment(**over):
    """Read WORKGROUP_… variables; keyword arguments that are not None win."""
    e = os.environ
    given = {
        "database": Path(e.get("WORKGROUP_DATABASE", "workgroup.sqlite")),
        "public_address": _of_the_web("WORKGROUP_PUBLIC_ADDRESS", "http://127.0.0.1:8000"),
        "smtp_host": e.get("WORKGROUP_SMTP_HOST", ""),
        "smtp_port": _number("WORKGROUP_SMTP_PORT", 587, 1),
        "smtp_user": e.get("WORKGROUP_SMTP_USER", ""),
        "smtp_password": e.get("WORKGROUP_SMTP_PASSWORD", ""),
        "smtp_from": e.get("WORKGROUP_SMTP_FROM", ""),
        "backups_kept": _number("WORKGROUP_BACKUPS_KEPT", 7, 1),
        "backups_monthly": _number("WORKGROUP_BACKUPS_MONTHLY", 0, 0),
        "proxy": _number_of_a_machine("WORKGROUP_PROXY"),
        "backups": Path(e["WORKGROUP_BACKUPS"]) if e.get("WORKGROUP_BACKUPS") else None,
    }
    given.update({k: v for k, v in over.items() if v is not None})
    return Config(**given)


def _of_the_web(name, usual):
    """Read an address of the web: by any other the app would not know its own name, and answer nobody."""
    said = os.environ.get(name) or usual
    scheme, there, rest = said.partition("://")
    with suppress(ValueError):
        if scheme.lower() in ("http", "https") and urlsplit(said).hostname:
            return f"{scheme.lower()}{there}{rest.rstrip('/')}"
    raise ValueError(f"{name} is {said!r}: an address like https://workgroup.hub.example.org is wanted.")


def _number_of_a_machine(name):
    """Read the IP address of a machine, or nothing: by a name it would never be known again."""
    said = os.environ.get(name, "")
    try:
        return said and str(ip_address(said))
    except ValueError:
        raise ValueError(f"{name} is {said!r}: an address like 127.0.0.1 is wanted.") from None


def _number(name, usual, least):
    """Read a whole number; ValueError says which variable is none."""
    said = os.environ.get(name) or str(usual)
    if not said.isdecimal() or int(said) < least:
        raise ValueError(f"{name} is {said!r}: a whole number from {least} on is wanted.")
    return int(said)
