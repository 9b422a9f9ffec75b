"""The secret of a link that opens without signing in: a signature of what the link is bound to."""

from django.core.signing import BadSignature, Signer


def token_for(value: str, *, purpose: str) -> str:
    """The token that a link bound to `value` gets now. One of another purpose opens nothing."""
    return Signer(salt=purpose).signature(value)


def is_token_for(value: str, token: str, *, purpose: str) -> bool:
    """Whether `token` was made for this, with the SECRET_KEY or one of SECRET_KEY_FALLBACKS."""
    try:
        return Signer(salt=purpose).unsign(f"{value}:{token}") == value
    except BadSignature:
        return False
