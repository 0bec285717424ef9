"""numpy-financial on the loan of the benches: the payment, and the schedule of 84 months. One line of JSON, nanoseconds a call."""

import json
import sys
import timeit

import numpy_financial

loan = json.load(open(sys.argv[1]))["amortization"]
amount, rate, term = float(loan["amount"]), float(loan["rate"]) / 12, loan["termMonths"]
months = list(range(1, term + 1))


def payment():
    return numpy_financial.pmt(rate, term, -amount)


def schedule():
    return numpy_financial.ipmt(rate, months, term, -amount), numpy_financial.ppmt(rate, months, term, -amount)


def nanoseconds(run):
    calls, _ = timeit.Timer(run).autorange()
    return min(timeit.Timer(run).repeat(5, calls)) / calls * 1e9


print(json.dumps({"payment": nanoseconds(payment), "schedule84": nanoseconds(schedule)}))
