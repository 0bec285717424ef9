// Journeys through the real product: `AUTOLYTIQ_URL` names one that runs with its demo store, `AUTOLYTIQ_BROWSER` a
// Chromium on this machine. `cargo xtask test e2e` provides both.
import { defineConfig } from "@playwright/test";
import { SCREEN } from "./support/test";

const browser = process.env["AUTOLYTIQ_BROWSER"] ?? "/usr/bin/chromium";
const url = process.env["AUTOLYTIQ_URL"] ?? "http://localhost:8080";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // One worker: the log-in is limited per address, and each role's session lives in one browser context.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env["CI"] !== undefined,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: url,
    ...SCREEN,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: browser,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "journeys", testIgnore: /screenshots/ }, { name: "screenshots", testMatch: /screenshots/ }],
});
