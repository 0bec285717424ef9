const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  down: "M4 6l4 4 4-4",
  back: "M10 3L5 8l5 5",
  search: "M7 12A5 5 0 107 2a5 5 0 000 10zM10.6 10.6L14 14",
  check: "M3 8.5l3.2 3.2L13 5",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
} as const;

/** A sign beside a word or in a labelled button; never the only carrier of a meaning. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className="size-4 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
