import { useState } from "react";
import { t } from "@/i18n/text";
import { Dialog } from "@/ui/dialog";
import { usePreferences } from "@/ui/preferences";
import { written } from "@/ui/shortcut";
import { isMac, shortcutsInForce, type Shortcut } from "@/ui/use-shortcuts";

/** Every key that does something here and now. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const [shortcuts] = useState(() => shortcutsInForce().filter(({ unlisted }) => unlisted !== true));
  const { singleKeys } = usePreferences();
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
        tabIndex={0}
        className="flex max-h-[70vh] flex-col gap-4 overflow-auto p-4 -outline-offset-2"
      >
        {!singleKeys && <p className="text-muted">{t("shortcuts.off")}</p>}
        {groups(shortcuts).map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-12 font-medium text-muted">{group}</h3>
            <dl>
              {members.map(({ label, combos }) => (
                <div key={label} className="flex min-h-7 items-center justify-between gap-4 border-b border-line last:border-b-0">
                  <dt>{label}</dt>
                  <dd className="flex gap-1">
                    {combos.map((combo) => (
                      <kbd key={combo} className="rounded-sm border border-line bg-ground px-1.5 font-sans text-12 text-muted">
                        {written(combo, isMac)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function groups(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const byGroup = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const members = byGroup.get(shortcut.group) ?? [];
    if (!members.some((member) => member.label === shortcut.label)) members.push(shortcut);
    byGroup.set(shortcut.group, members);
  }
  return [...byGroup];
}
