"""Arkansas: the whole price falls in one tier; local tax on the first 2,500; paid by the buyer at registration.
A.C.A. 26-52-510; 23-112-317 for the handling fee; GR-20 for leases."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.01"), levy("buyer", "city", "0.02"))
BASE = Deal(state="AR", local=LOCAL)


def expect(d):
    if d.doc_fee > 129:
        return Expect(error="doc-fee-above-limit")
    if d.kind == "lease":
        return None  # the lessor chooses between two methods; his default is not in the facts
    if d.products.keys() & {"gap", "tireWheel", "key"}:
        return None  # not named
    contracts = d.product("serviceContract", "maintenance")
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    if contracts:
        return None  # whether a contract counts towards the tier is not said
    if base < 4000:
        rate = D(0)
    elif base < 10000 and not d.new:
        rate = D("0.035")
    else:
        rate = D("0.065")
    tax = cents(rate * base)
    first = band(base, 0, 2500)
    for entry in d.local if base >= 4000 else ():  # below 4,000 the sale is exempt from local tax too
        tax += cents(D(entry["rate"]) * first)
    return Expect(owed=tax)


def deals():
    yield from common_deals(BASE)
    for condition in ("new", "used"):
        for price in near("2500", "4000", "10000"):
            vehicle = {"condition": condition}
            yield BASE.but(price=price, vehicle=vehicle)
            yield BASE.but(price=price + 6000, allowance=D(6000), vehicle=vehicle)
            yield BASE.but(price=price - 100, doc_fee=D(100), vehicle=vehicle)
            yield BASE.but(price=price + 500, rebates={"dealer": D(500)}, vehicle=vehicle)
            yield BASE.but(price=price, rebates={"manufacturer": D(500)}, vehicle=vehicle)
    for fee in near("129"):
        yield BASE.but(doc_fee=fee)
