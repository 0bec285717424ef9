"""Vermont: purchase and use tax of 6 % less the trade, at most 2,486 on heavy trucks; a lease on acquisition cost less its end value.
32 V.S.A. 8902, 8903."""

from oracle import *

BASE = Deal(state="VT")
MOST = D(2486)


# A year's registration by fuel, from 2025.
FUELS = {
    "gasoline": ("registration", "91"), "diesel": ("registration", "91"), "plugInHybrid": ("registration_plug_in", "135.50"),
    "electric": ("registration_electric", "178"), "hydrogen": ("registration_other", "159.25"),
}


def expect(d):
    if d.buyer.get("residence") == "nonResident" or d.buyer.get("exemptions"):
        return Expect(owed=D(0))
    if "fuel" in d.vehicle:
        code, fee = FUELS[d.vehicle["fuel"]]
        fees = {each: None for each, _ in FUELS.values()} | {code: D(fee), "title": D(42)}
        return Expect(owed=cents(D("0.06") * d.price), fees=fees)
    if d.seller == "private":
        return Expect(owed=cents(D("0.06") * max(d.price, D(d.vehicle["guideTradeValue"]))))
    if "privateSale" in d.buyer or "insuranceProceeds" in d.buyer:
        sale = d.buyer.get("privateSale", {"amount": 0, "days": 0})
        credit = D(d.buyer.get("insuranceProceeds", 0)) + (D(sale["amount"]) if sale["days"] <= 90 else D(0))
        return Expect(owed=cents(D("0.06") * positive(d.price - credit)))
    if d.kind == "lease" and d.term < 12:
        return None if d.cash_down else Expect(owed=cents(D("0.09") * d.payment) * d.term)
    if d.products.keys() - {"appearance", "theft"} or d.rebate("manufacturer", "manufacturerLater", "dealerIncentive"):
        return None  # low
    if d.kind == "lease":
        if d.allowance or d.doc_fee or d.taxable_fee or d.acquisition_fee or d.rebates or d.goods:
            return None  # what the acquisition cost is made of
        return Expect(owed=cents(D("0.06") * positive(d.price - d.residual)))
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.06") * base)
    if d.vehicle.get("class") in ("trailer", "offRoad", "other") or d.vehicle.get("class") == "heavyTruck" and d.vehicle.get("gvwrLb", 0) >= 10100:
        tax = min(tax, MOST)
    return Expect(owed=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("41433.33", "41450"):
        for weight in (10099, 10100, 10101):
            yield BASE.but(price=price, vehicle={"condition": "new", "class": "heavyTruck", "gvwrLb": weight})
        yield BASE.but(price=price)
        yield BASE.but(price=price, kind="lease", residual=D(20000))
    for price in near("12500", "22222.22"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, rebates={"dealer": D(2000)}, allowance=D(3000))
    for paid in near("1800"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident"})
    for ground in ("family_gift", "veteran"):
        yield BASE.but(buyer={"exemptions": [ground]})
    for kind in ("trailer", "offRoad", "other", "motorcycle", "rv"):
        for price in near("41433.33"):
            yield BASE.but(price=price, vehicle={"condition": "new", "class": kind, "gvwrLb": 12000})
    for guide in near("7000"):
        yield BASE.but(seller="private", price=D(7000), vehicle={"condition": "used", "guideTradeValue": str(guide)})
    for days in (0, 90, 120):
        yield BASE.but(buyer={"privateSale": {"amount": "6000", "days": days}})
    yield BASE.but(buyer={"insuranceProceeds": "14000.01"})
    for fuel in FUELS:
        yield BASE.but(vehicle={"condition": "new", "fuel": fuel})
    for term in (11, 12):
        yield BASE.but(kind="lease", term=term)
