// What the product wrote to somebody: without a mail server messages lie in its data folder, `AUTOLYTIQ_DATA`.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";

/** The code of the newest message to an address, other than one that was read before. */
export async function codeSentTo(email: string, before = ""): Promise<string> {
  const data = process.env["AUTOLYTIQ_DATA"];
  if (data === undefined) throw new Error("AUTOLYTIQ_DATA names the data folder; `cargo xtask test --only e2e` sets it");
  const folder = join(data, "mail");
  let code = "";
  await expect(async () => {
    // Named by ids, which ascend.
    const names = (await readdir(folder)).filter((name) => name.endsWith(".eml")).toSorted().toReversed();
    const messages = await Promise.all(names.slice(0, 20).map((name) => readFile(join(folder, name), "utf8")));
    code = /^\d{6}\r?$/m.exec(messages.find((message) => message.includes(`<${email}>`)) ?? "")?.[0].trim() ?? "";
    expect(code).toMatch(/^\d{6}$/);
    expect(code).not.toBe(before);
  }).toPass({ timeout: 10_000 });
  return code;
}
