// An empty installation of its own: the set-up that makes its first store, once. `AUTOLYTIQ_BINARY` is the executable.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrol } from "../support/factor";
import { expect, expectAccessible, test } from "../support/test";

interface Installation {
  /** Where the set-up is, with its token. */
  setUp: string;
  process: ChildProcess;
  folder: string;
}

async function start(): Promise<Installation> {
  const binary = process.env["AUTOLYTIQ_BINARY"];
  if (binary === undefined) {
    throw new Error("AUTOLYTIQ_BINARY names the executable; `cargo xtask test --only e2e` sets it");
  }
  const folder = await mkdtemp(join(tmpdir(), "autolytiq-"));
  const product = spawn(binary, ["serve", "--port", "0", "--data", folder], { stdio: ["ignore", "pipe", "ignore"] });
  const setUp = await new Promise<string>((found, failed) => {
    let printed = "";
    product.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /https?:\/\/\S+\/setup#token=\S+/.exec(printed);
      if (address !== null) {
        found(address[0]);
      }
    });
    product.on("exit", (code) => failed(new Error(`the product ended (${String(code)}) before it was ready`)));
  });
  return { setUp, process: product, folder };
}

async function stop(installation: Installation) {
  const ended = new Promise((resolve) => installation.process.once("exit", resolve));
  installation.process.kill("SIGINT");
  await ended;
  await rm(installation.folder, { recursive: true, force: true });
}

test("an empty installation is set up once, by whoever has the token", async ({ browser }) => {
  const installation = await start();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(installation.setUp);
    await expect(page.getByLabel("Set-up token")).not.toHaveValue("");
    await expectAccessible(page);

    await page.getByLabel("Group").fill("Hill Country Autos");
    await page.getByLabel("Store name").fill("Hill Country Motors");
    await page.getByLabel("State").selectOption("TX");
    await page.getByLabel("Your name").fill("Ada Byron");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password").fill("a long first password");
    await page.keyboard.press("Enter");

    // Whoever administers a real store has a second factor from the first minute.
    await expect(page.getByRole("heading", { name: "Set up your second factor", level: 1 })).toBeVisible();
    await enrol(page);
    await page.getByRole("button", { name: "I have kept them" }).click();
    // The first thing a new store needs is its own fees and terms.
    await expect(page.getByRole("heading", { name: "Desk defaults", level: 1 })).toBeVisible();
    await expect(page.getByText("Hill Country Motors")).toBeVisible();
    await expect(page.getByText("Demo store")).toHaveCount(0);
    await expectAccessible(page);

    // The address works once.
    const other = await (await browser.newContext()).newPage();
    await other.goto(installation.setUp);
    await expect(other.getByRole("heading", { name: /sign in/i })).toBeVisible();
  } finally {
    await stop(installation);
  }
});
