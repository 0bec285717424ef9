import type { HistoryItem } from "@/api/types";
import { formatMoney } from "@/i18n/money";
import { t } from "@/i18n/text";
import { pathName } from "../figures/compare";

type Change = HistoryItem["changes"][number];

/** One change of the history as a sentence: `Price: 41,250.00 → 40,900.00`. */
export function plainChange({ path, before, after }: Change): string {
  return t("history.changed", { path: pathName(path), before: plain(before), after: plain(after) });
}

function plain(value: unknown): string {
  if (value === undefined || value === null || value === "") return "—";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /^-?\d+\.\d{2}$/.test(text) ? formatMoney(text) : text;
}
