"""Wyoming: 4 % and the option of the county of residence, less trade and assigned rebate, paid to the county treasurer. Wyo. Stat. 39-15."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.02"),)
BASE = Deal(state="WY", local=LOCAL)


# 3 % of a share of the factory price by year of service; the least county fee is 5.00.
SHARES = ["0.60", "0.50", "0.40", "0.30", "0.20", "0.15"]
UNLADEN = [(1000, 5), (3500, 30), (4500, 40), (5500, 50), (6000, 70)]


def expect(d):
    if d.buyer.get("residence") == "nonResident" or d.buyer.get("exemptions"):
        return Expect(tax=D(0), buyer=D(0))
    if "msrp" in d.vehicle:
        price = D(d.vehicle["msrp"])
        if d.new:
            return Expect(fees={"county": max(D(5), cents(price * D("0.60") * D("0.03"))), "county_used": None, "state_fee": D(30)})
        share = D(SHARES[min(2026 - d.vehicle["modelYear"], 5)])
        return Expect(fees={"county_used": max(D(5), cents(price * share * D("0.03"))), "county": None})
    if "weightLb" in d.vehicle:
        fee = next((D(fee) for most, fee in UNLADEN if d.vehicle["weightLb"] <= most), D(90))
        return Expect(fees={"state_fee_weight": fee, "state_fee": None})
    if d.kind == "lease" and d.local:
        parts = lambda amount: cents(D("0.04") * amount) + cents(d.rate("county") * amount)
        signing, each = parts(d.cash_down), parts(d.payment)
        return Expect(tax=signing + each * d.term, signing=signing, per_payment=each, buyer=D(0))
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    if d.kind == "lease":
        if d.local or d.allowance or d.rebates:
            return None
        return billed(d, "0.04", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    base = positive(base - d.traded)
    tax = cents(D("0.04") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    return Expect(tax=D(0), buyer=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("buyer", "county", "0.01"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("1800"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident"})
    for ground in ("tribal", "carrier"):
        yield BASE.but(buyer={"exemptions": [ground]})
    for msrp in ("20000", "33333.33", "277.77", "277.78"):
        yield BASE.but(vehicle={"condition": "new", "msrp": msrp})
        for model in range(2019, 2027):
            yield BASE.but(vehicle={"condition": "used", "msrp": msrp, "modelYear": model})
    for weight in near(1000, 3500, 4500, 5500, 6000, step=1):
        yield BASE.but(vehicle={"condition": "new", "class": "lightTruck", "weightLb": int(weight)})
    for cash in near("2000"):
        yield BASE.but(kind="lease", cash_down=cash)
