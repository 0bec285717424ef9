import type { ReactNode } from "react";
import type { Column, ColumnResult } from "@/api/types";
import { t } from "@/i18n/text";
import { Segmented } from "@/ui/segmented";
import { columnName, headline, isReady } from "../worksheet/columns";
import { Figure } from "./figure";

interface Props {
  columns: readonly Column[];
  column: Column;
  result: ColumnResult | undefined;
  onChoose: (id: string) => void;
  /** What leads on, within reach of the thumb. */
  acts: ReactNode;
}

/** On a phone: what the customer pays stays in sight, with the switch between the ways to pay. */
export function PaymentBar({ columns, column, result, onChoose, acts }: Props) {
  return (
    <div className="flex flex-col gap-2 border-t border-edge bg-raised px-4 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      <div className="flex items-center justify-between gap-3">
        <Segmented
          label={t("column.choose")}
          value={column.id}
          onChange={onChoose}
          choices={columns.map((choice) => ({ value: choice.id, label: columnName(choice) }))}
        />
        {result === undefined ? (
          <span className="text-muted">{isReady(column) ? "–" : t("column.noRate")}</span>
        ) : (
          <Figure
            result={result}
            row={{ path: headline(result).path }}
            columnName={columnName(column)}
            large
            suffix={headline(result).monthly ? t("column.perMonth") : ""}
          />
        )}
      </div>
      {acts}
    </div>
  );
}
