interface Props {
  caption: string;
  heads: readonly [string, string, string];
  differences: readonly { key: string; name: string; before: string; after: string }[];
}

/** Figures stand under each other at their ends; prose begins where its line does. */
function cellOf(value: string): string {
  const isProse = value.length > 60 || value.includes("\n");
  return isProse ? "min-w-48 max-w-96 pr-6 pb-2 text-left align-top whitespace-pre-line" : "pr-6 text-right align-top";
}

/** Two versions side by side, only where they differ. */
export function DifferenceTable({ caption, heads, differences }: Props) {
  if (differences.length === 0) return null;
  return (
    <table className="mt-2">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="text-12 text-muted">
          {heads.map((head, place) => (
            <th key={head} scope="col" className={`pr-6 font-medium ${place === 0 ? "text-left" : "text-right"}`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {differences.map(({ key, name, before, after }) => (
          <tr key={key}>
            <th scope="row" className="pr-6 text-left align-top font-normal">
              {name}
            </th>
            <td className={cellOf(before)}>{before}</td>
            <td className={`${cellOf(after)} font-medium`}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
