"""Kentucky: usage tax of 6 % on total consideration less trade, at least 6; service contracts 6 % sales tax. KRS 138.450, 138.460, 139.200."""

from oracle import *

BASE = Deal(state="KY")


def expect(d):
    if d.buyer.get("residence") == "nonResident" or "military" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))  # the tax arises at registration in Kentucky
    if d.occasion == "newResident":
        return Expect(owed=cents(D("0.06") * D(d.vehicle["guideTradeValue"])))
    if d.kind == "lease" and d.elections.get("lease_tax") == "price":
        if d.doc_fee or d.rebates:
            return None
        return Expect(owed=cents(D("0.06") * (d.price + d.goods + d.taxable_fee)), per_payment=D(0))
    if d.kind == "lease":
        if d.allowance or d.doc_fee:
            return None  # nothing is said of either
        return billed(d, "0.06", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater") or d.doc_fee:
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.elections.get("affidavit") == "none":
        if d.new:
            part = D("0.81") if d.vehicle.get("gvwrLb", 0) > 10000 else D("0.90")
            return Expect(owed=cents(D("0.06") * part * D(d.vehicle["msrp"])))
        return Expect(owed=cents(D("0.06") * D(d.vehicle["fairValue"])))
    base = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    counts = d.new or d.trade.get("taxedHere", True)
    base = positive(base - (d.traded if counts else 0))
    if "guideTradeValue" in d.vehicle and not d.new:
        if d.allowance:
            return None  # the guide's value of the traded car is no fact of a deal
        base = max(base, D("0.5") * D(d.vehicle["guideTradeValue"]))
    if not base:
        return None  # whether the least tax is due on nothing
    tax = Expect(owed=max(cents(D("0.06") * base), D(6)) + cents(D("0.06") * contracts))
    fuel = d.vehicle.get("fuel")
    if fuel:  # plain hybrids owed 60 until the end of 2024
        hybrid = D(60) if fuel == "hybrid" and d.date < "2025-01-01" else None
        tax.fees = {"electric": None if fuel == "hybrid" else D(120), "hybrid": hybrid}
    return tax


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("100", "99.92", "20000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price + 5000, allowance=D(5000))
        yield BASE.but(price=price + 700, rebates={"manufacturer": D(700)})
        yield BASE.but(price=price, products={"serviceContract": D("999.99"), "maintenance": D(450)})
    sworn = BASE.but(vehicle={"condition": "used", "guideTradeValue": "12000.00"})
    for price in near("6000", "3000"):
        yield sworn.but(price=price)
        yield sworn.but(price=price, vehicle={"condition": "new", "guideTradeValue": "12000.00"})
    unsworn = BASE.but(elections={"affidavit": "none"})
    for value in ("23000.00", "45678.91"):
        for pounds in (9999, 10000, 10001):
            yield unsworn.but(vehicle={"condition": "new", "class": "heavyTruck", "gvwrLb": pounds, "msrp": value})
        yield unsworn.but(vehicle={"condition": "new", "msrp": value})
        yield unsworn.but(vehicle={"condition": "used", "fairValue": value})
        yield BASE.but(occasion="newResident", vehicle={"condition": "used", "guideTradeValue": value})
        yield BASE.but(kind="lease", price=D(value), elections={"lease_tax": "price"})
    for here in (True, False):
        for vehicle in ("new", "used"):
            yield BASE.but(vehicle={"condition": vehicle}, allowance=D(5000), trade={"taxedHere": here})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "OH"})
    yield BASE.but(buyer={"exemptions": ["military"]})
    year_fee = [("2024-12-31", "hybrid"), ("2025-01-01", "hybrid"), ("2025-01-01", "plugInHybrid"), ("2026-03-10", "electric")]
    for day, fuel in year_fee:
        yield BASE.but(date=day, vehicle={"condition": "new", "fuel": fuel})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
