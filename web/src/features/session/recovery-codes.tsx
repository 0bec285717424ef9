import { useState } from "react";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";

/** The ten codes, the one time that they are shown. */
export function RecoveryCodes({ codes, doneLabel, onDone }: { codes: readonly string[]; doneLabel: string; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <section aria-label={t("recovery.title")} className="flex flex-col gap-3">
      <h2 className="text-18 font-semibold">{t("recovery.title")}</h2>
      <p>{t("recovery.text")}</p>
      <ul aria-label={t("recovery.list")} className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-sm border border-line bg-raised p-3 font-mono text-13 max-[24rem]:grid-cols-1">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true), () => setCopied(false))}>{t("recovery.copy")}</Button>
        <span role="status" className="text-good">
          {copied && `✓ ${t("recovery.copied")}`}
        </span>
      </div>
      <Button look="primary" wide autoFocus onClick={onDone}>
        {doneLabel}
      </Button>
    </section>
  );
}
