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
    found["electric"] = found["plug_in"] = None
    if "weightLb" in d.vehicle:
        pounds = d.vehicle["weightLb"]  # unladen: MCA 61-3-571
        which = 0 if pounds < 6000 else 1 if pounds <= 10000 else 2 if pounds <= 26000 else 3
        code, amounts = {"electric": ("electric", (130, 190, 340, 1100)), "plugInHybrid": ("plug_in", (70, 100, 210, 700))}[d.vehicle["fuel"]]
        found[code] = D(amounts[which])
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
    for fuel in ("electric", "plugInHybrid"):
        for pounds in near(6000, 10000, 26000, step=1):
            yield BASE.but(vehicle={"condition": "new", "fuel": fuel, "weightLb": int(pounds)})
    for year in range(2013, 2028):
        for msrp in ("149999.99", "150000.00", "150000.01"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": msrp})
