import { useEffect, useId, useRef, useState } from "react";
import { formatCivilDate } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Button } from "@/ui/button";
import { RevealForm } from "./reveal-form";

/** How long a revealed value stays on the screen. */
const SHOWN_FOR = 60_000;

/** The date of birth on file: hidden, and shown for a minute against a reason. */
export function ProtectedSection({ id }: { id: string }) {
  const heading = useId();
  const section = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState<string>();
  useEffect(() => {
    if (value === undefined) return undefined;
    const timer = setTimeout(() => {
      setValue(undefined);
      announce(t("customer.reveal.hidden"));
    }, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [value]);
  /** The button that was pressed goes; the one that takes its place has the focus. */
  const toButton = () => requestAnimationFrame(() => section.current?.querySelector("button")?.focus());
  return (
    <section ref={section} aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">
        {t("customer.protected")}
      </h2>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <dl className="flex flex-wrap gap-x-2">
          <dt className="text-muted">{t("customer.dateOfBirth")}</dt>
          <dd className={value === undefined ? undefined : "font-semibold"}>
            {value === undefined ? t("customer.dateOfBirth.masked") : formatCivilDate(value)}
          </dd>
        </dl>
        {value !== undefined && (
          <>
            <span className="text-12 text-muted">{t("customer.reveal.shown")}</span>
            <Button
              onClick={() => {
                setValue(undefined);
                toButton();
              }}
            >
              {t("customer.reveal.hide")}
            </Button>
          </>
        )}
        {value === undefined && !asking && (
          <Button aria-label={t("customer.reveal.of")} onClick={() => setAsking(true)}>
            {t("customer.reveal")}
          </Button>
        )}
      </div>
      {asking && (
        <RevealForm
          id={id}
          onRevealed={(revealed) => {
            setAsking(false);
            setValue(revealed);
            announce(`${t("customer.dateOfBirth")}: ${formatCivilDate(revealed)}. ${t("customer.reveal.shown")}`);
            toButton();
          }}
          onCancel={() => {
            setAsking(false);
            toButton();
          }}
        />
      )}
    </section>
  );
}
