"""Delaware: document fee of 5.25 % from 2025-10-01, 4.25 % before, on the price less the trade, at least 8. 30 Del. C. 3002."""

from oracle import *

BASE = Deal(state="DE")


def expect(d):
    if d.kind == "lease" or d.rebate("manufacturer", "manufacturerLater"):
        return None  # of low confidence in the facts
    if d.goods:
        return None  # the facts call accessories untaxed, the price on the bill of sale taxed
    if d.buyer.get("residence") == "nonResident":
        return Expect(owed=D(0), notices=["exempt"])
    rate = D("0.0525") if d.date >= "2025-10-01" else D("0.0425")
    sale = d.buyer.get("privateSale")
    own = D(sale["amount"]) if sale and sale["days"] <= 60 else D(0)
    worth = max(d.price + d.taxable_fee - d.discounts, D(d.vehicle.get("fairValue", 0)))
    base = positive(worth - d.traded - own)
    if not base:
        return None
    return Expect(owed=max(cents(rate * base), D(8)))


def deals():
    yield from common_deals(BASE)
    for price in near("152.38", "152.39", "188.23", "188.24", "5000"):
        for day in around("2025-10-01"):
            yield BASE.but(price=price, date=day)
    for allowance in near("29847.62", "29847.61"):
        yield BASE.but(allowance=allowance)
        yield BASE.but(allowance=allowance, vehicle={"condition": "used"})
    for discount in near("10000"):
        yield BASE.but(rebates={"dealer": discount}, allowance=D(2000))
        yield BASE.but(doc_fee=discount)
    for price in ("3333.33", "17171.17", "88888.88", "123456.78"):
        yield BASE.but(price=D(price), allowance=D("1111.11"))
        yield BASE.but(price=D(price), vehicle={"condition": "used"}, allowance=D("2222.22"), payoff=D("5000.01"))
    for book in near("30000"):
        yield BASE.but(vehicle={"condition": "used", "fairValue": str(book)}, allowance=D(3000))
    for days in (59, 60, 61):
        yield BASE.but(buyer={"privateSale": {"amount": "12345.67", "days": days}})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "PA"})
