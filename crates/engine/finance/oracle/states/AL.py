"""Alabama: 2 % and the local automotive rates of the dealer's place on the net difference; leases 1.5 % on every receipt.
Code of Ala. 40-23-2(4), 40-12-222."""

from oracle import *

BASE = Deal(state="AL", local=(levy("dealer", "county", "0.005", reach="sale"), levy("dealer", "city", "0.01", reach="sale")))


def expect(d):
    if d.kind == "lease":
        return billed(d, "0.015", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.buyer.get("residence") == "nonResident" and d.elections.get("drive_out") != "no":
        if "home_exempts" in d.buyer.get("exemptions", []):
            return Expect(tax=D(0), notices=["exempt"])
        base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
        home = D(d.buyer.get("homeStateRate", "0.02"))
        return Expect(tax=cents(min(D("0.02"), home) * base))
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.02") * base)
    for entry in d.local:
        gross = d.elections.get("local_trade") == "gross"  # a local act
        tax += cents(D(entry["rate"]) * (base if not gross else d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts))
    electric = {"electric": ("electric", "203.00"), "plugInHybrid": ("plug_in_hybrid", "103.00")}
    fuel = d.vehicle.get("fuel")
    if fuel in electric:
        code, amount = electric[fuel]
        if d.date >= "2027-07-01":
            amount = D(amount) + 3
        return Expect(tax=tax, fees={code: D(amount), "title": D(15), "title_county": D(3)})
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for rate in ("0", "0.00667", "0.025"):
        yield BASE.but(local=(levy("dealer", "city", rate, reach="sale"),), price=D("33333.33"))
        yield BASE.but(local=(levy("dealer", "city", rate, reach="sale"),), allowance=D("7777.77"))
    for paid in near("1050"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in near("12000"):
        yield BASE.but(price=price, allowance=D(12000))
    for rate in ("0", "0.0199", "0.02", "0.0201", "0.06"):
        for price in ("12345.67", "30000"):
            away = {"residence": "nonResident", "homeState": "GA", "homeStateRate": rate}
            yield BASE.but(price=D(price), buyer=away)
            yield BASE.but(price=D(price), buyer=away, allowance=D(5000))
            yield BASE.but(price=D(price), buyer=away, elections={"drive_out": "no"})
            yield BASE.but(price=D(price), buyer=away | {"exemptions": ["home_exempts"]})
    for allowance in near("10000"):
        yield BASE.but(allowance=allowance, elections={"local_trade": "gross"})
    for day in around("2027-07-01"):
        for fuel in ("electric", "plugInHybrid"):
            yield BASE.but(date=day, vehicle={"condition": "new", "fuel": fuel})
