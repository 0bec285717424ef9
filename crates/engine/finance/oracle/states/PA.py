"""Pennsylvania: 6 %, Allegheny 1 % and Philadelphia 2 % more, less trade and rebate on the invoice; leases 9 % and the local part as billed.
61 Pa. Code 31.44, 33.2; 63 P.S. 818.327."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.01"),)
BASE = Deal(state="PA", local=LOCAL)


def both(rate, county, amount):
    return cents(D(rate) * amount) + cents(county * amount)


def expect(d):
    if d.doc_fee > 490 and d.date >= "2026-01-01":
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    contracts = d.product("serviceContract", "maintenance")
    county = d.rate("county", of="buyer")
    if d.kind == "lease":
        if d.allowance or d.rebates or d.doc_fee or d.local:
            return None
        received = d.received + d.acquisition_fee + d.taxable_fee
        one = lambda amount: (both("0.06", D("0.03"), amount), cents(D("0.09") * amount))
        if one(received)[0] != one(received)[1] or one(d.payment)[0] != one(d.payment)[1]:
            return None  # sales tax and lease tax in one figure or two
        return billed(d, "0.09", received)
    base = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    base = positive(base - d.traded)
    tax = both("0.06", county, base + contracts)
    if contracts and both("0.06", county, base) + both("0.06", county, contracts) != tax:
        return None
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for fee in near("490"):
        yield BASE.but(doc_fee=fee)
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("buyer", "county", "0.02"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2100"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
