"""Indiana: 7 % on price and fee less a like-kind trade; another state's resident at the rate of his state. IC 6-2.5; 28S, 84."""

from oracle import *

BASE = Deal(state="IN")


# IC 6-3.5-4-7.3(c): what the excise tax was before it was halved, by least value of the class and by age. The excise tax is
# half of it, 50 at least where it was more, as it was where it was less.
BEFORE = [
    (0, "12 12 12 12 12 12 12 12 12 12"),
    (1500, "36 30 27 24 18 12 12 12 12 12"),
    (2250, "60 51 42 33 24 18 12 12 12 12"),
    (3000, "96 84 72 60 48 36 24 18 12 12"),
    (4000, "132 114 96 78 66 54 42 24 12 12"),
    (5500, "168 147 126 104 82 63 49 30 18 12"),
    (7000, "206 184 154 127 101 74 60 40 21 12"),
    (8500, "246 220 186 156 128 98 75 54 34 12"),
    (10000, "300 268 230 196 164 130 104 80 40 12"),
    (12500, "344 298 260 224 191 157 129 106 50 12"),
    (15000, "413 358 312 269 229 188 155 127 62 21"),
    (18000, "500 434 378 326 278 228 188 129 62 26"),
    (22000, "600 520 450 367 300 242 192 129 62 30"),
    (25000, "700 607 529 456 389 319 263 181 87 36"),
    (30000, "812 705 614 513 420 338 268 181 87 42"),
    (35000, "938 814 709 611 521 428 353 258 125 49"),
    (42500, "1063 922 795 693 591 483 383 258 125 55"),
]


def excise(d):
    if "assessedValue" not in d.vehicle:
        return None
    age = min(max(int(d.date[:4]) - d.vehicle["modelYear"], 0), 9)
    ages = [row for least, row in BEFORE if D(d.vehicle["assessedValue"]) >= least][-1]
    before = int(ages.split()[age])
    codes = dict.fromkeys(f"excise_{each}" for each in range(10))
    return codes | {f"excise_{age}": D(before if before <= 50 else max(50, (before + 1) // 2)), "title": D(15)}


def expect(d):
    if d.rebate("manufacturerLater", "dealerIncentive"):
        return None  # of low to medium confidence
    # What the maker pays the dealer for a reduction he must pass on is gross retail income: IC 6-2.5-1-5(a)(5).
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    maintenance = d.product("maintenance")
    if d.kind == "lease":
        if d.allowance:
            return None  # medium
        return billed(d, "0.07", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.doc_fee > 200:
        return None  # the indexed limit is not in the facts
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee + maintenance - d.discounts - d.traded)
    rate = D("0.07")
    if d.buyer.get("residence") == "nonResident":
        rate = min(rate, D(d.buyer.get("homeStateRate", rate)))
    found = credited(d, cents(rate * base))
    found.fees = excise(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, allowance=D(12500), payoff=D(14000))
        yield BASE.but(price=price, rebates={"dealer": D(2000)}, allowance=D(3000))
    for home in ("0", "0.029", "0.04225", "0.06", "0.0625", "0.0699", "0.07", "0.0701", "0.0725"):
        for price in ("27431.17", "9999.99"):
            yield BASE.but(price=D(price), buyer={"residence": "nonResident", "homeState": "OH", "homeStateRate": home})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "OH"})
    for least, _ in BEFORE[1:]:
        for value, year in zip(near(least), (2026, 2022, 2018)):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "assessedValue": str(value)})
    for year in range(2014, 2028):
        for value in ("20000", "50000.00", "8499.99"):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "assessedValue": value})
    for paid in near("2100"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
    for amount in near("750"):
        yield BASE.but(products={"maintenance": amount})
