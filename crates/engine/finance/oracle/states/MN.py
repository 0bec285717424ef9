"""Minnesota: motor vehicle sales tax of 6.875 % less trade and every rebate, and a flat excise of 20 in some places; leases on the
price less residual with the rent. Minn. Stat. 297B.02, 297A.61, 168.27 subd. 31."""

from oracle import *

BASE = Deal(state="MN")


def doc_fee_limit(d):
    most = D(200) if d.date < "2024-07-01" else D(275) if d.date < "2025-07-01" else D(350)
    return min(most, D("0.10") * d.price)


PART = {0: "1", 1: "0.95", 2: "0.90", 3: "0.80", 4: "0.70", 5: "0.60", 6: "0.50", 7: "0.40", 8: "0.25", 9: "0.10"}


def fees(d):
    """Registration by list price and year of life, and what an electric car adds."""
    vehicle = d.vehicle
    age = max(0, int(d.date[:4]) - vehicle["modelYear"])
    msrp = D(vehicle["msrp"])
    out = {"registration": None, "registration_2020": None, "registration_old": D(30) if age >= 10 else None}
    if age < 10:
        # By the first registration, for which the model year stands.
        old = vehicle["modelYear"] < 2021
        rate = D("0.0154") if old else D("0.01575")
        out["registration_2020" if old else "registration"] = 10 + cents(msrp * rate * D(PART[age]))
    if vehicle.get("fuel") == "electric":
        least = D(100) if d.date >= "2027-07-01" else D(150)
        exact = cents(D("0.005") * msrp * D(PART.get(age, "0.10")))
        out |= {"electric": max(least, exact), "electric_2025": None} if d.date >= "2026-01-01" else {"electric_2025": D(75)}
    return out


def expect(d):
    if d.buyer.get("residence") == "nonResident":
        return Expect(tax=sum((D(entry["amount"]) for entry in d.local), D(0)))
    if d.elections.get("plate") == "collector":
        return Expect(tax=D(150))
    found = sale_or_lease(d)
    if found and "msrp" in d.vehicle:
        found.fees = fees(d)
    return found


def sale_or_lease(d):
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
        value = d.price - d.residual + rent
        return upfront(cents(D("0.06875") * value) + cents(d.rate(of="garaging") * value))
    base = d.price + d.goods + d.taxable_fee - d.rebate("manufacturer", "manufacturerLater", "manufacturerGuaranteed") - d.discounts
    if d.rebate("manufacturerLater"):
        return None  # "any rebate"; when is not said
    base = positive(base - d.traded)
    old = d.vehicle.get("class", "passenger") == "passenger" and int(d.date[:4]) - d.vehicle.get("modelYear", 2026) >= 10
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
    flat = lambda level: levy("dealer", level, "0", reach="sale", tax="excise") | {"amount": "20.00"}
    for places in ((flat("county"),), (flat("county"), flat("city"))):
        for price in ("2500", "30000", "33333.33"):
            yield BASE.but(price=D(price), local=places)
        yield BASE.but(local=places, buyer={"residence": "nonResident", "homeState": "WI"})
    metro = (levy("garaging", "county", "0.0065", reach="lease"), levy("garaging", "region", "0.01", reach="lease"))
    for cash in ("0", "2500.55"):
        yield BASE.but(kind="lease", cash_down=D(cash), local=metro, price=D("33333.33"))
    yield BASE.but(elections={"plate": "collector"}, vehicle={"condition": "used", "modelYear": 1965})
    for model in (2015, 2016, 2017):
        for price in ("1999.99", "3500"):
            yield BASE.but(price=D(price), vehicle={"condition": "used", "modelYear": model})
            yield BASE.but(price=D(price), vehicle={"condition": "used", "modelYear": model, "class": "lightTruck"})
    for day in ("2025-12-31", "2026-01-01", "2027-06-30", "2027-07-01"):
        for model in (2012, 2016, 2017, 2018, 2020, 2021, 2024, 2025):
            vehicle = {"condition": "used", "modelYear": model, "msrp": "41234.56", "fuel": "electric"}
            yield BASE.but(date=day, vehicle=vehicle)
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
