"""Iowa: fee for new registration, 10 and 5 % of the price with the documentary fee, less trade and rebate (5 % alone before 2025).
Iowa Code 321.105A; 322.19A."""

from oracle import *

BASE = Deal(state="IA")


def flat(d):
    return D(10) if d.date >= "2025-01-01" else D(0)


def expect(d):
    if d.doc_fee > 180 and d.date >= "2026-01-01":
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"serviceContract", "tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None  # sales tax on a service contract is with local option; the others are not named
    if d.kind == "lease":
        if d.allowance or d.rebates or d.doc_fee or d.taxable_fee or d.acquisition_fee or d.term < 6:
            return None  # what of these is in the lease price is of medium confidence
        return Expect(owed=flat(d) + cents(D("0.05") * (d.payment * d.term + d.cash_down)))
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    base = positive(base - d.traded)
    if not base and d.price:
        return Expect(owed=flat(d))  # an even trade leaves the flat part
    if not base:
        return None
    return Expect(owed=flat(d) + cents(D("0.05") * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for fee in near("180"):
        yield BASE.but(doc_fee=fee)
    for rebate in near("1000"):
        for allowance in ("0", "8000", "28999.99", "29000", "29000.01"):
            yield BASE.but(rebates={"manufacturer": rebate}, allowance=D(allowance))
            yield BASE.but(rebates={"dealer": rebate}, allowance=D(allowance))
    for price in near("19999.90"):
        yield BASE.but(price=price, kind="lease", residual=D(9000))
