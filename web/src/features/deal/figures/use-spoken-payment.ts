import { useEffect } from "react";
import type { Column, ColumnResult } from "@/api/types";
import { formatMoney } from "@/i18n/money";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { columnName, headline } from "../worksheet/columns";

/** Long enough not to speak into a number that is still being typed. */
const PAUSE = 900;

/** Tells screen readers what the customer now pays, once typing pauses. */
export function useSpokenPayment(column: Column | undefined, result: ColumnResult | undefined) {
  const text =
    column === undefined || result === undefined
      ? undefined
      : t("engine.live", { column: columnName(column), amount: formatMoney(headline(result).amount) });
  useEffect(() => {
    if (text !== undefined) announce(text, PAUSE);
  }, [text]);
}
