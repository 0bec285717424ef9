interface Props {
  caption: string;
  heads: readonly [string, string, string];
  differences: readonly { key: string; name: string; before: string; after: string }[];
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
            <th scope="row" className="pr-6 text-left font-normal">
              {name}
            </th>
            <td className="pr-6 text-right">{before}</td>
            <td className="pr-6 text-right font-medium">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
