// Times the pages in Chromium: node measure.mjs <folder of e2e> <address> <browser>. Prints one JSON document.
//
// Every time is taken inside the page, on the page's own clock. "Painted" is what a browser lets a page know: a message that
// is posted from the frame in which the change is drawn is delivered after that frame was painted.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const [folder, address, browserPath] = process.argv.slice(2);
const { chromium } = createRequire(`${folder}/package.json`)("@playwright/test");

const PASSWORD = "saturday-on-the-lot";
const EMAIL = "manager@prairie.example.com";
const VIEW = { viewport: { width: 1440, height: 900 }, locale: "en-US", timezoneId: "America/Chicago" };
const LOADS = 5;
const KEYS = 40;
const OPENS = 8;
/** The pause between keys: a fast typist's. */
const BETWEEN = 120;

/** Chromium's own presets ("Slow 4G": 1.6 Mbit/s, 150 ms, with its allowances for what the simulation lacks). */
const PROFILES = [
  { name: "this machine" },
  {
    name: "4× slower processor, Slow 4G",
    processor: 4,
    network: { offline: false, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9, latency: 150 * 3.75 },
  },
];

async function pageOf(context, profile) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  if (profile.network) {
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", profile.network);
  }
  if (profile.processor) await devtools.send("Emulation.setCPUThrottlingRate", { rate: profile.processor });
  return { page, devtools };
}

