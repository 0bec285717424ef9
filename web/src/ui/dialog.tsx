import { useEffect, useId, useRef, type ReactNode } from "react";
import { t } from "@/i18n/text";
import { IconButton } from "./button";
import { Icon } from "./icon";

/** A true dialog: the browser's own, which keeps the focus inside, gives Esc back and makes the rest inert. */
export function Dialog({ title, onClose, children, hideTitle = false }: { title: string; onClose: () => void; children: ReactNode; hideTitle?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
    // The browser would begin at the button that closes; who is asked something begins at the answer.
    dialog.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      closedby="any"
      onClose={onClose}
      className="mx-auto mt-[10vh] w-[min(36rem,calc(100vw-1.5rem))] rounded-lg border border-line bg-raised text-ink shadow-lift"
    >
      <div className={hideTitle ? "sr-only" : "flex items-center justify-between border-b border-line py-2 pr-2 pl-4"}>
        <h2 id={heading} className="text-15 font-semibold">
          {title}
        </h2>
        {!hideTitle && (
          <IconButton label={t("word.close")} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        )}
      </div>
      {children}
    </dialog>
  );
}
