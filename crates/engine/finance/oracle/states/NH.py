"""New Hampshire: no tax on the sale of a vehicle, nor on a lease over 180 days."""

from oracle import *

BASE = Deal(state="NH")


def taxes(d):
    return Expect(tax=D(0), buyer=D(0))


MILLS = ["0.018", "0.015", "0.012", "0.009", "0.006", "0.003"]


def fees(d):
    """Town permit on the list price to the nearest hundred, in whole dollars, at least 5; state fee by gross weight."""
    whole = lambda value, unit: (D(value) / unit).quantize(D(1), rounding=ROUND_HALF_UP) * unit
    found = {"title": D(35) if d.date >= "2026-01-01" else D(25)}
    if "modelYear" in d.vehicle:
        back = min(5, max(0, int(d.date[:4]) - d.vehicle["modelYear"]))
        found["town_permit"] = max(D(5), whole(whole(d.vehicle["msrp"], 100) * D(MILLS[back]), 1))
    if "gvwrLb" in d.vehicle:
        pounds = d.vehicle["gvwrLb"]
        found["registration"] = D("31.20") if pounds <= 3000 else D("43.20") if pounds <= 5000 else D("55.20") if pounds <= 8000 else None
    fuel = d.vehicle.get("fuel")
    if fuel:
        found["electric"] = D(100) if fuel == "electric" else None
        found["plug_in"] = D(50) if fuel == "plugInHybrid" else None
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
    for year in range(2019, 2028):
        for msrp in ("249.99", "1500", "30049.99", "30050", "30149", "41250", "77777"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": msrp})
    for pounds in (2999, 3000, 3001, 4999, 5000, 5001, 7999, 8000, 8001):
        yield BASE.but(vehicle={"condition": "new", "gvwrLb": pounds})
    for day in around("2026-01-01"):
        for fuel in ("electric", "plugInHybrid", "hybrid"):
            yield BASE.but(date=day, vehicle={"condition": "new", "fuel": fuel})
