import type { ReactNode } from "react";
import { cx } from "./class-names";
import type { Tone } from "./badge";

const TONES: Record<Tone, string> = {
  neutral: "border-line bg-sunken",
  accent: "border-accent bg-accent-soft",
  good: "border-good bg-good-soft",
  bad: "border-bad bg-bad-soft",
  wait: "border-wait bg-wait-soft",
};

/** Something that must be read. Bad news is announced at once, the rest when there is a pause. */
export function Banner({ tone, title, children, actions }: { tone: Tone; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={cx("rounded-sm border-l-4 px-3 py-2", TONES[tone])}>
      <p className="font-semibold">{title}</p>
      {children !== undefined && <div className="mt-0.5">{children}</div>}
      {actions !== undefined && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
