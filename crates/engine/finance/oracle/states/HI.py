"""Hawaii: general excise tax of 4 % and the county's surcharge, passed on at most at 4.712 % (4.1666 % without surcharge).
HRS 237-3(b), 237-13, 237-8.6."""

from oracle import *

BASE = Deal(state="HI", local=(levy("dealer", "county", "0.005"),))


def rate(d):
    """The pass-on is itself income that is taxed: r / (1 - r), cut to the published figures."""
    return D("0.04712") if d.rate() == D("0.005") else D("0.041666")


def expect(d):
    if d.products.keys() - {"appearance", "theft"}:
        return None  # the dealer's income from contracts is taxed; whether it is passed on varies
    if d.kind == "lease":
        if d.equity or d.allowance:
            return None
        return billed(d, rate(d), d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    return Expect(owed=cents(rate(d) * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("25000", "64000"):
        for local in (BASE.local, (levy("dealer", "county", "0"),)):
            yield BASE.but(price=price, local=local)
            yield BASE.but(price=price, local=local, allowance=D("9876.54"))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(750)})
