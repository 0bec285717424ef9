// What of the data map fits what was typed and chosen.
import type { DataMap } from "@/api/types";

type Table = DataMap["tables"][number];

/** The tables whose name fits, whole; of the others the columns that do. Always of the class, if one is wanted. */
export function fitting(tables: readonly Table[], q: string, wanted: string): Table[] {
  const word = q.trim().toLowerCase();
  return tables.flatMap((table) => {
    const whole = table.name.includes(word);
    const columns = table.columns.filter(
      (column) => (whole || column.name.includes(word)) && (wanted === "" || column.class === wanted),
    );
    return columns.length === 0 ? [] : [{ ...table, columns }];
  });
}
