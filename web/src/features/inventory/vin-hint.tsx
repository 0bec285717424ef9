import { useQuery } from "@tanstack/react-query";
import { asApiError } from "@/api/problem";
import { vinQuery } from "@/api/queries";
import type { VinDecode } from "@/api/types";
import { t } from "@/i18n/text";
import { useSettled } from "@/ui/use-settled";
import type { VehicleValues } from "./vehicle-values";
import { completeVin, vinDifferences, vinFacts } from "./vin-facts";

interface Props {
  typed: Pick<VehicleValues, "vin" | "year" | "make">;
  knownVin: string | undefined;
  /** What the field says already. */
  fault: string | undefined;
}

/** What a complete VIN says for and against what was typed. It stops nobody: only the server refuses. */
export function VinHint({ typed, knownVin, fault }: Props) {
  const complete = completeVin(typed.vin);
  const settled = useSettled(complete, 250);
  const vin = settled === complete && complete !== knownVin ? complete : undefined;
  const decode = useQuery({ ...vinQuery(vin ?? ""), enabled: vin !== undefined });
  const year = useSettled(typed.year, 600);
  const make = useSettled(typed.make, 600);
  const refused = vin === undefined || decode.error === null ? undefined : refusal(decode.error);
  return (
    <div role="status" className="flex flex-col gap-1 text-12 empty:hidden">
      {refused !== undefined && refused !== fault && <Doubt>{refused}</Doubt>}
      {vin !== undefined && decode.data !== undefined && <Facts decode={decode.data} typed={{ year, make }} />}
    </div>
  );
}

function Facts({ decode, typed }: { decode: VinDecode; typed: Pick<VehicleValues, "year" | "make"> }) {
  const facts = vinFacts(decode);
  const differences = vinDifferences(decode, typed);
  return (
    <>
      {facts !== "" && <p>{t("vin.read", { facts })}</p>}
      {differences.map(({ field, entered, decoded }) => (
        <Doubt key={field}>{`${t("vin.differs", { decoded, entered })} ${t("vin.differs.hint")}`}</Doubt>
      ))}
    </>
  );
}

function Doubt({ children }: { children: string }) {
  return (
    <p className="text-wait">
      <span aria-hidden>△ </span>
      {children}
    </p>
  );
}

/** Why the VIN itself cannot be right; a server that is not there is no reason. */
function refusal(error: Error): string | undefined {
  return asApiError(error).fields.find(({ pointer }) => pointer === "/vin")?.detail;
}
