import { useId, useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import type { ComplianceDesk } from "@/api/types";
import { formatCivilDate } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { RegisterForm } from "./register-form";
import { filled } from "./sign-off-form";

type Vendor = ComplianceDesk["vendors"][number];

/** Who is given data of customers, and whether a contract binds them. */
export function VendorSection({ vendors, mayEdit }: { vendors: Vendor[]; mayEdit: boolean }) {
  const heading = useId();
  const [editing, setEditing] = useState<Vendor | "new">();
  const day = (on: string | null | undefined) => (on == null ? "–" : formatCivilDate(on));
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">{t("compliance.vendors")}</h2>
      {vendors.length === 0 && <p className="text-muted">{t("compliance.vendors.none")}</p>}
      {vendors.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls by keyboard
        <div className="overflow-x-auto" role="region" aria-label={t("compliance.vendors")} tabIndex={0}>
          <table aria-label={t("compliance.vendors")} className={TABLE}>
            <thead>
              <tr>
                {(["word.name", "compliance.vendor.service", "compliance.vendor.data", "compliance.vendor.contractOn", "compliance.vendor.dueOn", "compliance.vendor.endedOn"] as const).map((key) => (
                  <th key={key} scope="col" className={HEAD}>{t(key)}</th>
                ))}
                <th scope="col" className={HEAD}><span className="sr-only">{t("compliance.vendor.edit")}</span></th>
              </tr>
            </thead>
            <tbody>
              {vendors.map((vendor) => (
                <tr key={vendor.id}>
                  <td className={CELL}>{vendor.name}</td>
                  <td className={CELL}>{vendor.service}</td>
                  <td className={`${CELL} whitespace-normal`}>{vendor.data}</td>
                  <td className={CELL}>{day(vendor.contractOn)}</td>
                  <td className={CELL}>{day(vendor.dueOn)}</td>
                  <td className={CELL}>{day(vendor.endedOn)}</td>
                  <td className={`${CELL} text-right`}>
                    {mayEdit && (
                      <Button look="quiet" aria-label={t("compliance.vendor.edit.of", { name: vendor.name })} onClick={() => setEditing(vendor)}>
                        {t("compliance.vendor.edit")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayEdit && editing === undefined && (
        <div>
          <Button onClick={() => setEditing("new")}>{t("compliance.vendor.add")}</Button>
        </div>
      )}
      {editing !== undefined && <VendorForm key={editing === "new" ? "new" : editing.id} vendor={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </section>
  );
}

function VendorForm({ vendor, onClose }: { vendor: Vendor | undefined; onClose: () => void }) {
  const [id] = useState(() => vendor?.id ?? uuidv7());
  const initial = {
    name: vendor?.name ?? "",
    service: vendor?.service ?? "",
    data: vendor?.data ?? "",
    contractOn: vendor?.contractOn ?? "",
    reviewedOn: vendor?.reviewedOn ?? "",
    dueOn: vendor?.dueOn ?? "",
    endedOn: vendor?.endedOn ?? "",
  };
  const save = ({ name, service, data, ...days }: typeof initial) => {
    const body = { name, service, data, ...filled(days) };
    return vendor === undefined
      ? read(api.POST("/api/v1/compliance/vendors", { params: { header: idempotent(id) }, body: { id, vendor: body } }))
      : read(api.PUT("/api/v1/compliance/vendors/{id}", { params: { path: { id }, header: ifMatch(vendor.version) }, body }));
  };
  return (
    <RegisterForm
      title={vendor === undefined ? t("compliance.vendor.add") : t("compliance.vendor.edit.of", { name: vendor.name })}
      initial={initial}
      save={save}
      onClose={onClose}
    >
      {(text) => (
        <div className="grid gap-3 md:grid-cols-3">
          <TextField label={t("word.name")} autoFocus required maxLength={120} {...text("name")} />
          <TextField label={t("compliance.vendor.service")} required maxLength={200} {...text("service")} />
          <TextField label={t("compliance.vendor.data")} required maxLength={500} {...text("data")} />
          <TextField label={t("compliance.vendor.contractOn")} type="date" optional {...text("contractOn")} />
          <TextField label={t("compliance.vendor.reviewedOn")} type="date" optional {...text("reviewedOn")} />
          <TextField label={t("compliance.vendor.dueOn")} type="date" optional {...text("dueOn")} />
          <TextField label={t("compliance.vendor.endedOn")} type="date" optional {...text("endedOn")} />
        </div>
      )}
    </RegisterForm>
  );
}
