"""Where other machines of this network reach this one."""

from __future__ import annotations

import socket

EVERYWHERE = "0.0.0.0"  # every network that this machine is in
ELSEWHERE = ("192.0.2.1", 9)  # an address that nobody has: nothing is sent to it


def own_address() -> str | None:
    """This machine's address in the network through which it would reach another; None where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith(("127.", "0.")) else found


def reached(url: str) -> str:
    """A server's address as its readers know it: nobody can open the one that stands for all of this machine's."""
    address = own_address() if f"//{EVERYWHERE}" in url else None
    return url.replace(EVERYWHERE, address or "127.0.0.1", 1)
