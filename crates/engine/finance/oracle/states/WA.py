"""Washington: 6.5 %, the local rate of the lot, the motor vehicle tax (0.3 %, from 2026 0.5 %) less a like-kind trade; luxury tax of 8 %
above 100,000 (102,000 from 2026-07-01) with the trade added back. RCW 82.08.020, 82.08.0264; ESSB 5801; RCW 46.70.180."""

from oracle import *

LOCAL = (levy("dealer", "local", "0.038"), levy("garaging", "local", "0.038", reach="lease"))
BASE = Deal(state="WA", local=LOCAL)


def threshold(day):
    return D(100000) if day < "2026-07-01" else D(102000)


def expect(d):
    if d.doc_fee > 200:
        return Expect(error="doc-fee-above-limit")
    if d.buyer.get("exemptions"):
        return Expect(tax=D(0), notices=["exempt"])
    if d.products.keys() == {"serviceContract"}:
        # A retail sale of its own, and not the sale of a motor vehicle.
        taxes = [(D("0.065"), d.price), (D("0.005"), d.price), (D("0.065"), d.product("serviceContract"))]
        taxes += [(d.rate("local", of="dealer"), amount) for amount in (d.price, d.product("serviceContract"))]
        return Expect(tax=sum(cents(rate * amount) for rate, amount in taxes))
    if d.products.keys() - {"appearance", "theft"}:
        return None
    if d.vehicle.get("class") or "weightLb" in d.vehicle or "fairValue" in d.vehicle:
        return particular(d)
    if d.kind == "lease":
        if d.local or d.allowance or d.price >= 90000:
            return None  # the first payment at the lot, later ones at the lessee's address
        rate = D("0.065") + (D("0.005") if d.date >= "2026-01-01" else D("0.003"))
        received = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee
        parts = lambda amount: cents(D("0.065") * amount) + cents((rate - D("0.065")) * amount)
        signing, each = parts(received), parts(d.payment)
        return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)
    gross = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    base = positive(gross - d.traded)
    tax = cents(D("0.065") * base) + cents((D("0.005") if d.date >= "2026-01-01" else D("0.003")) * base)
    tax += cents(d.rate("local", of="dealer") * base)
    paid = D(d.buyer.get("taxPaidElsewhere", 0))
    if d.date >= "2026-01-01" and "2027-07-01" > d.date:
        if gross != d.price and gross > 90000:
            return None  # what beside the price is the selling price here
        tax += cents(D("0.08") * positive(gross - threshold(d.date)))
    return Expect(tax=tax - min(tax, paid))


def particular(d):
    """Weight fees, and who bears the luxury tax."""
    weight, kind = d.vehicle.get("weightLb"), d.vehicle.get("class", "passenger")
    if weight:
        fee = D(25 if weight <= 4000 else 45 if weight <= 6000 else 65 if weight <= 8000 else 72)
        local = cents(D("0.038") * d.price)
        return Expect(tax=cents(D("0.065") * d.price) + cents(D("0.005") * d.price) + local, fees={"weight": fee, "licence": D(30)})
    luxury = kind == "rv" or kind != "offRoad" and d.vehicle.get("gvwrLb", 0) <= 10000
    above = positive(D(d.vehicle.get("fairValue", d.price)) - threshold(d.date)) if luxury else D(0)
    tax = cents(D("0.08") * above)
    if d.kind == "lease":
        each = cents(D("0.065") * d.payment) + cents(D("0.005") * d.payment)
        return Expect(tax=tax + each * d.term, signing=tax, per_payment=each)
    return Expect(tax=tax + cents(D("0.065") * d.price) + cents(D("0.005") * d.price) + cents(D("0.038") * d.price))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for fee in near("200"):
        yield BASE.but(doc_fee=fee)
    for day in around("2026-01-01") + around("2026-07-01"):
        for price in near("100000", "102000"):
            yield BASE.but(date=day, price=price)
            yield BASE.but(date=day, price=price, allowance=D(25000))
        yield BASE.but(date=day, kind="lease", local=())
    for rate in ("0", "0.0105"):
        yield BASE.but(local=(levy("dealer", "local", rate),), price=D("33333.33"))
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["nonresident"]})
    for weight in near(4000, 6000, 8000, step=1):
        yield BASE.but(vehicle={"condition": "used", "weightLb": int(weight)})
    for contract in near("1999.99"):
        yield BASE.but(products={"serviceContract": contract})
    for kind, weight in [("rv", 16000), ("lightTruck", 10000), ("lightTruck", 10001), ("offRoad", 2000), ("motorcycle", 900)]:
        yield BASE.but(price=D(125000), vehicle={"condition": "new", "class": kind, "gvwrLb": weight})
    for value in near("100000") + [D(125000)]:
        yield BASE.but(kind="lease", price=D(90000), residual=D(50000), local=(), vehicle={"condition": "new", "fairValue": str(value)})
