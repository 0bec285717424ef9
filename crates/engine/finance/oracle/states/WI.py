"""Wisconsin: 5 %, county and the city of Milwaukee where the vehicle is kept, less the trade. Wis. Stat. 77.51, 77.52, 77.70; Publication 202."""

from oracle import *

LOCAL = (levy("garaging", "county", "0.009"), levy("garaging", "city", "0.02"))
BASE = Deal(state="WI", local=LOCAL)


def both(d, amount):
    tax = cents(D("0.05") * amount)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * amount)
    return tax


TRUCKS = [(4500, "100"), (6000, "100"), (8000, "116.60"), (10000, "170.50"), (12000, "229.90")]


def expect(d):
    if d.buyer.get("exemptions"):
        return Expect(tax=D(0), notices=["exempt"])
    if "gvwrLb" in d.vehicle:
        fee = next(D(fee) for most, fee in TRUCKS if d.vehicle["gvwrLb"] <= most)
        title = D("164.50") if d.date < "2025-10-01" else D("214.50")
        return Expect(tax=both(d, d.price), fees={"registration_truck": fee, "registration": None, "title": title})
    if d.kind == "lease" and d.local and not d.allowance:
        received = d.received + d.acquisition_fee
        signing, each = both(d, received), both(d, d.payment)
        return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.local or d.allowance:
            return None
        return billed(d, "0.05", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = both(d, base + contracts)
    if contracts and both(d, base) + both(d, contracts) != tax:
        return None
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, LOCAL[:1], (levy("garaging", "county", "0.005"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2370"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["nonresident"]})
    for most, _ in TRUCKS:
        for weight in near(most, step=1):
            if weight <= 12000:
                yield BASE.but(vehicle={"condition": "new", "class": "lightTruck", "gvwrLb": int(weight)})
    for day in around("2025-10-01"):
        yield BASE.but(date=day, vehicle={"condition": "new", "class": "lightTruck", "gvwrLb": 6000})
    for cash in near("2000"):
        yield BASE.but(kind="lease", cash_down=cash, acquisition_fee=D(695))
