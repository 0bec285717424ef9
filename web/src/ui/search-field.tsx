import { useRef } from "react";
import { t } from "@/i18n/text";
import { CONTROL } from "./field";
import { Icon } from "./icon";
import { Kbd } from "./kbd";
import { useSettling } from "./use-settling";
import { useShortcuts } from "./use-shortcuts";

const PAUSE = 150;
const itself = (text: string) => text;

/** The search of a list. Tells its text after a short pause; `/` goes to it, Esc leaves it. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useSettling({ value, textOf: itself, pause: PAUSE, onSettled: onChange });
  useShortcuts([
    { combos: ["/"], label: t("shortcut.search"), group: t("shortcuts.list"), run: () => input.current?.focus() },
  ]);
  return (
    <div className="relative min-w-0 grow md:max-w-80">
      <span className="pointer-events-none absolute inset-y-0 left-2 flex items-center text-muted">
        <Icon name="search" />
      </span>
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && input.current?.blur()}
        className={`${CONTROL} pr-8 pl-8`}
      />
      <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center">
        <Kbd combo="/" />
      </span>
    </div>
  );
}
