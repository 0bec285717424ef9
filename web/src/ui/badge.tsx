import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Tone = "neutral" | "accent" | "good" | "bad" | "wait";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-strong",
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  wait: "bg-wait-soft text-wait",
};

/** A word with a colour behind it; the word carries the meaning. */
export function Badge({ tone = "neutral", why, children }: { tone?: Tone; why?: string; children: ReactNode }) {
  return (
    <span
      title={why}
      className={cx("inline-flex items-center gap-1 rounded-sm px-1.5 text-12 leading-5 whitespace-nowrap", TONES[tone])}
    >
      {children}
      {why !== undefined && <span className="sr-only">: {why}</span>}
    </span>
  );
}
