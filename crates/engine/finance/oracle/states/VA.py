"""Virginia: sales and use tax of 4.15 % of the price after rebates, no trade taken off, at least 75; half of a service contract under the
retail sales tax. Va. Code 58.1-2401, -2402; -609.5."""

from oracle import *

BASE = Deal(state="VA")


def expect(d):
    if d.buyer.get("exemptions") or d.buyer.get("residence") == "nonResident":
        return Expect(tax=D(0))
    if d.occasion == "newResident":
        return Expect(tax=D(0) if d.vehicle["daysTitledElsewhere"] >= 365 else cents(D("0.0415") * d.price))
    if "weightLb" in d.vehicle:
        weight = D("30.75") if d.vehicle["weightLb"] <= 4000 else D("35.75")
        return Expect(tax=cents(D("0.0415") * d.price), fees={"registration": weight, "title": D(15)})
    if d.kind == "lease" and d.term < 12:
        each = cents(D("0.10") * d.payment)
        return Expect(tax=each * d.term, per_payment=each)
    if d.local:
        # 5.3 % and the region's part on half of the contract.
        half = d.product("serviceContract") / 2
        return Expect(tax=cents(D("0.0415") * d.price) + cents((D("0.053") + d.rate("region", tax="retail")) * half))
    if d.products.keys() - {"appearance", "theft", "gap"} or d.rebate("manufacturerLater"):
        return None  # the regional retail rate is not in this deal
    price = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    if not positive(price):
        return None
    tax = max(D(75), cents(D("0.0415") * price))
    if d.kind == "lease":
        if d.term < 12 or d.acquisition_fee or d.allowance:
            return None
        return upfront(tax)
    if d.buyer.get("taxPaidElsewhere"):
        return None
    return Expect(tax=tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    # 75 / 0.0415 = 1,807.23
    for price in near("1807.22", "1807.23", "1807.35", "20000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, allowance=D(1500), vehicle={"condition": "used"})
        yield BASE.but(price=price - 100, doc_fee=D(100))
        yield BASE.but(price=price + 300, rebates={"manufacturer": D(300)})
        yield BASE.but(price=price + 300, rebates={"dealer": D(200), "dealerIncentive": D(100)})
    yield BASE.but(buyer={"residence": "nonResident"})
    yield BASE.but(buyer={"exemptions": ["veteran"]})
    for days in (364, 365, 366):
        yield BASE.but(occasion="newResident", vehicle={"condition": "used", "daysTitledElsewhere": days})
    for weight in (3999, 4000, 4001):
        yield BASE.but(vehicle={"condition": "used", "weightLb": weight})
    for term in (11, 12):
        yield BASE.but(kind="lease", term=term)
    for rate in ("0.007", "0.017"):
        for contract in near("2000") + [D("1895.45")]:
            local = (levy("dealer", "region", rate, tax="retail"),)
            yield BASE.but(products={"serviceContract": contract, "gap": D(700)}, local=local)
