"""Montana: no tax on the sale or the lease of a vehicle."""

from oracle import *

BASE = Deal(state="MT")


def taxes(d):
    return Expect(tax=D(0), buyer=D(0))


def age(d):
    return None if "modelYear" not in d.vehicle else int(d.date[:4]) - d.vehicle["modelYear"]


def fees(d):
    """Registration by age, the luxury fee, title and lien with the administrative fee of 3 %."""
    found = {"title": D(12) * D("1.03"), "highway_patrol": D(10)}
    if age(d) is not None:
        found["registration"] = D(217) if age(d) <= 4 else D(87) if age(d) <= 10 else D(28)
        luxury = D(d.vehicle.get("msrp", 0)) > 150000 and age(d) <= 10
        found["luxury"] = D(825) if luxury else None
    return found


def expect(d):
    found = taxes(d)
    found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("150000", "45000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
    for year in range(2013, 2028):
        for msrp in ("149999.99", "150000.00", "150000.01"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": msrp})
