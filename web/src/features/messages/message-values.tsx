import { useId } from "react";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import type { MailVariable } from "./queries";

/** The values of a message: what each means, and a button that writes it where the cursor is. */
export function MessageValues({ variables, onInsert }: { variables: readonly MailVariable[]; onInsert: (variable: MailVariable) => void }) {
  const heading = useId();
  return (
    <div role="group" aria-labelledby={heading} className="flex flex-col gap-2">
      <div>
        <h3 id={heading} className="font-semibold">{t("messages.values")}</h3>
        <p className="text-12 text-muted">{t("messages.values.hint")}</p>
      </div>
      <ul className="flex flex-col gap-1.5">
        {variables.map((variable) => {
          const { name, meaning, needed, secret } = variable;
          const value = `{${name}}`;
          return (
            <li key={name} className="flex items-start gap-3">
              <span className="w-24 shrink-0">
                <Button wide aria-label={t("messages.insert", { value })} onClick={() => onInsert(variable)}>
                  {value}
                </Button>
              </span>
              <span className="min-w-0 pt-1.5">
                {meaning}
                {needed && <span className="text-muted"> · {t("messages.needed")}</span>}
                {secret && <span className="block text-12 text-muted">{t("messages.secret")}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
