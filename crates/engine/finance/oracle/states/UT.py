"""Utah: 4.85 % and the local rate of the dealer's place, less trade and a maker's rebate stated apart. Utah Code 59-12-102, -213; R865-19S-72."""

from oracle import *

LOCAL = (levy("dealer", "local", "0.024"),)
BASE = Deal(state="UT", local=LOCAL)


def both(d, amount):
    tax = cents(D("0.0485") * amount)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * amount)
    return tax


CORRIDOR = "Box Elder, Davis, Iron, Morgan, Salt Lake, Summit, Tooele, Utah, Wasatch, Washington, Weber".split(", ")


def age_based(age):
    return D(150 if age < 3 else 110 if age < 6 else 80 if age < 9 else 50 if age < 12 else 10)


def expect(d):
    if d.buyer.get("exemptions"):
        return Expect(tax=D(0), notices=["exempt"])
    if "modelYear" in d.vehicle:
        fees = {"age_based": age_based(int(d.date[:4]) - d.vehicle["modelYear"]), "title": D(6)}
        fees["corridor"] = D(10) if (d.buyer_place or {}).get("county") in CORRIDOR else None
        return Expect(tax=both(d, d.price), fees=fees)
    if d.kind == "lease" and d.local and d.local[0]["placeRole"] == "garaging":
        signing, each = both(d, d.cash_down), both(d, d.payment)
        return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.local or d.allowance or d.rebates:
            return None  # taxed where the vehicle is kept
        return billed(d, "0.0485", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    base = positive(base - d.traded)
    tax = both(d, base + contracts)
    if contracts and both(d, base) + both(d, contracts) != tax:
        return None
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("dealer", "local", "0.0375"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2175"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["nonresident"]})
    yield BASE.but(kind="lease", buyer={"residence": "nonResident", "exemptions": ["nonresident"]})
    for model in range(2013, 2028):
        yield BASE.but(vehicle={"condition": "used", "modelYear": model})
    for county in CORRIDOR + ["Cache", "Kane"]:
        yield BASE.but(vehicle={"condition": "used", "modelYear": 2020}, buyer_place={"state": "UT", "county": county})
    for cash in near("3000"):
        yield BASE.but(kind="lease", cash_down=cash, local=(levy("garaging", "local", "0.024"),))
