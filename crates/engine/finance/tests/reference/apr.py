#!/usr/bin/env python3
"""Independent arithmetic for ../it/appendix_j.rs: the general equation of 12 CFR 1026 Appendix J (b)(8) by bisection in decimal.

The inputs of the published examples (c)(1) to (c)(6)(ii), and the rates published for them, are those of the print edition of
the CFR (where the examples are pictures) in a public transcription; a second one agrees on (c)(1) to (c)(5)(i). Each rate is
computed again here.
(c)(6)(iii), a mortgage with payments that vary, and (c)(7), several advances, are not among them: their text was not to be had.
Transactions of both kinds are among our own instead, computed here and held against nothing else. Nothing here was taken from the engine. Run: python3 apr.py
"""
from decimal import Decimal as D, ROUND_HALF_UP, getcontext

getcontext().prec = 50


def solve(advances, payments, w):
    """(amount, whole unit-periods, fraction) each; the nominal yearly rate to eight places."""
    worth = lambda flows, i: sum(D(a) / ((1 + f * i) * (1 + i) ** t) for a, t, f in flows)
    low, high = D(0), D(4)
    assert worth(payments, low) > worth(advances, low) and worth(payments, high) < worth(advances, high)
    for _ in range(160):
        i = (low + high) / 2
        low, high = (i, high) if worth(payments, i) > worth(advances, i) else (low, i)
    return (low * w).quantize(D("0.00000001"), rounding=ROUND_HALF_UP)


def run(amount, count, t, f=(0, 1)):
    return [(amount, t + k, D(f[0]) / f[1]) for k in range(count)]


ONE = lambda amount: run(amount, 1, 0)

PUBLISHED = [
    ("(c)(1)(i)", ONE("5000"), run("230", 24, 1), 12, "9.69"),
    ("(c)(1)(ii)", ONE("6000"), run("200", 36, 1, (19, 30)), 12, "11.82"),
    ("(c)(1)(iii)", ONE("5000"), run("219.17", 24, 0, (6, 15)), 24, "10.34"),
    ("(c)(1)(iv)", ONE("10000"), run("385", 40, 1, (39, 90)), 4, "8.97"),
    ("(c)(1)(v)", ONE("500"), run("17.60", 30, 4, (4, 7)), 52, "14.96"),
    ("(c)(2)(i)", ONE("5000"), run("250", 1, 1) + run("230", 23, 2), 12, "10.08"),
    ("(c)(2)(ii)", ONE("400"), run("39.50", 1, 1, (5, 28)) + run("38.31", 11, 2, (5, 28)), 13, "28.50"),
    ("(c)(3)(i)", ONE("5000"), run("230", 23, 1) + run("280", 1, 24), 12, "10.50"),
    ("(c)(3)(ii)", ONE("200"), run("9.50", 19, 0, (8, 14)) + run("30", 1, 19, (8, 14)), 26, "12.22"),
    ("(c)(4)(i)", ONE("5000"), run("250", 1, 1) + run("230", 22, 2) + run("280", 1, 24), 12, "10.90"),
    ("(c)(4)(ii)", ONE("8000"), run("449.36", 1, 0, (52, 60)) + run("465", 18, 1, (52, 60)) + run("200", 1, 19, (52, 60)), 6, "7.30"),
    ("(c)(5)(i)", ONE("1000"), run("1080", 1, 1), D(365) / 255, "11.45"),
    ("(c)(5)(ii)", ONE("1000"), run("1044", 1, 1), 2, "8.80"),
    ("(c)(5)(iii)", ONE("1000"), run("1135.19", 1, 1, (6, 12)), 1, "8.76"),
    ("(c)(5)(iv)", ONE("1000"), run("1240", 1, 2), 1, "11.36"),
    ("(c)(6)(i)", ONE("2135"), run("100", 9, 0, (26, 28)) + run("100", 6, 10, (12, 28)) + run("100", 6, 16, (26, 28)) + run("100", 3, 23, (12, 28)), 13, "12.00"),
    ("(c)(6)(ii)", ONE("7350"), run("1000", 3, 6, (12, 30)) + run("2000", 1, 12, (12, 30)) + run("750", 3, 18, (12, 30)) + run("1000", 1, 22, (29, 30)), 12, "10.22"),
]

