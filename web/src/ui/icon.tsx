const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  down: "M4 6l4 4 4-4",
  back: "M10 3L5 8l5 5",
  search: "M7 12A5 5 0 107 2a5 5 0 000 10zM10.6 10.6L14 14",
  check: "M3 8.5l3.2 3.2L13 5",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  clock: "M8 14A6 6 0 108 2a6 6 0 000 12zM8 4.8V8l2.2 1.4",
  desk: "M2.5 4h11M2.5 8h11M2.5 12h7",
  person: "M8 7.8a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2zM3 13.5c.6-2.2 2.5-3.4 5-3.4s4.4 1.2 5 3.4",
  car: "M2.5 11.5v-3l1.4-4.2h8.2l1.4 4.2v3zM2.5 8.5h11M4.5 11.5V13M11.5 11.5V13",
} as const;

export type IconName = keyof typeof PATHS;

/** A sign beside a word or in a labelled button; never the only carrier of a meaning. */
export function Icon({ name, large = false }: { name: IconName; large?: boolean }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className={large ? "size-5 shrink-0" : "size-4 shrink-0"}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.4 : large ? 1.3 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
