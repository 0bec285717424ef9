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


def taxes(d):
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


def fees(d):
    """Registration by weight and age, four years for a new car (the term of a lease); zero-emission fee; title 60, lien 25."""
    found, year = {"title": D(60)}, None
    if "modelYear" in d.vehicle and not d.new:
        year = int(d.date[:4]) - d.vehicle["modelYear"]
    if "weightLb" in d.vehicle:
        light = d.vehicle["weightLb"] < 3500
        one = D(59) if light else D(84)
        if d.new and d.kind == "lease":
            found["registration_lease_light" if light else "registration_lease"] = one * -(-d.term // 12)
        elif d.new:
            found["registration_new"] = one * 4
        elif year is not None:
            found["registration"] = one if year <= 2 else None
            found["registration_older"] = one - D("12.50") if year > 2 else None
    if d.vehicle.get("fuel") == "electric" and d.date >= "2024-07-01":
        begun = int(d.date[:4]) - (d.date[5:] < "07-01")
        ladder = [D(min(290, 250 + 10 * (year - 2024))) for year in range(begun, begun + 4)]
        found["electric_new" if d.new else "electric"] = sum(ladder) if d.new else ladder[0]
    return found


def expect(d):
    if set(d.buyer.get("exemptions", [])) & {"nonresident", "military"}:
        return Expect(tax=D(0))
    if d.kind == "lease" and d.elections.get("lease_tax") == "price":
        if d.term <= 6 or d.products or d.price >= 44000 or d.doc_fee or d.taxable_fee:
            return None
        return Expect(tax=cents(rate(d) * positive(d.price + d.goods - d.discounts - d.traded)), fees=fees(d))
    found = taxes(d)
    if found:
        found.fees = fees(d)
    return found


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
    elected = {"lease_tax": "price"}
    for trade in ("0", "0.01", "5000", "12000"):
        for price in near("30000", "43999"):
            yield BASE.but(kind="lease", price=price, allowance=D(trade), elections=elected)
    yield BASE.but(kind="lease", allowance=D(9000), trade={"leased": True}, elections=elected)
    yield BASE.but(kind="lease", cash_down=D(3000), rebates={"manufacturer": D(1000)}, elections=elected)
    for day in around("2024-10-01") + around("2025-07-01"):
        for choice in ({}, elected):
            yield BASE.but(kind="lease", date=day, vehicle={"condition": "new", "mpg": 110, "fuel": "electric"}, elections=choice)
    for pounds in (3499, 3500, 3501):
        for term in (24, 36, 37, 39):
            yield BASE.but(kind="lease", term=term, vehicle={"condition": "new", "weightLb": pounds})
        yield BASE.but(vehicle={"condition": "new", "weightLb": pounds})
        for year in range(2021, 2027):
            yield BASE.but(vehicle={"condition": "used", "weightLb": pounds, "modelYear": year})
    for day in around("2025-07-01") + around("2026-07-01") + around("2027-07-01") + around("2028-07-01"):
        for condition in ("new", "used"):
            yield BASE.but(date=day, vehicle={"condition": condition, "mpg": 100, "fuel": "electric"})
    for ground in ("nonresident", "military"):
        yield BASE.but(buyer={"residence": "nonResident", "homeState": "DE", "exemptions": [ground]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "DE"})
