"""Alaska: no state tax; boroughs and cities tax by ordinances, most with a limit on one sale."""

from oracle import *

BASE = Deal(state="AK")


def expect(d):
    """Where nobody levies, nothing is owed. The ordinances' own bases and limits are of low confidence in the facts."""
    return None if d.local else Expect(tax=D(0), buyer=D(0))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("500", "14300", "100000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
