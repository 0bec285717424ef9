"""Nevada: 6.85 % and the county where the sale takes place, less the trade; maker's rebates are taxed. NRS 372.065, 374.070; NAC 372.938."""

from oracle import *

LOCAL = (levy("dealer", "county", "0.01525"),)
BASE = Deal(state="NV", local=LOCAL)


def taxes(d):
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("dealerIncentive"):
        return None  # "manufacturer discounts" are gross receipts; incentives passed on are not told apart
    if d.kind == "lease":
        if d.allowance:
            return None
        rate = D("0.0685")
        county = d.rate("county")
        one = lambda amount: (cents(rate * amount) + cents(county * amount), cents((rate + county) * amount))
        signing, each = one(d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee), one(d.payment)
        if signing[0] != signing[1] or each[0] != each[1]:
            return None  # one figure or two
        return Expect(tax=signing[0] + each[0] * d.term, signing=signing[0], per_payment=each[0])
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    separate = cents(D("0.0685") * base) + cents(d.rate("county") * base)
    if separate != cents((D("0.0685") + d.rate("county")) * base):
        return None
    return credited(d, separate)


SHARES = ["1.00", "0.95", "0.85", "0.75", "0.65", "0.55", "0.45", "0.35", "0.25", "0.15"]


def fees(d):
    """Governmental services tax: 4 % of 35 % of the list price, by age, at least 16; 1 % more in Clark and Churchill."""
    found = {}
    if "weightLb" in d.vehicle:
        found["registration"] = D(33) if d.vehicle["weightLb"] < 6000 else None
    if "modelYear" in d.vehicle:
        years = min(9, max(0, int(d.date[:4]) - d.vehicle["modelYear"]))
        value = D(d.vehicle["msrp"]) * D("0.35") * D(SHARES[years])
        found["services_tax"] = max(D(16), cents(value * D("0.04")))
        voted = (d.buyer_place or {}).get("county") in ("Clark", "Churchill")
        found["services_tax_supplement"] = cents(value * D("0.01")) if voted else None
    if "transfersPlate" in d.buyer:
        found["transfer"] = D(6)
    return found


def expect(d):
    if "delivered_outside" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    found = taxes(d)
    if found:
        found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("dealer", "county", "0.0075"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2512.50"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in range(21000, 41000, 1000):
        yield BASE.but(price=D(price), doc_fee=D(400))
        yield BASE.but(price=D(price), local=())
    for year in range(2014, 2028):
        for msrp in ("7600", "7619.04", "7619.05", "20000", "43215.55"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": msrp}, buyer_place={"state": "NV", "county": "Washoe"})
        yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": "31234"}, buyer_place={"state": "NV", "county": "Clark"})
    for pounds in (5999, 6000, 6001):
        yield BASE.but(vehicle={"condition": "new", "weightLb": pounds})
    yield BASE.but(buyer={"transfersPlate": True})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "OR", "exemptions": ["delivered_outside"]})
