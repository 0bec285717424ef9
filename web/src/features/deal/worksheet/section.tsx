import { useId, type ReactNode } from "react";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/button";
import { useDesk } from "./desk-context";

interface Props {
  title: string;
  /** Adds a line; absent where there is nothing to add. */
  add?: { label: string; run: () => void } | undefined;
  children?: ReactNode;
}

/** A titled part of the inputs. */
export function Section({ title, add, children }: Props) {
  const heading = useId();
  const { editable } = useDesk();
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-1 border-b border-line px-4 py-1.5 last:border-b-0">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h2 id={heading} className="shrink-0 font-semibold">
          {title}
        </h2>
        {add !== undefined && editable && (
          <IconButton label={add.label} onClick={add.run}>
            <Icon name="plus" />
          </IconButton>
        )}
      </div>
      {children}
    </section>
  );
}
