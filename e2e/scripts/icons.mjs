// Draws the icons of the installed client from `web/public/icon.svg`, once by hand after the drawing changed: `npm run icons`.
import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../web/public", import.meta.url));
const drawing = readFileSync(`${folder}/icon.svg`, "utf8");
// Systems that cut an icon to a shape of their own want its ground to reach the edges; the letter stays in the safe middle.
const toTheEdge = drawing.replace(/ rx="\d+"/, "");

const ICONS = [
  { name: "icon-192.png", size: 192, svg: drawing },
  { name: "icon-512.png", size: 512, svg: drawing },
  { name: "icon-maskable-512.png", size: 512, svg: toTheEdge },
  { name: "apple-touch-icon.png", size: 180, svg: toTheEdge },
];

const browser = await chromium.launch({ executablePath: process.env["AUTOLYTIQ_BROWSER"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const { name, size, svg } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  await page.screenshot({ path: `${folder}/${name}`, omitBackground: true });
  await page.close();
}
await browser.close();
