"""Maine: 5.5 % on price and fee less trade; every lease payment a sale of its own from 2025. 36 M.R.S. 1752, 1765, 1811."""

from oracle import *

BASE = Deal(state="ME")


def expect(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.allowance or d.date < "2025-01-01" or d.term <= 12:
            return None  # the credit speaks of a sale; rentals under a year have another rate
        return billed(d, "0.055", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.055") * (base + contracts))
    if contracts and cents(D("0.055") * base) + cents(D("0.055") * contracts) != tax:
        return None  # one line or two
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, rebates={"manufacturer": D("12499.99")})
        yield BASE.but(price=price, rebates={"dealer": D(500)}, allowance=D(3000))
    for paid in near("1650"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for amount in ("200", "1000", "2000"):
        yield BASE.but(products={"serviceContract": D(amount)})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
