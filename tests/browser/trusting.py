"""Certificates for a proxy that speaks https: one that its browsers trust, and one of an authority nobody knows."""

import base64
import hashlib
import ssl

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Certificates:
    """A good and a bad certificate for this machine, made anew."""

    def __init__(self):
        self._authority = trustme.CA()
        self._good, self._bad = (ca.issue_cert("127.0.0.1", "localhost") for ca in (self._authority, trustme.CA()))
        self._contexts = {False: _server(self._good), True: _server(self._bad)}

    def context(self, broken):
        """Return the server's side of a handshake, with the good certificate or the one nobody trusts."""
        return self._contexts[broken]

    def client(self):
        """Return a client's side that trusts the good authority alone."""
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context

    def arguments(self):
        """Return what to start Chromium with, so that it trusts exactly the good key."""
        leaf = x509.load_pem_x509_certificate(self._good.cert_chain_pems[0].bytes())
        spki = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        pin = base64.b64encode(hashlib.sha256(spki).digest()).decode()
        return [f"--ignore-certificate-errors-spki-list={pin}"]


def _server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
