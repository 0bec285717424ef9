"""Maine: 5.5 % on price and fee less trade; every lease payment a sale of its own from 2025. 36 M.R.S. 1752, 1765, 1811."""

from oracle import *

BASE = Deal(state="ME")


MILLS = {0: "24", 1: "17.5", 2: "13.5", 3: "10", 4: "6.5"}
MOTOR = {"passenger", "lightTruck", "heavyTruck", "motorcycle", "rv"}


def expect(d):
    if d.buyer.get("exemptions") == ["removal"]:
        return Expect(tax=D(0))
    if d.kind == "lease" and d.term < 12 and not d.allowance and d.date >= "2025-01-01":
        return billed(d, "0.10", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    found = sale_or_lease(like_for_like(d))
    if found and "msrp" in d.vehicle:
        mills = D(MILLS.get(int(d.date[:4]) - d.vehicle["modelYear"], "4"))
        found.fees = {"excise": cents(D(d.vehicle["msrp"]) * mills / 1000)}
    return found


def like_for_like(d):
    """A trade of another class counts for nothing: motor vehicles for motor vehicles, trailers for trailers."""
    bought, traded = d.vehicle.get("class", "passenger"), d.trade.get("class", "passenger")
    like = bought == traded or {bought, traded} <= MOTOR
    return d if like else d.but(allowance=D(0))


def sale_or_lease(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.allowance or d.date < "2025-01-01" or d.term < 12:
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
    for home in ("NH", "VT"):
        yield BASE.but(buyer={"residence": "nonResident", "homeState": home, "exemptions": ["removal"]})
        yield BASE.but(buyer={"residence": "nonResident", "homeState": home})
    for term in (10, 11, 12, 13):
        for cash in ("0", "1111.11"):
            yield BASE.but(kind="lease", term=term, cash_down=D(cash), residual=D(24000))
    for bought in ("passenger", "lightTruck", "trailer", "rv"):
        for traded in ("passenger", "motorcycle", "trailer"):
            vehicle = {"condition": "new", "class": bought}
            yield BASE.but(vehicle=vehicle, allowance=D("4321.09"), trade={"class": traded})
    for model in range(2019, 2027):
        for msrp in ("28999.99", "41234.56"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": model, "msrp": msrp})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
