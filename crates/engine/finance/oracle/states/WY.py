"""Wyoming: 4 % and the option of the county of residence, less trade and assigned rebate, paid to the county treasurer. Wyo. Stat. 39-15."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.02"),)
BASE = Deal(state="WY", local=LOCAL)


def expect(d):
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
