"""Alaska: no state tax; boroughs and cities tax by ordinances, most with a limit on one sale."""

from oracle import *

BASE = Deal(state="AK")


def expect(d):
    """Where nobody levies, nothing is owed. The ordinances' own bases and limits are of low confidence in the facts."""
    if not d.local:
        return Expect(tax=D(0), buyer=D(0))
    if d.kind == "lease":
        each = cents(d.rate() * d.payment)
        return Expect(tax=each * d.term, per_payment=each)
    limit = {"Kenai Peninsula Borough": 500, "Juneau City and Borough": 14300}.get(d.dealer_place["county"])
    return Expect(tax=cents(d.rate() * band(d.price, 0, limit)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("500", "14300", "100000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
    for borough, limit, rate in (("Kenai Peninsula Borough", "500", "0.03"), ("Juneau City and Borough", "14300", "0.05"), ("Ketchikan Gateway Borough", "10000", "0.025")):
        place = {"state": "AK", "county": borough}
        for price in near(limit) + [D("33333.33")]:
            yield BASE.but(price=price, dealer_place=place, local=(levy("dealer", "county", rate),))
            yield BASE.but(price=price, dealer_place=place, local=(levy("dealer", "county", rate), levy("dealer", "city", "0.0485")))
    for price in ("28000", "30000", "31234.56"):
        yield BASE.but(kind="lease", price=D(price), dealer_place={"state": "AK", "county": "Haines Borough"}, local=(levy("dealer", "city", "0.05"),))
