// Radix's menu: the script that `menu.tsx` fetches behind the first screen's.
import * as Radix from "@radix-ui/react-dropdown-menu";
import { Icon } from "./icon";
import { MenuFace, type MenuChoiceProps, type MenuItemProps, type MenuProps, type MenuSwitchProps } from "./menu-face";

const ITEM =
  "touchable flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-[disabled]:cursor-default data-[disabled]:text-muted data-[highlighted]:bg-accent-soft";

interface Props extends MenuProps {
  /** Somebody has pressed the button already. */
  open: boolean;
  /** The button it takes the place of had the focus. */
  focused: boolean;
}

export function Menu({ children, align = "end", open, focused, ...face }: Props) {
  return (
    <Radix.Root modal={false} defaultOpen={open}>
      <Radix.Trigger asChild>
        <MenuFace {...face} autoFocus={focused && !open} />
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

export function Item({ onSelect, children, disabled = false, hint }: MenuItemProps) {
  return (
    <Radix.Item className={ITEM} onSelect={onSelect} disabled={disabled}>
      <span className="grow">{children}</span>
      {hint}
    </Radix.Item>
  );
}

export function Choice<T extends string>({ label, value, onChange, choices, closes = false }: MenuChoiceProps<T>) {
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

export function Switch({ checked, onChange, children }: MenuSwitchProps) {
  return (
    <Radix.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()}>
      <span className="grow">{children}</span>
      <Radix.ItemIndicator>
        <Icon name="check" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function Line() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
