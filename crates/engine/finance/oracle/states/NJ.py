"""New Jersey: 6.625 % (a zero-emission vehicle 0, then half from 2024-10-01, all from 2025-07-01); luxury and fuel-inefficient surcharge
of 0.4 % on new passenger vehicles. N.J.S.A. 54:32B; Division of Taxation notices on the surcharge and on leases."""

from oracle import *

BASE = Deal(state="NJ", vehicle={"condition": "new", "mpg": 28, "fuel": "gasoline"})


def surcharged(d, price):
    if not d.new or d.vehicle.get("class", "passenger") != "passenger":
        return False
    mpg, electric = d.vehicle.get("mpg"), d.vehicle.get("fuel") == "electric"
    if mpg is not None and mpg < 19 and not electric:
        return True
    return price >= 45000 and not electric and not (mpg is not None and mpg >= 40)


def rate(d):
    if d.vehicle.get("fuel") != "electric" or d.date >= "2025-07-01":
        return D("0.06625")
    return D("0.033125") if d.date >= "2024-10-01" else D(0)


def expect(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    contracts = d.product("serviceContract", "gap", "maintenance")
    if d.kind == "lease":
        if d.term <= 6 or d.allowance or d.price >= 44000:
            return None
        received = d.cash_down + d.rebate("manufacturer") + d.acquisition_fee + d.doc_fee + d.taxable_fee
        return upfront(cents(rate(d) * (d.payment * d.term + received)))
    gross = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    if surcharged(d, gross) != surcharged(d, d.price):
        return None  # what beside the price is the gross sales price
    if contracts and rate(d) != D("0.06625"):
        return None
    base = positive(gross - d.traded)
    tax = cents(rate(d) * (base + contracts))
    if contracts and cents(rate(d) * base) + cents(rate(d) * contracts) != tax:
        return None
    tax -= min(tax, D(d.buyer.get("taxPaidElsewhere", 0)))
    if surcharged(d, gross):
        if gross != d.price:
            return None
        tax += cents(D("0.004") * gross)
    return Expect(tax=tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("45000"):
        for mpg in (18, 19, 39, 40):
            for condition in ("new", "used"):
                yield BASE.but(price=price, vehicle={"condition": condition, "mpg": mpg, "fuel": "gasoline"})
            yield BASE.but(price=price, vehicle={"condition": "new", "mpg": mpg, "fuel": "gasoline"}, allowance=D(20000))
            yield BASE.but(price=price, vehicle={"condition": "new", "mpg": mpg, "fuel": "gasoline"}, rebates={"manufacturer": D(2000)})
        yield BASE.but(price=price, vehicle={"condition": "new", "mpg": 110, "fuel": "electric"})
    for day in around("2025-07-01"):
        for fuel in ("electric", "gasoline"):
            yield BASE.but(date=day, vehicle={"condition": "new", "mpg": 110, "fuel": fuel})
            yield BASE.but(date=day, vehicle={"condition": "used", "mpg": 110, "fuel": fuel})
    for paid in near("1987.50"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
