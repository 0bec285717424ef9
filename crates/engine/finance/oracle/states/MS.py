"""Mississippi: 5 % on price and fee less trade, 3 % on carriers of property over 10,000 lb. Miss. Code 27-65-17, 27-65-23, 27-65-101."""

from oracle import *

BASE = Deal(state="MS")


def expect(d):
    if d.buyer.get("exemptions") == ["removal"]:
        return Expect(tax=D(0))
    if d.seller == "private":
        return Expect(tax=cents(D("0.05") * max(d.price, D(d.vehicle["assessedValue"]))))
    if d.products.keys() & {"tireWheel", "key", "maintenance"}:
        return None  # repairs are taxed when performed; a plan for goods is not settled
    heavy = d.vehicle.get("class") == "heavyTruck" and d.vehicle.get("gvwrLb", 0) > 10000
    rate = D("0.03") if heavy else D("0.05")
    if d.kind == "lease":
        if d.allowance or d.doc_fee:
            return None
        return billed(d, rate, d.received + d.acquisition_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    return Expect(tax=cents(rate * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for weight in (9999, 10000, 10001, 26000):
        for price in ("29999.99", "30000", "44444.44"):
            truck = {"condition": "new", "class": "heavyTruck", "gvwrLb": weight}
            yield BASE.but(price=D(price), vehicle=truck)
            yield BASE.but(price=D(price), vehicle=truck, allowance=D(10000))
    for fee in near("425"):
        yield BASE.but(doc_fee=fee)
    for price in near("12500"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, rebates={"manufacturer": D(2000), "dealer": D(500)}, allowance=D(3000))
    for home in ("AL", "TN"):
        yield BASE.but(buyer={"residence": "nonResident", "homeState": home, "exemptions": ["removal"]})
        yield BASE.but(buyer={"residence": "nonResident", "homeState": home})
    for value in near("8000"):
        yield BASE.but(seller="private", price=D(8000), vehicle={"condition": "used", "assessedValue": str(value)})
    for weight in (10000, 10001):
        truck = {"condition": "new", "class": "heavyTruck", "gvwrLb": weight}
        yield BASE.but(kind="lease", vehicle=truck, price=D("44444.44"), cash_down=D("1234.56"))
    yield BASE.but(buyer={"taxPaidElsewhere": "700.00"})  # no credit
