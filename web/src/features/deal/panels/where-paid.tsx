import type { ColumnResult } from "@/api/types";
import { formatMoney } from "@/i18n/money";
import { t, textOf } from "@/i18n/text";
import { CheckField } from "@/ui/field";
import { chargesOf } from "../worksheet/capitalized";
import { useDesk } from "../worksheet/desk-context";

/** Of a lease: which of the charges behind a figure are capitalised, and which are paid at signing. */
export function WherePaid({ result, path }: { result: ColumnResult; path: string }) {
  const { sheet, dispatch, editable } = useDesk();
  const charges = chargesOf(result, sheet.input, path);
  if (charges.length === 0) return null;
  return (
    <fieldset className="flex flex-col border-t border-line pt-3">
      <legend className="float-left mb-1 w-full text-12 text-muted">{t("capitalized.title")}</legend>
      {charges.map(({ key, name, amount, capitalized, put }) => (
        <div key={key} className="flex items-center justify-between gap-3">
          <CheckField
            label={name === "" ? textOf(`figure.${key}`) : name}
            disabled={!editable}
            checked={capitalized}
            onChange={(event) => dispatch({ type: "changed", change: put(event.target.checked) })}
          />
          {amount !== "" && <span className="text-muted tabular-nums">{formatMoney(amount)}</span>}
        </div>
      ))}
      <p className="text-12 text-muted">{t("capitalized.else")}</p>
    </fieldset>
  );
}
