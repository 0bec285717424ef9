import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { Kbd } from "./kbd";
import { spoken, type Combo } from "./shortcut";
import { isMac } from "./use-shortcuts";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent font-medium",
  plain: "bg-raised border-line hover:border-edge",
  quiet: "border-transparent hover:bg-sunken",
  danger: "bg-raised border-line text-bad hover:border-bad",
};

type Props = Omit<ComponentProps<"button">, "className"> & {
  look?: ButtonLook;
  /** The key that does the same, shown on the button. */
  combo?: Combo | undefined;
  children: ReactNode;
  wide?: boolean;
};

export function Button({ look = "plain", combo, children, wide = false, type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      aria-keyshortcuts={combo === undefined ? undefined : spoken(combo, isMac)}
      className={cx(
        "touchable inline-flex h-8 items-center justify-center gap-2 rounded-sm border px-3 whitespace-nowrap transition-colors select-none disabled:opacity-55 disabled:hover:border-line",
        LOOKS[look],
        wide && "w-full",
      )}
      {...rest}
    >
      {children}
      {combo !== undefined && <Kbd combo={combo} onAccent={look === "primary"} />}
    </button>
  );
}

/** A small square button whose meaning is its label. */
export function IconButton({ label, children, ...rest }: Omit<ComponentProps<"button">, "className"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="touchable inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-sunken hover:text-ink pointer-coarse:min-w-11"
      {...rest}
    >
      {children}
    </button>
  );
}