# Periods counted by hand from the dates in ../it/appendix_j.rs.
OWN = [
    # 2026-01-15 10,000, then 5,000 on 2026-03-15 and 2026-05-15; 36 monthly of 650 from 2026-06-15.
    ("three advances", run("10000", 1, 0) + run("5000", 1, 2) + run("5000", 1, 4), run("650", 36, 5), 12),
    # 2025-09-05 2,000 and 2026-01-20 2,000; 48 monthly of 105 from 2026-07-01. Back from 07-01: 9 months to 10-01, 26 days;
    # back from 2026-01-20: 4 months to 2025-09-20, 15 days.
    ("student", run("2000", 1, 0) + run("2000", 1, 4, (15, 30)), run("105", 48, 9, (26, 30)), 12),
    # 24,000 less 495 prepaid; 72 of 412.11, the last 410.55, regular.
    ("prepaid", ONE("23505"), run("412.11", 71, 1) + run("410.55", 1, 72), 12),
    # 2026-11-21 to 2027-01-05, 60 of 577.18, last 576.94: one month and 14 days.
    ("odd first", ONE("28450.75"), run("577.18", 59, 1, (14, 30)) + run("576.94", 1, 60, (14, 30)), 12),
    # The same with the first period disregarded.
    ("regular first", ONE("28450.75"), run("577.18", 59, 1) + run("576.94", 1, 60), 12),
    # Month ends: 2026-01-31, 2026-02-28 and so on, 12 of 90.
    ("month ends", ONE("1000"), run("90", 12, 1), 12),
    # Weekly: 2026-11-21 to 2026-11-27, 104 of 118.25: six days of seven.
    ("weekly", ONE("9800"), run("118.25", 104, 0, (6, 7)), 52),
    # Every two weeks from 2026-12-04, 13 days, 78 of 251.
    ("biweekly", ONE("15000"), run("251", 78, 0, (13, 14)), 26),
    # Four weeks from 2026-12-19, 28 days, 39 of 505.
    ("four-weekly", ONE("15000"), run("505", 39, 1), 13),
    # Semimonthly on the 1st and 16th from 2026-12-01, ten days of 15, 48 of 291.
    ("semimonthly", ONE("12000"), run("291", 48, 0, (10, 15)), 24),
    # Half-years: 2026-01-10 to 2026-07-10, 10 of 1,250.
    ("half-yearly", ONE("10000"), run("1250", 10, 1), 2),
    # Years: 2026-01-10 to 2027-03-02, one year and 51 days, 5 of 2,700.
    ("yearly", ONE("10000"), run("2700", 5, 1, (51, 365)), 1),
    # Balloon: 48 of 606.48, the last with 18,000.
    ("balloon", ONE("40000"), run("606.48", 47, 1) + run("18606.34", 1, 48), 12),
    # Pick-ups beside monthly payments: 2026-11-21; 500 on 12-05 (14 days), 30 of 430 from 12-21, 750.50 on 2027-02-01
    # (back from 02-01: 2 months to 12-01, 10 days).
    ("pick-ups", ONE("11000"), run("500", 1, 0, (14, 30)) + run("430", 30, 1) + run("750.50", 1, 2, (10, 30)), 12),
    # A single payment of 42 days.
    ("42 days", ONE("1000"), run("1017", 1, 1), D(365) / 42),
    # A construction loan: 20,000 on 1979-04-10, 1979-06-12 (two months, two days) and 1979-09-18 (five months, eight days); 240
    # monthly of 612.36 from 1979-12-10.
    ("construction", run("20000", 1, 0) + run("20000", 1, 2, (2, 30)) + run("20000", 1, 5, (8, 30)), run("612.36", 240, 8), 12),
    # A course of study: 1,800 on each 5 September and 1,000 on each 5 January of four years from 2026; 72 monthly of 220 from
    # 2030-07-01. Back from there: 45 months to 2026-10-01, 26 days to 2026-09-05.
    ("four years of study", [flow for year in range(4) for flow in run("1800", 1, 12 * year) + run("1000", 1, 12 * year + 4)], run("220", 72, 45, (26, 30)), 12),
    # Payments that rise every year: 20,000 on 2026-01-10, first payment 2026-03-01 (one month, 19 days back from it to 01-10:
    # 02-01 is one month, then 22 days).
    ("rising", ONE("20000"), run("350", 12, 1, (22, 30)) + run("380.50", 12, 13, (22, 30)) + run("415", 12, 25, (22, 30)) + run("450.25", 12, 37, (22, 30)) + run("490", 12, 49, (22, 30)), 12),
    # A teacher's loan: no payments in June, July and August. 12,000 on 2026-08-15; nine of 390 from each 15 September.
    ("summers off", ONE("12000"), run("390", 9, 1) + run("390", 9, 13) + run("390", 9, 25) + run("390", 9, 37), 12),
    # Two advances and payments every four weeks: 6,000 on 2026-01-05, 4,000 on 2026-02-10 (36 days: one period and 8 days), 30 of
    # 372 from 2026-03-02 (56 days).
    ("two advances, four-weekly", run("6000", 1, 0) + run("4000", 1, 1, (8, 28)), run("372", 30, 2), 13),
    # Every four weeks with three left out: 26 of 410 in two runs from 2026-01-30 (25 days after 2026-01-05, then 16 periods on).
    ("four-weekly with a pause", ONE("9000"), run("410", 13, 0, (25, 28)) + run("410", 13, 16, (25, 28)), 13),
    # Month ends: 5,000 on 2026-01-31 and on 2026-02-28, 24 of 460 from 2026-03-31.
    ("two month ends", run("5000", 1, 0) + run("5000", 1, 1), run("460", 24, 2), 12),
    # Two advances half a year apart and one payment a year after: periods of 6 and 18 months, on the average a year.
    ("two advances, one payment", run("1000", 1, 0) + run("1000", 1, 0, (6, 12)), run("2210", 1, 1, (6, 12)), 1),
    # Weekly with a second advance nine days on (one week and two days of seven): 52 of 120 from 2026-01-19, two weeks on.
    ("two advances, weekly", run("3000", 1, 0) + run("2500", 1, 1, (2, 7)), run("120", 52, 2), 52),
    # A single payment after 100 days, over the end of February of a leap year: 2028-01-10 to 2028-04-19.
    ("100 days", ONE("2500"), run("2571.25", 1, 1), D(365) / 100),
    # Thirteen months and 5 days in one payment: 2026-01-10 to 2027-02-15 is one year and 36 days.
    ("36 days beyond a year", ONE("1000"), run("1120", 1, 1, (36, 365)), 1),
]

if __name__ == "__main__":
    for name, advances, payments, w, published in PUBLISHED:
        rate = solve(advances, payments, w)
        assert (rate * 100).quantize(D("0.01"), rounding=ROUND_HALF_UP) == D(published), (name, rate)
        print(name, rate, published)
    for name, advances, payments, w in OWN:
        print(name, solve(advances, payments, w))
