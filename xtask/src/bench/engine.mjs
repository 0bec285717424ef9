// Times the engine's modules at the JavaScript boundary, in Node and in a browser alike: a deal on the desk with its figures as
// numbers, and strings of JSON in and out.

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

/** A deal on the desk whose price changes at every call, so that nothing can be kept from the last one. */
function typing({ Desk, Field }, input, rates, figures) {
  const desk = new Desk(input, rates);
  const prices = ["41250.00", "41251.00", "41252.50"];
  let call = 0;
  return () => {
    call = (call + 1) % prices.length;
    if (!desk.set(0, Field.Price, 0, prices[call])) throw new Error("the desk refused a price");
    return figures(desk);
  };
}

/** `deal`: the module of a deal's page. `all`: the one with every operation. */
export function measure(requests, deal, all) {
  const ask = prepared(requests);
  const { input, rates } = requests.deal;
  const cash = JSON.stringify({ ...input, columns: [{ kind: "cash", id: "cash" }] });
  const computed = (desk) => {
    if (!desk.compute()) throw new Error(desk.figures());
    return desk.payment(0);
  };
  const typed = {
    typedTax: typing(all, cash, ask.rates, (desk) => desk.taxes(0)),
    typedDeal: typing(all, ask.input, ask.rates, computed),
    typedLease: typing(all, ask.lease, ask.rates, computed),
    typedFinance84: typing(all, ask.input, ask.rates, (desk) => (computed(desk), desk.schedule(0))),
  };
  const { calculate } = deal;
  const { call } = all;
  const runs = {
    keystroke: () => {
      const desk = new deal.Desk(JSON.stringify(input), JSON.stringify(rates));
      const figures = desk.figures();
      JSON.parse(figures);
      desk.free();
      return figures;
    },
    tax: () => call("calculate_tax", ask.tax),
    deal: () => calculate(ask.input, ask.rates),
    lease: () => calculate(ask.lease, ask.rates),
    finance84: () => (calculate(ask.input, ask.rates), call("amortization", ask.amortization)),
    grid125: () => call("grid", ask.grid),
    solve: () => call("solve", ask.solve),
  };
  const figures = {};
  for (const [name, run] of Object.entries(typed)) {
    if (run() === undefined) throw new Error(`no figure of ${name}`);
    figures[name] = time(run);
  }
  for (const [name, run] of Object.entries(runs)) {
    sound(run());
    figures[name] = time(run);
  }
  return figures;
}
