"""How often one address may do something: so many tries in a minute, counted in the cache that all processes share."""

import time
from ipaddress import IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.cache import cache

IPV6_PREFIX = 64  # what one household or office has; whoever has it can use any address of it


def within(request, action: str, *, tries: int, seconds: int = 60) -> bool:
    """Count a try of `action`, and say whether its address has had fewer than `tries` in the last so many `seconds`.

    A refused try does not count. Tries at the very same moment may count once: it holds off floods and guards nothing.
    """
    key, now = f"tries:{action}:{address_of(request)}", time.time()
    recent = [at for at in cache.get(key, ()) if at > now - seconds]
    if len(recent) >= tries:
        return False
    cache.set(key, [*recent, now], seconds)
    return True


def address_of(request) -> str:
    """Where the request came from, as signing in knows it (see BEHIND_PROXY); of IPv6 the network."""
    address = ip_address(get_adapter().get_client_ip(request))
    return str(address if address.version == 4 else IPv6Network((address, IPV6_PREFIX), strict=False).network_address)
