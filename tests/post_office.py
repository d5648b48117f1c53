"""A real mail server on loopback, for what the app sends."""

import socket
from contextlib import contextmanager
from dataclasses import replace

from aiosmtpd.controller import Controller


class Inbox:
    """A mail server's ear that keeps what it hears."""

    def __init__(self):
        self.letters = []
        self.full = False

    async def handle_DATA(self, server, session, envelope):
        """Take a letter, or refuse it while the box is full."""
        if self.full:
            return "452 the box is full"
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"


@contextmanager
def opened(settings):
    """Open one on loopback; yield its inbox, and settings that send there."""
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, replace(
        settings, smtp_host="127.0.0.1", smtp_port=port, smtp_from="hub@example.org",
        public_address="https://hub.example.org",
    )  # fmt: skip
    controller.stop()
