"""New Mexico: motor vehicle excise tax of 4 % on the price paid less trade and rebates; leases under gross receipts tax.
NMSA 7-14-3, 7-14-4, 7-14-6(E); 3.11.4.7 NMAC."""

from oracle import *

BASE = Deal(state="NM")


def expect(d):
    if d.doc_fee or d.products.keys() - {"appearance", "theft"} or d.taxable_fee or d.rebate("manufacturerLater"):
        return None  # of low confidence, or under gross receipts tax at the local rate
    if d.kind == "lease":
        if d.rebates or d.allowance or d.term <= 6:
            return None
        return billed(d, "0.04875", d.cash_down + d.acquisition_fee)
    base = d.price + d.goods - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    return credited(d, cents(D("0.04") * positive(base - d.traded)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        for kind in ("manufacturer", "manufacturerGuaranteed", "dealer"):
            yield BASE.but(price=price, rebates={kind: D(2000)}, allowance=D(3000))
            yield BASE.but(price=price, rebates={kind: D("12499.99")})
    for paid in near("1200"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for cash in ("0.01", "1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
