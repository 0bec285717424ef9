"""Massachusetts: 6.25 % on price, fees and accessories less trade and the rebate given at the sale. G.L. c. 64H s. 26; Directive 14-1."""

from oracle import *

BASE = Deal(state="MA")


def expect(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    if d.kind == "lease":
        if d.allowance or d.rebates:
            return None  # equity in an owned vehicle is said not to be taxed, a rebate is not spoken of
        return billed(d, "0.0625", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    return credited(d, cents(D("0.0625") * positive(base - d.traded)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, rebates={"manufacturer": D("12499.99")})
        yield BASE.but(price=price, rebates={"manufacturerLater": D(2000), "dealer": D(500)}, allowance=D(3000))
    for paid in near("1875"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
