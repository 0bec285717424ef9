import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { asApiError, type ApiError } from "@/api/problem";
import { rateImportsQuery, rateProgressQuery } from "@/api/queries";
import type { RateImport, RatePreview } from "@/api/types";
import { upload } from "@/api/upload";
import { formatCount } from "@/i18n/count";
import { t } from "@/i18n/text";
import { US_STATES } from "@/i18n/us-states";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CONTROL, Field, SelectField, TextField } from "@/ui/field";
import { useShortcuts } from "@/ui/use-shortcuts";
import { PreviewResult } from "./rate-preview";

const FORMATS = ["csv", "sstRate", "sstBoundary"] as const;
const PREVIEW = "/api/v1/places/rate-imports/preview";
const IMPORT = "/api/v1/places/rate-imports";

interface Sending {
  id: string;
  what: "preview" | "import";
  sent: number;
  size: number;
}

/** A table is looked at first and imported as it was looked at: another file or another word needs another look. */
export function RateUpload({ today }: { today: string }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [imports, setImports] = useState(0);
  const [values, setValues] = useState({ state: "", format: "csv" as (typeof FORMATS)[number], source: "", asOf: today, firstDay: "" });
  const [sending, setSending] = useState<Sending>();
  const [preview, setPreview] = useState<RatePreview>();
  const [error, setError] = useState<ApiError>();
  const stop = useRef<AbortController>(undefined);
  const ready = file !== undefined && values.state !== "" && values.source.trim() !== "" && values.asOf !== "";
  const change = (part: Partial<typeof values>) => {
    setValues({ ...values, ...part });
    setPreview(undefined);
    setError(undefined);
  };
  const send = async <T,>(what: Sending["what"], path: string): Promise<T | undefined> => {
    if (file === undefined || sending !== undefined) return undefined;
    const id = uuidv7();
    const { firstDay, ...rest } = values;
    stop.current = new AbortController();
    setSending({ id, what, sent: 0, size: file.size });
    setError(undefined);
    try {
      return await upload<T>({
        path,
        query: { id, ...rest, fileName: file.name, ...(firstDay !== "" && { firstDay }) },
        file,
        onSent: (sent) => setSending({ id, what, sent, size: file.size }),
        signal: stop.current.signal,
      });
    } catch (problem) {
      if (!(problem instanceof DOMException)) setError(asApiError(problem));
      return undefined;
    } finally {
      setSending(undefined);
    }
  };
  const look = async () => {
    if (!ready) return;
    const seen = await send<RatePreview>("preview", PREVIEW);
    if (seen !== undefined) setPreview(seen);
  };
  const take = async () => {
    if (preview?.valid !== true) return;
    const made = await send<RateImport>("import", IMPORT);
    if (made === undefined) return;
    setPreview(undefined);
    setFile(undefined);
    setImports(imports + 1);
    announce(t("rates.imported", { rows: formatCount(made.rows) }));
    await queries.invalidateQueries({ queryKey: rateImportsQuery.queryKey });
    await queries.invalidateQueries({ queryKey: ["rates"] });
    await queries.invalidateQueries({ queryKey: ["localRates"] });
  };
  const group = t("rates.title");
  useShortcuts([
    { combos: ["Mod+Enter"], label: t(preview?.valid === true ? "rates.import" : "rates.preview"), group, run: () => void (preview?.valid === true ? take() : look()), action: true },
  ]);
  const fault = (field: string) => error?.fields.find(({ pointer }) => pointer === `/${field}`)?.detail;
  return (
    <form
      aria-label={t("rates.upload")}
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
      className="flex flex-col gap-3 border-t border-line pt-3"
    >
      <h2 className="text-15 font-semibold">{t("rates.upload")}</h2>
      <fieldset disabled={sending !== undefined} className="grid gap-3 md:grid-cols-2">
        <Field label={t("rates.file")} hint={t(`rates.hint.${values.format}`)}>
          {(wiring) => (
            <input
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              // A file that was imported is let go of.
              key={imports}
              onChange={(event) => {
                setFile(event.target.files?.[0]);
                change({});
              }}
              className={`${CONTROL} h-auto py-1`}
              {...wiring}
            />
          )}
        </Field>
        <SelectField
          label={t("rates.format")}
          value={values.format}
          onChange={(event) => change({ format: FORMATS.find((format) => format === event.target.value) ?? "csv" })}
          choices={FORMATS.map((format) => ({ value: format, label: t(`rates.format.${format}`) }))}
        />
        <SelectField
          label={t("place.state")}
          value={values.state}
          error={fault("state")}
          onChange={(event) => change({ state: event.target.value })}
          choices={[{ value: "", label: t("place.chooseState") }, ...US_STATES.map(({ code, name }) => ({ value: code, label: name }))]}
        />
        <TextField label={t("rates.source")} hint={t("rates.source.hint")} maxLength={200} value={values.source} error={fault("source")} onChange={(event) => change({ source: event.target.value })} />
        <TextField label={t("rates.asOf")} type="date" value={values.asOf} error={fault("asOf")} onChange={(event) => change({ asOf: event.target.value })} />
        <TextField label={t("rates.firstDay")} hint={t("rates.firstDay.hint")} optional type="date" value={values.firstDay} error={fault("firstDay")} onChange={(event) => change({ firstDay: event.target.value })} />
      </fieldset>
      {file !== undefined && <p className="text-muted">{t("rates.chosen", { name: file.name, size: formatCount(file.size) })}</p>}
      {error !== undefined && <Refusal error={error} />}
      {sending === undefined ? (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look={preview?.valid === true ? "plain" : "primary"} combo={preview?.valid === true ? undefined : "Mod+Enter"} disabled={!ready}>
            {t("rates.preview")}
          </Button>
          {preview !== undefined && (
            <Button look="primary" combo={preview.valid ? "Mod+Enter" : undefined} disabled={!preview.valid} onClick={() => void take()}>
              {t("rates.import")}
            </Button>
          )}
        </div>
      ) : (
        <Progress sending={sending} onStop={() => stop.current?.abort()} />
      )}
      {preview !== undefined && sending === undefined && <PreviewResult preview={preview} />}
    </form>
  );
}

function Refusal({ error }: { error: ApiError }) {
  return (
    <Banner tone="bad" title={t("error.title")}>
      <p>{error.isOffline ? t("error.offline") : error.message}</p>
      {error.fields.length > 0 && (
        <ul>
          {error.fields.slice(0, 20).map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              {pointer.replace(/^\/lines\/(\d+)\/?(.*)$/, (_, line: string, field: string) => t("rates.line", { line, field }))}: {detail}
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

/** What is sent, and what the server has read of it. */
function Progress({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const read = useQuery(rateProgressQuery(sending.id)).data;
  const label = t(sending.what === "preview" ? "rates.previewing" : "rates.importing");
  return (
    <div className="flex flex-col gap-1">
      <progress aria-label={label} max={Math.max(1, sending.size)} value={sending.sent} className="h-2 w-full accent-accent" />
      <div className="flex items-center gap-3">
        <p role="status" className="text-muted">
          {label}{" "}
          {read === undefined ? "" : t("rates.progress", { rows: formatCount(read.rows), errors: formatCount(read.errors) })}
        </p>
        <Button look="quiet" onClick={onStop}>
          {t("rates.stop")}
        </Button>
      </div>
    </div>
  );
}
