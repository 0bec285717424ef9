import { useQuery } from "@tanstack/react-query";
import { useId, type ReactNode } from "react";
import { vehicleVinQuery } from "@/api/queries";
import type { Vehicle, VinDecode } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { yearsText } from "./vin-facts";

/** What can be read from the VIN on file, and where it disagrees with what was entered. */
export function VinSection({ vehicle }: { vehicle: Vehicle }) {
  const heading = useId();
  const { data: decode } = useQuery(vehicleVinQuery(vehicle));
  if (decode === undefined) return null;
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">
        {t("vin.title")}
      </h2>
      {decode.disagreements?.map(({ field, decoded, entered }) => (
        <Banner key={field} tone="wait" title={t("vin.differs", { decoded, entered })}>
          {t("vin.differs.hint")}
        </Banner>
      ))}
      <Facts decode={decode} />
      <details className="text-12 text-muted">
        <summary className="touchable inline-flex min-h-6 items-center underline decoration-line underline-offset-4">{t("vin.source")}</summary>
        <p className="mt-1">{decode.source}</p>
      </details>
    </section>
  );
}

function Facts({ decode }: { decode: VinDecode }) {
  const { checkDigit, manufacturer, makes, country, region, modelYears, plantCode, serial } = decode;
  return (
    <dl className="grid gap-x-6 gap-y-2 md:grid-cols-3">
      <Fact name={t("vin.checkDigit")}>
        {checkDigit.valid ? t("vin.checkDigit.right", { digit: checkDigit.found }) : t("vin.checkDigit.wrong", { found: checkDigit.found, expected: checkDigit.expected })}
      </Fact>
      <Fact name={t("vin.manufacturer")}>{manufacturer ?? t("vin.unknownManufacturer")}</Fact>
      {makes.length > 0 && <Fact name={t("vin.makes")}>{makes.join(", ")}</Fact>}
      {modelYears.length > 0 && <Fact name={t("vin.years")}>{yearsText(modelYears)}</Fact>}
      {(country ?? region) != null && <Fact name={t("vin.country")}>{country ?? region}</Fact>}
      <Fact name={t("vin.serial")}>
        {plantCode} · {serial}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
