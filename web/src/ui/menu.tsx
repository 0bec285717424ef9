import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import { Icon } from "./icon";

const ITEM =
  "touchable flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-[disabled]:cursor-default data-[disabled]:text-muted data-[highlighted]:bg-accent-soft";

const TRIGGER =
  "touchable inline-flex h-8 max-w-full items-center gap-1.5 rounded-sm border border-transparent px-2 transition-colors hover:bg-sunken data-[state=open]:bg-sunken";

interface MenuProps {
  label: string;
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  /** How the button looks where it stands among others of a kind. */
  className?: string;
}

/** A button that opens a list of actions or choices. */
export function Menu({ label, trigger, children, align = "end", className }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger
        aria-label={label}
        className={className ?? TRIGGER}
      >
        {trigger}
        {className === undefined && <Icon name="down" />}
      </Radix.Trigger>
      <Radix.Content
        align={align}
        sideOffset={4}
        className="z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-auto rounded-lg border border-line bg-raised p-1 text-left text-13 font-normal text-ink shadow-lift"
      >
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}

export function MenuItem({ onSelect, children, disabled = false, hint }: { onSelect: () => void; children: ReactNode; disabled?: boolean; hint?: ReactNode }) {
  return (
    <Radix.Item className={ITEM} onSelect={onSelect} disabled={disabled}>
      <span className="grow">{children}</span>
      {hint}
    </Radix.Item>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: string }[];
  /** Whether the menu closes with the choice; otherwise its effect can be looked at. */
  closes?: boolean;
}

export function MenuChoice<T extends string>({ label, value, onChange, choices, closes = false }: ChoiceProps<T>) {
  return (
    <Radix.RadioGroup aria-label={label} value={value} onValueChange={(next) => choices.some((choice) => choice.value === next) && onChange(next as T)}>
      <Radix.Label className="px-2 pt-1.5 pb-0.5 text-12 text-muted">{label}</Radix.Label>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={ITEM} onSelect={(event) => !closes && event.preventDefault()}>
          <span className="grow">{choice.label}</span>
          <Radix.ItemIndicator>
            <Icon name="check" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuSwitch({ checked, onChange, children }: { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode }) {
  return (
    <Radix.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()}>
      <span className="grow">{children}</span>
      <Radix.ItemIndicator>
        <Icon name="check" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
