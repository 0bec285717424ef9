interface Props {
  caption: string;
  heads: readonly [string, string, string];
  differences: readonly { key: string; name: string; before: string; after: string }[];
}

const FIGURE = "text-right";
const PROSE = "max-w-96 text-left align-top whitespace-pre-line [overflow-wrap:anywhere]";

/** Two versions side by side, only where they differ. */
export function DifferenceTable({ caption, heads, differences }: Props) {
  if (differences.length === 0) return null;
  // Figures stand under each other at their ends; prose begins where its lines do.
  const isProse = differences.some(({ before, after }) => [before, after].some((text) => text.length > 60 || text.includes("\n")));
  const cell = isProse ? PROSE : FIGURE;
  return (
    <table className="mt-2">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="text-12 text-muted">
          {heads.map((head, place) => (
            <th key={head} scope="col" className={`pr-6 font-medium ${place === 0 || isProse ? "text-left" : "text-right"}`}>
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
            <td className={`pr-6 ${cell}`}>{before}</td>
            <td className={`${cell} font-medium`}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
