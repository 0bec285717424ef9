// The phone of a journey's person: the codes that an authenticator app shows (RFC 6238), and the enrolment with it.
import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code of a moment: six digits, 30 seconds, SHA-1. */
export function totp(secret: string, at = Date.now()): string {
  const bits = [...secret.replaceAll(/\s/g, "")].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Sets an authenticator app up on the page that asks for it; answers the secret and the recovery codes. */
export async function enrol(page: Page) {
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  const uri = await page.getByRole("link", { name: "Open in the app" }).getAttribute("href");
  const secret = new URL(uri ?? "").searchParams.get("secret") ?? "";
  await page.getByLabel("Code of the authenticator app").fill(totp(secret));
  await page.keyboard.press("Enter");
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  return { secret, codes: await codes.allInnerTexts() };
}

/** Replaces the password that the administrator chose, on the page that asks for it. */
export async function replacePassword(page: Page, password: string) {
  await expect(page.getByRole("heading", { name: "Choose your own password", level: 1 })).toBeVisible();
  await page.getByLabel("New password").fill(password);
  await page.keyboard.press("Enter");
}
