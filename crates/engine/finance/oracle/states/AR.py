"""Arkansas: the whole price falls in one tier; local tax on the first 2,500; paid by the buyer at registration.
A.C.A. 26-52-510; 23-112-317 for the handling fee; GR-20 for leases."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.01"), levy("buyer", "city", "0.02"))
BASE = Deal(state="AR", local=LOCAL)


def expect(d):
    if d.doc_fee > 129:
        return Expect(error="doc-fee-above-limit")
    if d.buyer.get("residence") == "nonResident":
        return Expect(owed=D(0), notices=["exempt"])
    if d.kind == "lease":
        if d.elections.get("lease_tax") == "receipts":
            received = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee
            state = cents(D("0.08") * received), cents(D("0.08") * d.payment)
            local = cents(d.rate() * received), cents(d.rate() * d.payment)
            signing, each = state[0] + local[0], state[1] + local[1]
            return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)
        if d.elections.get("lease_tax") == "price":  # the trade deduction is barred
            price = d.price + d.doc_fee + d.taxable_fee - d.discounts
            tax = cents(D("0.065") * price) + sum(cents(D(e["rate"]) * band(price, 0, 2500)) for e in d.local)
            return Expect(tax=tax, per_payment=D(0))
        return None  # the lessor chooses between two methods; his default is not in the facts
    if d.products.keys() & {"gap", "tireWheel", "key"}:
        return None  # not named
    contracts = d.product("serviceContract", "maintenance")
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    if contracts:
        return None  # whether a contract counts towards the tier is not said
    if base < 4000:
        rate = D(0)
    elif base < 10000 and not d.new:
        rate = D("0.035")
    else:
        rate = D("0.065")
    tax = cents(rate * base)
    first = band(base, 0, 2500)
    for entry in d.local if base >= 4000 else ():  # below 4,000 the sale is exempt from local tax too
        tax += cents(D(entry["rate"]) * first)
    days = d.buyer.get("privateSale", {}).get("days")
    weight = d.vehicle.get("weightLb")
    fees = {"registration": D(17 if weight <= 3000 else 25 if weight <= 4500 else 30), "decal": D("2.5")} if weight else None
    if days is not None:
        return None if days <= 60 else Expect(owed=tax)
    return Expect(owed=tax, fees=fees)


def deals():
    yield from common_deals(BASE)
    for condition in ("new", "used"):
        for price in near("2500", "4000", "10000"):
            vehicle = {"condition": condition}
            yield BASE.but(price=price, vehicle=vehicle)
            yield BASE.but(price=price + 6000, allowance=D(6000), vehicle=vehicle)
            yield BASE.but(price=price - 100, doc_fee=D(100), vehicle=vehicle)
            yield BASE.but(price=price + 500, rebates={"dealer": D(500)}, vehicle=vehicle)
            yield BASE.but(price=price, rebates={"manufacturer": D(500)}, vehicle=vehicle)
    for fee in near("129"):
        yield BASE.but(doc_fee=fee)
    for weight in (2999, 3000, 3001, 4499, 4500, 4501):
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight})
    for election in ("receipts", "price"):
        for deal in common_leases(BASE):
            yield deal.but(elections={"lease_tax": election})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "TX"})
    yield BASE.but(buyer={"privateSale": {"amount": "5000", "days": 61}})
