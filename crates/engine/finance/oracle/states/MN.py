"""Minnesota: motor vehicle sales tax of 6.875 % less trade and every rebate, and a flat excise of 20 in some places; leases on the
price less residual with the rent. Minn. Stat. 297B.02, 297A.61, 168.27 subd. 31."""

from oracle import *

BASE = Deal(state="MN")


def doc_fee_limit(d):
    most = D(200) if d.date < "2024-07-01" else D(275) if d.date < "2025-07-01" else D(350)
    return min(most, D("0.10") * d.price)


def expect(d):
    if d.doc_fee > doc_fee_limit(d):
        # What of the sale's value counts for the 10 % is not said beyond the price.
        return None if D("0.10") * d.price < 350 and d.accessories else Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    if d.kind == "lease":
        if d.allowance or d.rebates or d.doc_fee or d.acquisition_fee or d.taxable_fee:
            return None
        # Price less residual, plus the interest: what the lessee pays in all, cash down not taken off.
        rent = d.payment * d.term - (d.adjusted_cap - d.residual)
        return upfront(cents(D("0.06875") * (d.price - d.residual + rent)))
    base = d.price + d.goods + d.taxable_fee - d.rebate("manufacturer", "manufacturerLater", "manufacturerGuaranteed") - d.discounts
    if d.rebate("manufacturerLater"):
        return None  # "any rebate"; when is not said
    base = positive(base - d.traded)
    old = d.vehicle.get("class", "passenger") == "passenger" and 2026 - d.vehicle.get("modelYear", 2026) >= 10
    if old and d.vehicle.get("condition") == "used":
        return None if base >= 2000 and base <= 3100 else Expect(tax=D(10)) if base < 2000 else Expect(tax=cents(D("0.06875") * base))
    if cents(D("0.06875") * base) < 10:
        return None  # to which vehicles the least tax applies
    return credited(d, cents(D("0.06875") * base) + sum((D(entry["amount"]) for entry in d.local), D(0)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for fee in near("350"):
        yield BASE.but(doc_fee=fee)
    for fee in near("275"):
        for day in around("2025-07-01"):
            yield BASE.but(doc_fee=fee, date=day)
    for fee in near("200"):
        yield BASE.but(doc_fee=fee, price=D(2000))
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, rebates={"manufacturer": D(2000), "dealer": D(500)}, allowance=D(3000))
    for paid in near("2062.50"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in ("3333.33", "17171.17", "88888.88", "123456.78"):
        yield BASE.but(price=D(price), allowance=D("1111.11"))
        yield BASE.but(price=D(price), vehicle={"condition": "used"}, allowance=D("2222.22"), payoff=D("5000.01"))
        yield BASE.but(price=D(price), rebates={"dealer": D("0.01")})
    excise = levy("dealer", "county", "0", reach="sale", tax="excise") | {"amount": "20.00"}
    for price in near("15000"):
        yield BASE.but(price=price, local=(excise,))
        yield BASE.but(price=price, local=(excise,), allowance=D(4000))
