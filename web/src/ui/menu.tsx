import { createContext, use, useEffect, useRef, useState } from "react";
import type * as menuParts from "./menu-parts";
import { MenuFace, type MenuChoiceProps, type MenuItemProps, type MenuProps, type MenuSwitchProps } from "./menu-face";

type Parts = typeof menuParts;

/** The first screen is shown by then, nearly always. */
const WAIT_MS = 1_500;

let here: Parts | undefined;

async function fetchParts(): Promise<Parts> {
  here = await import("./menu-parts");
  return here;
}

const Fetched = createContext<Parts | undefined>(undefined);

/**
 * A button that opens a list of actions or choices. What opens it is an eighth of all the script there is, and the first
 * screen is read before it is pressed: it comes a moment behind the page, or with the first press.
 */
export function Menu(props: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [parts, setParts] = useState(here);
  const [open, setOpen] = useState(false);
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    if (parts !== undefined) return undefined;
    let shown = true;
    const come = () =>
      void fetchParts().then(
        (fetched) => {
          if (!shown) return;
          setFocused(button.current === document.activeElement);
          setParts(fetched);
        },
        // Without a connection; the next press asks again.
        () => shown && setOpen(false),
      );
    // Pressed already: at once.
    const timer = setTimeout(come, open ? 0 : WAIT_MS);
    return () => {
      shown = false;
      clearTimeout(timer);
    };
  }, [parts, open]);
  if (parts === undefined) {
    return <MenuFace ref={button} label={props.label} trigger={props.trigger} className={props.className} aria-expanded={false} onClick={() => setOpen(true)} />;
  }
  return (
    <Fetched value={parts}>
      <parts.Menu {...props} open={open} focused={focused} />
    </Fetched>
  );
}

export function MenuItem(props: MenuItemProps) {
  const parts = use(Fetched);
  return parts && <parts.Item {...props} />;
}

export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const parts = use(Fetched);
  return parts && <parts.Choice {...props} />;
}

export function MenuSwitch(props: MenuSwitchProps) {
  const parts = use(Fetched);
  return parts && <parts.Switch {...props} />;
}

export function MenuLine() {
  const parts = use(Fetched);
  return parts && <parts.Line />;
}
