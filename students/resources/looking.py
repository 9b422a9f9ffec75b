"""Looking at a web address without harm: only http and https, never into a private network, politely.

An address is resolved once and that very IP address is opened, so that a name cannot point elsewhere in between.
"""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urljoin, urlsplit

from django.conf import settings

SECONDS = 10
HOPS = 5
KEPT_OUT = {401, 403, 405, 406, 429, 451, 999}  # the page is there, and turns automatic visitors away
GONE = {404, 410}
MOVED = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):
    """The address cannot be opened; the text is a sentence without its full stop."""


def trouble_with(url: str) -> str:
    """'' where a page opens (or turns automatic visitors away), else what is wrong, in a sentence."""
    try:
        return trouble_of(status_of(url))
    except Unreachable as trouble:
        return str(trouble)
    except ssl.SSLError:
        return "Its certificate is not in order"
    except TimeoutError:
        return f"It did not answer within {SECONDS} seconds"
    except (OSError, http.client.HTTPException, ValueError):
        return "It did not answer"


def trouble_of(status: int) -> str:
    """What an HTTP status means for whoever opens the link."""
    if status < 400 or status in KEPT_OUT:
        return ""
    if status in GONE:
        return f"The page is not there any more ({status})"
    return f"The site reports an error ({status})"


def status_of(url: str) -> int:
    """The HTTP status of the page behind `url`, redirects followed. HEAD first, GET where HEAD is not liked."""
    for _ in range(HOPS):
        status, moved_to = asked("HEAD", url)
        if status >= 400:
            status, moved_to = asked("GET", url)
        if status not in MOVED or not moved_to:
            return status
        url = urljoin(url, moved_to)
    raise Unreachable("It sends visitors on and on")


def asked(method: str, url: str) -> tuple[int, str]:
    """(HTTP status, where it sends visitors on to) for one request. The body is not read."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Unreachable("It is no address of a web page")
    port = parts.port or PORTS[parts.scheme]
    connection = connected(parts.scheme, parts.hostname, public_address(parts.hostname, port), port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": f"PlacementPortal link check ({settings.BASE_URL})", "Accept": "text/html,*/*"}
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    finally:
        connection.close()


def connected(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    """A connection to `address` that names itself `host`, also to the certificate."""
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, port, timeout=SECONDS)
    connection.sock = socket.create_connection((address, port), SECONDS)
    if scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    return connection


def public_address(host: str, port: int) -> str:
    """An IP address of `host`. Raises Unreachable where there is none, or where any of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Unreachable("There is no site of this name") from error
    addresses = [entry[4][0] for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise Unreachable("It leads into a private network")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet (an IPv4 one in IPv6 clothes is looked at as itself)."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not (mapped or parsed).is_multicast
