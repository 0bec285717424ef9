"""Massachusetts: 6.25 % on price, fees and accessories less trade and the rebate given at the sale. G.L. c. 64H s. 26; Directive 14-1."""

from oracle import *

BASE = Deal(state="MA")


# Share of the list price on which the town's 25 per 1,000 is taken, by calendar year less model year.
EXCISE = {-1: "0.50", 0: "0.90", 1: "0.60", 2: "0.40", 3: "0.25"}


def excise(d):
    if "msrp" not in d.vehicle:
        return None
    share = D(EXCISE.get(int(d.date[:4]) - d.vehicle["modelYear"], "0.10"))
    return {"excise": cents(D(d.vehicle["msrp"]) * share * 25 / 1000)}


def expect(d):
    if d.buyer.get("exemptions"):
        return Expect(tax=D(0))
    if d.seller == "private":
        # The trade-in law speaks of dealers.
        price = d.price - d.discounts - d.rebate("manufacturer")
        return credited(d, cents(D("0.0625") * max(price, D(d.vehicle["guideTradeValue"]))))
    found = sale_or_lease(d)
    if found:
        found.fees = excise(d)
    return found


def sale_or_lease(d):
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
    for ground in ("delivered_outside", "disabled"):
        yield BASE.but(buyer={"exemptions": [ground]})
        yield BASE.but(buyer={"exemptions": [ground]}, kind="lease")
    for guide in near("7000"):
        yield BASE.but(seller="private", price=D(7000), vehicle={"condition": "used", "guideTradeValue": str(guide)})
    for model in range(2018, 2028):
        for msrp in ("28999.99", "41234.56"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": model, "msrp": msrp})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
