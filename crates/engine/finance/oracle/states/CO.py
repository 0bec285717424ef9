"""Colorado: 2.9 %, and city, county and districts where the buyer lives, on the price less the trade. C.R.S. 39-26-104; DR 0026 for leases."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.0075"), levy("buyer", "city", "0.0346"), levy("buyer", "district", "0.011"))
BASE = Deal(state="CO", local=LOCAL)


def expect(d):
    if d.kind == "lease":
        if d.elections.get("lease_tax") == "acquisition" and d.term <= 36:
            return upfront(cents(D("0.029") * positive(d.price + d.doc_fee + d.taxable_fee - d.discounts - d.traded)))
        if d.term <= 36 and d.elections.get("lease_tax") != "payments" or d.equity or d.allowance:
            return None  # up to 36 months the lessor may choose; a trade on a lease depends on the method
        received = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee
        state = billed(d.but(local=()), "0.029", received)
        return None if d.local else state
    if d.buyer.get("residence") == "nonResident":
        return Expect(owed=D(0), notices=["exempt"])
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.029") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    weight = d.vehicle.get("weightLb")
    if weight:
        over = lambda bound: positive(D(weight) - bound) / 100
        licence = ("license", 6 + D("0.20") * over(2000)) if weight <= 4500 else ("license_heavy", D("12.5") + D("0.60") * over(4500))
        safety = next(a for bound, a in ((2000, 16), (5000, 23), (10000, 28), (16000, 37), (10**6, 39)) if weight <= bound)
        fees = {"road_safety": D(safety), "title": D("7.20")}
        if weight % 100 == 0:  # what a part of a hundred pounds costs is not said
            fees[licence[0]] = licence[1]
        return Expect(owed=tax, fees=fees)
    return Expect(owed=tax)


def deals():
    yield from common_deals(BASE)
    for deal in common_leases(BASE.but(local=(), term=48)):
        yield deal
    for price in near("15000"):
        for local in (LOCAL, LOCAL[:1], LOCAL[1:], ()):
            yield BASE.but(price=price, local=local)
            yield BASE.but(price=price, local=local, allowance=D(15000))
    for rebate in ("0.01", "999.99"):
        yield BASE.but(rebates={"manufacturer": D(rebate)}, allowance=D(4000), local=LOCAL[:2])
    for weight in (1999, 2000, 2001, 2100, 2200, 4400, 4499, 4500, 4501, 4600, 5000, 5001, 10000, 10001, 16000, 16001):
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight})
    for term in (24, 35, 36):
        for election in ("acquisition", "payments"):
            yield BASE.but(kind="lease", local=(), term=term, elections={"lease_tax": election}, cash_down=D(2000))
    yield BASE.but(kind="lease", local=(), term=36, elections={"lease_tax": "acquisition"}, allowance=D(6000))
    yield BASE.but(kind="lease", local=(), term=37, elections={"lease_tax": "acquisition"})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "WY"})
