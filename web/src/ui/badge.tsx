import { useId, type ReactNode } from "react";
import { cx } from "./class-names";

export type Tone = "neutral" | "accent" | "good" | "bad" | "wait";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-strong",
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  wait: "bg-wait-soft text-wait",
};

const LOOK = "inline-flex items-center align-middle gap-1 rounded-sm px-1.5 text-12 leading-5 whitespace-nowrap";

/** A word with a colour behind it; the word carries the meaning. With a reason it is a button that says it. */
export function Badge({ tone = "neutral", why, children }: { tone?: Tone; why?: string; children: ReactNode }) {
  const note = useId();
  if (why === undefined) return <span className={cx(LOOK, TONES[tone])}>{children}</span>;
  return (
    <>
      <button type="button" popoverTarget={note} title={why} className="touchable relative inline-flex min-h-6 items-center rounded-sm">
        <span className={cx(LOOK, TONES[tone])}>
          {children}
          <span className="sr-only">: {why}</span>
        </span>
      </button>
      <span
        id={note}
        popover="auto"
        className="inset-x-4 top-auto bottom-24 mx-auto w-fit max-w-80 rounded-lg border border-line bg-raised px-4 py-3 text-left text-15 font-normal whitespace-normal text-ink shadow-lift md:top-16 md:bottom-auto"
      >
        {why}
      </span>
    </>
  );
}
