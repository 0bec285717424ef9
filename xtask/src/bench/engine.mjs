// Times the engine's module at the JavaScript boundary, in Node and in a browser alike: strings of JSON in and out.

/** The requests, as strings, from the file that the native benches read too. */
function prepared(requests) {
  const { deal, leaseColumn, amortization, axes, target } = requests;
  const { input, rates } = deal;
  const text = JSON.stringify;
  return {
    input: text(input),
    rates: text(rates),
    lease: text({ ...input, columns: [leaseColumn] }),
    tax: text({ input: { ...input, columns: [{ kind: "cash", id: "cash" }] }, rates }),
    amortization: text(amortization),
    grid: text({ input, rates, column: "finance", axes }),
    solve: text({ input, rates, column: "finance", variable: "cashDown", target }),
  };
}

/** Nanoseconds of one call: the median of batches, after the compiler of the browser has seen enough of it. */
function time(run) {
  const batch = (calls) => {
    const began = performance.now();
    for (let call = 0; call < calls; call += 1) run();
    return (performance.now() - began) * 1e6;
  };
  let calls = 1;
  while (batch(calls) < 20e6) calls *= 2;
  for (let spent = 0; spent < 200e6; ) spent += batch(calls);
  const each = Array.from({ length: 21 }, () => batch(calls) / calls);
  return each.sort((a, b) => a - b)[10];
}

/** An answer that is not figures must not be timed. */
function sound(answer) {
  if (!answer.startsWith('{"ok"')) throw new Error(answer.slice(0, 400));
  return answer;
}

export function measure(requests, calculate, call) {
  const ask = prepared(requests);
  const runs = {
    tax: () => call("calculate_tax", ask.tax),
    deal: () => calculate(ask.input, ask.rates),
    lease: () => calculate(ask.lease, ask.rates),
    finance84: () => (calculate(ask.input, ask.rates), call("amortization", ask.amortization)),
    grid125: () => call("grid", ask.grid),
    solve: () => call("solve", ask.solve),
  };
  const figures = {};
  for (const [name, run] of Object.entries(runs)) {
    sound(run());
    figures[name] = time(run);
  }
  return figures;
}
