"""Kentucky: usage tax of 6 % on total consideration less trade, at least 6; service contracts 6 % sales tax. KRS 138.450, 138.460, 139.200."""

from oracle import *

BASE = Deal(state="KY")


def expect(d):
    if d.kind == "lease":
        if d.allowance or d.doc_fee:
            return None  # nothing is said of either
        return billed(d, "0.06", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater") or d.doc_fee:
        return None
    contracts = d.product("serviceContract", "maintenance")
    base = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    base = positive(base - d.traded)
    if not base:
        return None  # whether the least tax is due on nothing
    return Expect(owed=max(cents(D("0.06") * base), D(6)) + cents(D("0.06") * contracts))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("100", "99.92", "20000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price + 5000, allowance=D(5000))
        yield BASE.but(price=price + 700, rebates={"manufacturer": D(700)})
        yield BASE.but(price=price, products={"serviceContract": D("999.99"), "maintenance": D(450)})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
