"""Virginia: sales and use tax of 4.15 % of the price after rebates, no trade taken off, at least 75; half of a service contract under the
retail sales tax. Va. Code 58.1-2401, -2402; -609.5."""

from oracle import *

BASE = Deal(state="VA")


def expect(d):
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
