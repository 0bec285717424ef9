import "./texts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { complianceQuery } from "@/api/privacy";
import { may, useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { Page } from "@/ui/page";
import { useNow } from "@/ui/use-now";
import { AffectedSection } from "./affected-section";
import { SMALL, duties, type Duty, type SignOffKind } from "./duties";
import { IncidentSection } from "./incident-section";
import { RetentionSection } from "./retention-section";
import { SignOffForm } from "./sign-off-form";
import { VendorSection } from "./vendor-section";

const TONES = { held: "good", due: "wait", missing: "bad", spared: "neutral", fact: "neutral" } as const;

/** The Safeguards Rule's duties with live evidence, and the registers behind it. */
export function CompliancePage() {
  const { data: desk } = useSuspenseQuery(complianceQuery);
  const session = useSession();
  const now = useNow();
  const [signing, setSigning] = useState<SignOffKind>();
  const mayEdit = may(session, "compliance.edit");
  const zone = session.dealership.timeZone;
  return (
    <Page title={t("compliance.title")}>
      <p className="text-muted">{t("compliance.lead")}</p>
      <p className="text-muted">{t(desk.customers < SMALL ? "compliance.small" : "compliance.large", { count: desk.customers })}</p>
      {!mayEdit && <p className="text-muted">{t("compliance.noEdit")}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls by keyboard */}
      <div className="overflow-x-auto" role="region" aria-label={t("compliance.table")} tabIndex={0}>
        <table aria-label={t("compliance.table")} className={TABLE}>
          <thead>
            <tr>
              <th scope="col" className={HEAD}>{t("compliance.duty")}</th>
              <th scope="col" className={HEAD}>{t("compliance.state")}</th>
              <th scope="col" className={`${HEAD} max-md:hidden`}>{t("compliance.evidence")}</th>
              <th scope="col" className={HEAD}><span className="sr-only">{t("compliance.signOff")}</span></th>
            </tr>
          </thead>
          <tbody>
            {duties(desk, now, zone).map((duty) => (
              <DutyRow key={duty.key} duty={duty} onSign={mayEdit && duty.signs !== undefined ? () => setSigning(duty.signs) : undefined} />
            ))}
          </tbody>
        </table>
      </div>
      {signing !== undefined && <SignOffForm key={signing} kind={signing} members={desk.members} onClose={() => setSigning(undefined)} />}
      <IncidentSection incidents={desk.incidents} mayEdit={mayEdit} now={now} />
      <AffectedSection members={desk.members} mayList={mayEdit} />
      <VendorSection vendors={desk.vendors} mayEdit={mayEdit} />
      {may(session, "customer.erase") && <RetentionSection />}
    </Page>
  );
}

function DutyRow({ duty, onSign }: { duty: Duty; onSign: (() => void) | undefined }) {
  const name = t(`compliance.row.${duty.key}`);
  return (
    <tr>
      <th scope="row" className={`${CELL} text-left font-normal whitespace-normal! max-md:h-auto max-md:py-1`}>
        {name}
        <Evidence lines={duty.evidence} className="text-12 text-muted md:hidden" />
      </th>
      <td className={CELL}>
        <Badge tone={TONES[duty.state]}>{t(`compliance.state.${duty.state}`)}</Badge>
      </td>
      <td className={`${CELL} h-auto py-1 whitespace-normal! max-md:hidden`}>
        <Evidence lines={duty.evidence} />
      </td>
      <td className={`${CELL} text-right`}>
        {onSign !== undefined && (
          <Button look="quiet" aria-label={t("compliance.signOff.of", { duty: name })} onClick={onSign}>
            {t("compliance.signOff")}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** On a phone it stands under the duty. */
function Evidence({ lines, className = "" }: { lines: readonly string[]; className?: string }) {
  return lines.map((line) => (
    <span key={line} className={`block ${className}`}>
      {line}
    </span>
  ));
}
