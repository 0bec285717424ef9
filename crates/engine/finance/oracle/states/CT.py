"""Connecticut: 6.35 %, or 7.75 % on the whole of a passenger vehicle whose price passes 50,000. C.G.S. 12-408(1), 12-430(4); 14-62."""

from oracle import *

BASE = Deal(state="CT")


def expect(d):
    if d.products.keys() & {"gap", "tireWheel", "key"}:
        return None  # of low confidence, or not named
    grounds = d.buyer.get("exemptions", [])
    if "nonresident" in grounds:
        return Expect(tax=D(0), notices=["exempt"])
    contracts = d.product("serviceContract", "maintenance")
    luxury_class = d.vehicle.get("class", "passenger") == "passenger"
    if d.kind == "lease":
        if d.goods or d.doc_fee or d.taxable_fee or d.price > 49000 and (d.rebates or d.allowance or d.cash_down):
            return None  # what the agreed value is made of
        rate = D("0.0775") if d.price - d.discounts > 50000 and luxury_class else D("0.0635")
        if d.allowance:
            return None  # the credit is spread over the lease in a way the facts do not fix
        return billed(d, rate, d.cash_down + d.rebate("manufacturer") + d.acquisition_fee)
    price = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    rate = D("0.0775") if price > 50000 and luxury_class else D("0.0635")
    if "military_nonresident" in grounds:  # CERT-135
        rate = D("0.045")
    tax = cents(rate * positive(price - d.traded)) + cents(D("0.0635") * contracts)
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("50000"):
        for vehicle in ({"condition": "new"}, {"condition": "used"}):
            yield BASE.but(price=price, vehicle=vehicle)
            yield BASE.but(price=price, vehicle=vehicle, allowance=D("0.02"))
            yield BASE.but(price=price, vehicle=vehicle, allowance=D(20000))
            yield BASE.but(price=price - 699, doc_fee=D(699), vehicle=vehicle)
            yield BASE.but(price=price - 500, accessories=D(500), vehicle=vehicle)
            yield BASE.but(price=price + 1000, rebates={"dealer": D(1000)}, vehicle=vehicle)
            yield BASE.but(price=price, rebates={"manufacturer": D(1000)}, vehicle=vehicle)
            yield BASE.but(price=price, products={"serviceContract": D(2000)}, vehicle=vehicle)
        yield BASE.but(price=price, kind="lease", residual=D(25000))
    for paid in near("1905"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in near("50000") + [D("27182.81")]:
        away = {"residence": "nonResident", "homeState": "NY"}
        yield BASE.but(price=price, buyer=away | {"exemptions": ["military_nonresident"]})
        yield BASE.but(price=price, buyer=away | {"exemptions": ["military_nonresident"]}, allowance=D(5000))
        yield BASE.but(price=price, buyer=away | {"exemptions": ["nonresident"]})
        yield BASE.but(price=price, buyer=away)
        yield BASE.but(price=price, vehicle={"condition": "new", "class": "motorcycle"})
