"""Nevada: 6.85 % and the county where the sale takes place, less the trade; maker's rebates are taxed. NRS 372.065, 374.070; NAC 372.938."""

from oracle import *

LOCAL = (levy("dealer", "county", "0.01525"),)
BASE = Deal(state="NV", local=LOCAL)


def expect(d):
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("dealerIncentive"):
        return None  # "manufacturer discounts" are gross receipts; incentives passed on are not told apart
    if d.kind == "lease":
        if d.allowance:
            return None
        rate = D("0.0685")
        county = d.rate("county")
        one = lambda amount: (cents(rate * amount) + cents(county * amount), cents((rate + county) * amount))
        signing, each = one(d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee), one(d.payment)
        if signing[0] != signing[1] or each[0] != each[1]:
            return None  # one figure or two
        return Expect(tax=signing[0] + each[0] * d.term, signing=signing[0], per_payment=each[0])
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    separate = cents(D("0.0685") * base) + cents(d.rate("county") * base)
    if separate != cents((D("0.0685") + d.rate("county")) * base):
        return None
    return credited(d, separate)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("dealer", "county", "0.0075"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2512.50"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in range(21000, 41000, 1000):
        yield BASE.but(price=D(price), doc_fee=D(400))
        yield BASE.but(price=D(price), local=())