/** Runs in each page before its own scripts. */
function watch() {
  window.paints = { largest: 0, long: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.paints.largest = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.paints.long.push(startTime + duration);
  }).observe({ type: "longtask", buffered: true });
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      });
    });
  window.painted = painted;
  /** The time at which something of this selector was painted. */
  window.shown = async (selector, text) => {
    for (;;) {
      const found = [...document.querySelectorAll(selector)].some((element) => text === undefined || element.textContent.includes(text));
      if (found) return painted();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  /** From a key's own time stamp to what follows it. */
  window.follow = (state) => {
    const results = [];
    const listener = (event) => {
      // Keys that move about change nothing.
      if (event.key.length > 1 && event.key !== "Backspace") return;
      const before = state();
      const at = event.timeStamp;
      const look = async () => {
        if (state() === before) return;
        observer.disconnect();
        const changed = performance.now() - at;
        results.push({ changed, painted: (await painted()) - at });
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    };
    window.addEventListener("keydown", listener, true);
    return () => {
      window.removeEventListener("keydown", listener, true);
      return results;
    };
  };
}

async function firstLoad(browser, profile, path, selector, storage) {
  const context = await browser.newContext({ ...VIEW, ...(storage && { storageState: storage }) });
  await context.addInitScript(watch);
  const { page } = await pageOf(context, profile);
  const requested = new Set();
  page.on("request", (request) => requested.add(request.url()));
  await page.goto(address + path, { waitUntil: "commit" });
  const ready = await page.evaluate(([wanted]) => window.shown(wanted), [selector]);
  const scripts = [...requested].filter((url) => /\.js($|\?)/.test(url));
  await page.waitForTimeout(profile.processor ? 2_500 : 800);
  const { largest, long } = await page.evaluate(() => window.paints);
  // Answering: the last long task that had begun to run before then is over.
  const interactive = Math.max(ready, ...long.filter((end) => end < ready + 1_000));
  const after = await context.storageState();
  await context.close();
  return { largest, interactive, scripts, storage: after };
}

/** Bytes of these files after gzip -9, whatever encoding they travelled in. */
async function zipped(urls) {
  let bytes = 0;
  for (const url of urls) {
    const file = await fetch(url, { headers: { "accept-encoding": "identity" } });
    bytes += gzipSync(Buffer.from(await file.arrayBuffer()), { level: 9 }).length;
  }
  return bytes;
}

const median = (numbers) => quantile(numbers, 0.5);
function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function loads(browser, profile, path, selector, storage) {
  const all = [];
  for (let number = 0; number < LOADS; number += 1) {
    const load = await firstLoad(browser, profile, path, selector, storage);
    // A refresh token works once: the next load goes on with the new one.
    if (storage) storage = load.storage;
    all.push(load);
  }
  const figures = { largest: median(all.map(({ largest }) => largest)), interactive: median(all.map(({ interactive }) => interactive)) };
  return { figures: { ...figures, scriptBytes: await zipped(all[0].scripts) }, storage };
}

async function signIn(page) {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Desk", level: 1 }).waitFor();
}

/** Opens a draft with a pencil; its figures can be changed without being saved. */
async function openDraft(page) {
  await page.goto(`${address}/desk?state=draft`);
  await page.getByRole("link", { name: /^D-/ }).first().click();
  await page.getByRole("textbox", { name: "Cash down", exact: true }).waitFor();
  await page.locator("[data-figure][data-column]").first().waitFor();
  // The engine and its tools are there.
  await page.waitForTimeout(1_500);
}

async function keystrokes(page, rounds) {
  const field = page.getByRole("textbox", { name: "Cash down", exact: true });
  await field.click();
  await page.evaluate(() => {
    const figures = () => [...document.querySelectorAll("[data-figure]")].map((element) => element.textContent).join();
    window.stop = window.follow(figures);
  });
  for (let number = 0; number < rounds; number += 1) {
    // Another digit at the end, and away again: each changes every payment.
    if (number % 2 === 0) {
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      await page.waitForTimeout(BETWEEN);
    }
    await page.keyboard.press(number % 2 === 0 ? String((number % 9) + 1) : "Backspace");
    await page.waitForTimeout(BETWEEN);
  }
  const results = await page.evaluate(() => window.stop());
  return {
    count: results.length,
    changed50: median(results.map(({ changed }) => changed)),
    changed95: quantile(results.map(({ changed }) => changed), 0.95),
    painted50: median(results.map(({ painted }) => painted)),
    painted95: quantile(results.map(({ painted }) => painted), 0.95),
  };
}

async function dealOpens(page) {
  const times = [];
  for (let number = 0; number < OPENS; number += 1) {
    await page.goto(`${address}/desk`);
    const link = page.getByRole("link", { name: /^D-/ }).nth(number);
    await link.waitFor();
    await page.waitForTimeout(300);
    const shown = page.evaluate(
      () =>
        new Promise((resolve) => {
          const listener = async (event) => {
            window.removeEventListener("click", listener, true);
            resolve((await window.shown("[data-figure]")) - event.timeStamp);
          };
          window.addEventListener("click", listener, true);
        }),
    );
    await page.waitForTimeout(50);
    await link.click();
    times.push(await shown);
  }
  return { first: times[0], later: median(times.slice(1)) };
}

/** Heap after a collection, and the renderer's own pages, in MB. */
async function memory(browser, devtools) {
  await devtools.send("HeapProfiler.enable");
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await (async () => {
    await devtools.send("Performance.enable");
    return devtools.send("Performance.getMetrics");
  })();
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value / 1e6;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => privatePages(id));
  return { heap, renderer: Math.max(0, ...renderers) };
}

function privatePages(id) {
  if (!readdirSync("/proc").includes(String(id))) return 0;
  const text = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)].reduce((sum, [, value]) => sum + Number(value), 0);
  return (kilobytes * 1.024) / 1e3;
}

async function measured(browser, profile) {
  const signInPage = await loads(browser, profile, "/sign-in", "input[type=password]", undefined);
  const context = await browser.newContext(VIEW);
  await context.addInitScript(watch);
  const { page, devtools } = await pageOf(context, profile);
  page.setDefaultTimeout(120_000);
  await signIn(page);
  const opens = await dealOpens(page);
  await openDraft(page);
  const link = new URL(page.url()).pathname;
  const closed = await keystrokes(page, KEYS);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Cash down", exact: true }).click();
  await page.keyboard.press("F4");
  await page.getByRole("grid").waitFor();
  await page.waitForTimeout(500);
  const open = await keystrokes(page, KEYS);
  const used = await memory(browser, devtools);
  const storage = await context.storageState();
  await context.close();
  const desk = await loads(browser, profile, "/desk", "main a[href*='/deals/']", storage);
  const deal = await loads(browser, profile, link, "[data-figure]", desk.storage);
  return { name: profile.name, signIn: signInPage.figures, desk: desk.figures, deal: deal.figures, opens, closed, open, memory: used };
}

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const profiles = [];
  for (const profile of PROFILES) profiles.push(await measured(browser, profile));
  console.log(JSON.stringify({ browser: browser.version(), profiles }, null, 1));
} finally {
  await browser.close();
}
