"""Indiana: 7 % on price and fee less a like-kind trade; another state's resident at the rate of his state. IC 6-2.5; 28S, 84."""

from oracle import *

BASE = Deal(state="IN")


def expect(d):
    if d.rebate("manufacturer", "manufacturerLater", "dealerIncentive"):
        return None  # of low to medium confidence
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    maintenance = d.product("maintenance")
    if d.kind == "lease":
        if d.allowance:
            return None  # medium
        return billed(d, "0.07", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.doc_fee > 200:
        return None  # the indexed limit is not in the facts
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee + maintenance - d.discounts - d.traded)
    rate = D("0.07")
    return credited(d, cents(rate * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, allowance=D(12500), payoff=D(14000))
        yield BASE.but(price=price, rebates={"dealer": D(2000)}, allowance=D(3000))
    for paid in near("2100"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
    for amount in near("750"):
        yield BASE.but(products={"maintenance": amount})
