import { createLink } from "@tanstack/react-router";
import { useRef, type ComponentProps } from "react";
import { t } from "@/i18n/text";
import { Kbd } from "./kbd";
import { spoken, type Combo } from "./shortcut";
import { isMac, useShortcuts } from "./use-shortcuts";

type Props = Omit<ComponentProps<"a">, "children"> & { children: string; combo?: Combo };

function AnchorButton({ children, combo, ...rest }: Props) {
  const anchor = useRef<HTMLAnchorElement>(null);
  useShortcuts(
    combo === undefined
      ? []
      : [{ combos: [combo], label: children, group: t("shortcuts.list"), run: () => anchor.current?.click(), action: true }],
  );
  return (
    <a
      {...rest}
      ref={anchor}
      aria-keyshortcuts={combo === undefined ? undefined : spoken(combo, isMac)}
      className="touchable inline-flex h-8 items-center justify-center gap-2 rounded-sm bg-accent px-3 font-medium whitespace-nowrap text-on-accent transition-colors hover:bg-accent-strong"
    >
      {children}
      {combo !== undefined && <Kbd combo={combo} onAccent />}
    </a>
  );
}

/** A link that is the one action of its page, with its key. */
export const LinkButton = createLink(AnchorButton);
