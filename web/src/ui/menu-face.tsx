import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

const TRIGGER =
  "touchable inline-flex h-8 max-w-full items-center gap-1.5 rounded-sm border border-transparent px-2 transition-colors hover:bg-sunken data-[state=open]:bg-sunken";

interface FaceProps {
  label: string;
  trigger: ReactNode;
  /** How the button looks where it stands among others of a kind. */
  className?: string | undefined;
}

export interface MenuProps extends FaceProps {
  children: ReactNode;
  align?: "start" | "end";
}

export interface MenuItemProps {
  onSelect: () => void;
  children: ReactNode;
  disabled?: boolean;
  hint?: ReactNode;
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: string }[];
  /** Whether the menu closes with the choice; otherwise its effect can be looked at. */
  closes?: boolean;
}

export interface MenuSwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** The button of a menu, the same before the menu's script is here and after. */
export function MenuFace({ label, trigger, className, ...button }: FaceProps & Omit<ComponentProps<"button">, "className" | "children">) {
  return (
    <button type="button" aria-label={label} aria-haspopup="menu" {...button} className={className ?? TRIGGER}>
      {trigger}
      {className === undefined && <Icon name="down" />}
    </button>
  );
}
