"""Private keys at rest: sealed with a key derived from SECRET_KEY, so that a copy of the database alone signs nothing.

After a change of SECRET_KEY the old one may stand in SECRET_KEY_FALLBACKS; without it, keys cannot be opened any more
and a new one has to be made. What was signed before can be checked all the same: that needs the public half only.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"placement portal: signing keys of providers"


class CannotBeOpened(Exception):
    """It was sealed under a SECRET_KEY that this portal does not know."""


def seal(secret: bytes) -> bytes:
    """`secret`, unreadable for whoever does not know SECRET_KEY."""
    return _box().encrypt(secret)


def unseal(sealed: bytes) -> bytes:
    """What `seal` was given. Raises CannotBeOpened."""
    try:
        return _box().decrypt(bytes(sealed))
    except InvalidToken as error:
        raise CannotBeOpened from error


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(hkdf.derive(secret.encode()))
