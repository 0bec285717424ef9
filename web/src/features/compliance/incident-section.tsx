import { useId, useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { useSession } from "@/api/session";
import type { ComplianceDesk } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { TextArea, TextField } from "@/ui/field";
import { RegisterForm } from "./register-form";

type Incident = ComplianceDesk["incidents"][number];

const DAY = 24 * 60 * 60 * 1000;

/** Security events with the thirty days within which the FTC must be told. */
export function IncidentSection({ incidents, mayEdit, now }: { incidents: Incident[]; mayEdit: boolean; now: number }) {
  const heading = useId();
  const zone = useSession().dealership.timeZone;
  const [editing, setEditing] = useState<Incident | "new">();
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">{t("compliance.incidents")}</h2>
      {incidents.length === 0 && <p className="text-muted">{t("compliance.incidents.none")}</p>}
      <ul className="flex flex-col gap-2">
        {incidents.map((incident) => (
          <li key={incident.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-semibold">{incident.title}</span>
            <span className="text-muted">{formatMoment(incident.discoveredAt, zone)}</span>
            <Clock incident={incident} now={now} zone={zone} />
            {incident.closedAt != null && <Badge>{t("compliance.incident.closedAt")}</Badge>}
            {mayEdit && (
              <Button look="quiet" aria-label={t("compliance.incident.edit.of", { title: incident.title })} onClick={() => setEditing(incident)}>
                {t("compliance.vendor.edit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && editing === undefined && (
        <div>
          <Button onClick={() => setEditing("new")}>{t("compliance.incident.add")}</Button>
        </div>
      )}
      {editing !== undefined && <IncidentForm key={editing === "new" ? "new" : editing.id} incident={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </section>
  );
}

function Clock({ incident, now, zone }: { incident: Incident; now: number; zone: string }) {
  const date = formatMoment(incident.noticeDueAt, zone);
  if (incident.notifiedAt != null) return <Badge tone="good">{t("compliance.incident.told", { date: formatMoment(incident.notifiedAt, zone) })}</Badge>;
  if (incident.noticeNeeded == null) return <Badge tone="wait">{t("compliance.incident.unknown", { date })}</Badge>;
  if (!incident.noticeNeeded) return <Badge>{t("compliance.incident.notNeeded")}</Badge>;
  const left = Math.floor((Date.parse(incident.noticeDueAt) - now) / DAY);
  return (
    <Badge tone="bad">
      {t("compliance.incident.clock", { date })}, {left < 0 ? t("compliance.incident.clock.over") : plural("compliance.incident.clock.left", left)}
    </Badge>
  );
}

function IncidentForm({ incident, onClose }: { incident: Incident | undefined; onClose: () => void }) {
  const [id] = useState(() => incident?.id ?? uuidv7());
  const initial = {
    title: incident?.title ?? "",
    summary: incident?.summary ?? "",
    discoveredAt: local(incident?.discoveredAt),
    consumers: incident?.consumers == null ? "" : String(incident.consumers),
    containedAt: local(incident?.containedAt),
    notifiedAt: local(incident?.notifiedAt),
    closedAt: local(incident?.closedAt),
  };
  const save = (values: typeof initial) => {
    const body = {
      title: values.title,
      discoveredAt: instant(values.discoveredAt) ?? "",
      ...(values.summary === "" ? {} : { summary: values.summary }),
      ...(values.consumers === "" ? {} : { consumers: Number(values.consumers) }),
      ...given({ containedAt: instant(values.containedAt), notifiedAt: instant(values.notifiedAt), closedAt: instant(values.closedAt) }),
    };
    return incident === undefined
      ? read(api.POST("/api/v1/compliance/incidents", { params: { header: idempotent(id) }, body: { id, incident: body } }))
      : read(api.PUT("/api/v1/compliance/incidents/{id}", { params: { path: { id }, header: ifMatch(incident.version) }, body }));
  };
  return (
    <RegisterForm
      title={incident === undefined ? t("compliance.incident.add") : t("compliance.incident.edit.of", { title: incident.title })}
      initial={initial}
      save={save}
      onClose={onClose}
    >
      {(text) => (
        <>
          <div className="grid gap-3 md:grid-cols-3">
            <TextField label={t("compliance.incident.title")} autoFocus required maxLength={200} {...text("title")} />
            <TextField label={t("compliance.incident.discoveredAt")} type="datetime-local" required {...text("discoveredAt")} />
            <TextField label={t("compliance.incident.consumers")} hint={t("compliance.incident.consumers.hint")} type="number" min={0} optional {...text("consumers")} />
            <TextField label={t("compliance.incident.containedAt")} type="datetime-local" optional {...text("containedAt")} />
            <TextField label={t("compliance.incident.notifiedAt")} type="datetime-local" optional {...text("notifiedAt")} />
            <TextField label={t("compliance.incident.closedAt")} type="datetime-local" optional {...text("closedAt")} />
          </div>
          <TextArea label={t("compliance.incident.summary")} optional maxLength={5000} {...text("summary")} />
        </>
      )}
    </RegisterForm>
  );
}

/** An instant as the browser's own field takes it. */
function local(at: string | null | undefined): string {
  if (at == null) return "";
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function instant(typed: string): string | undefined {
  return typed === "" ? undefined : new Date(typed).toISOString();
}

function given<K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Record<K, string>>;
}
