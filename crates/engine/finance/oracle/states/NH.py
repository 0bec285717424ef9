"""New Hampshire: no tax on the sale of a vehicle, nor on a lease over 180 days."""

from oracle import *

BASE = Deal(state="NH")


def expect(d):
    return Expect(tax=D(0), buyer=D(0))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("150000", "45000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
