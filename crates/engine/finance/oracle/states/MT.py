"""Montana: no tax on the sale or the lease of a vehicle."""

from oracle import *

BASE = Deal(state="MT")


def expect(d):
    return Expect(tax=D(0), buyer=D(0))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("150000", "45000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
