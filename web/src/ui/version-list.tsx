import { t } from "@/i18n/text";
import { Banner } from "./banner";
import { Button } from "./button";
import { DifferenceTable } from "./difference-table";
import { differences, type Description } from "./form-frame";

interface Props {
  versions: readonly { version: number; saved: string | undefined; by: string | undefined; lines: Description }[];
  /** Goes back to a version; absent for whoever may not. */
  onGoBack?: ((version: number) => void) | undefined;
  busy: boolean;
  problem?: { message: string } | undefined;
}

/** What was saved before, newest first: who, when, what changed, and the way back to it. */
export function VersionList({ versions, onGoBack, busy, problem }: Props) {
  return (
    <section aria-label={t("versions.title")} className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-18 font-semibold">{t("versions.title")}</h2>
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {versions.length === 0 && <p className="text-muted">{t("versions.none")}</p>}
      <ol className="flex flex-col">
        {versions.map(({ version, saved, by, lines }, place) => {
          const before = versions[place + 1];
          const name = t("versions.number", { number: version });
          return (
            <li key={version} className="border-b border-line py-2">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="min-w-0 grow">
                  <span className="font-medium">{name}</span>{" "}
                  <span className="text-muted">{saved === undefined ? t("versions.first") : t("versions.saved", { when: saved, who: by ?? t("versions.nobody") })}</span>
                </span>
                {place === 0 && <span className="text-muted">{t("versions.now")}</span>}
                {place > 0 && onGoBack !== undefined && (
                  <Button aria-label={t("versions.back.of", { name })} disabled={busy} onClick={() => onGoBack(version)}>
                    {t("versions.back")}
                  </Button>
                )}
              </div>
              {before !== undefined && (
                <div className="overflow-x-auto">
                  <DifferenceTable caption={name} heads={[t("error.stale.field"), t("versions.before"), t("versions.after")]} differences={differences(before.lines, lines)} />
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
