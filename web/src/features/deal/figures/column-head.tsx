import type { Column } from "@/api/types";
import { t } from "@/i18n/text";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { columnName, removeColumn } from "../worksheet/columns";
import { useDesk } from "../worksheet/desk-context";
import { DeskField } from "../worksheet/desk-field";
import { factorField, milesField, rateField, residualAmountField, residualField, termField } from "../worksheet/fields";

/** The name of a column with the button that takes it away. */
export function ColumnName({ column, index }: { column: Column; index: number }) {
  const { dispatch, editable, sheet } = useDesk();
  return (
    <div className="group flex items-center justify-end gap-1">
      {editable && sheet.input.columns.length > 1 && (
        <IconButton
          label={t("column.remove", { name: columnName(column) })}
          onClick={() => dispatch({ type: "removed", list: "/columns", index, change: removeColumn(index) })}
        >
          <Icon name="close" />
        </IconButton>
      )}
      <span className="px-1 font-semibold">{columnName(column)}</span>
    </div>
  );
}

/** What may be typed about one way to pay. */
export function ColumnTerms({ column, index }: { column: Column; index: number }) {
  if (column.kind === "cash") return null;
  const name = columnName(column);
  const spoken = (field: string) => t("column.inputOf", { field, column: name });
  const shared = { columnId: column.id, narrow: true };
  return (
    <div data-key-column={column.id} className="flex flex-col">
      <DeskField {...shared} field={termField(index)} label={t("column.term")} spokenLabel={spoken(t("column.term"))} figure="termMonths" />
      {column.kind === "finance" ? (
        <DeskField {...shared} field={rateField(index)} label={t("column.rate")} spokenLabel={spoken(t("column.rate"))} figure="rate" />
      ) : (
        <>
          <DeskField {...shared} field={factorField(index)} label={t("column.moneyFactor")} spokenLabel={spoken(t("column.moneyFactor"))} figure="moneyFactor" />
          {"percent" in column.residual ? (
            <DeskField {...shared} field={residualField(index)} label={t("column.residual")} spokenLabel={spoken(t("column.residual"))} figure="residual" />
          ) : (
            <DeskField {...shared} field={residualAmountField(index)} label={t("figure.residual")} spokenLabel={spoken(t("figure.residual"))} figure="residual" />
          )}
          <DeskField {...shared} field={milesField(index)} label={t("column.miles")} spokenLabel={spoken(t("column.miles"))} />
        </>
      )}
    </div>
  );
}
