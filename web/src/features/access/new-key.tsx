import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CheckField, CONTROL, TextField } from "@/ui/field";
import { onlyReads, type ApiKeyMade, type ApiKeyNew } from "./keys";

const POINTERS = ["/name", "/days", "/scopes"];

interface Props {
  label: string;
  /** What the key's owner may do: the permissions to choose from. */
  permissions: readonly string[];
  make: (wish: ApiKeyNew) => Promise<ApiKeyMade>;
  onClose: () => void;
}

/** The form of a new key, and then the key itself, this once. */
export function NewKey({ label, permissions, make, onClose }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const making = useMutation({
    mutationFn: () => make({ name, days: Number(days), scopes: [...scopes] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["apiKeys"] }),
  });
  const made = making.data;
  if (made !== undefined) return <Made text={made.key} onClose={onClose} />;
  const error = making.error === null ? undefined : asApiError(making.error);
  const problem = problemText(error, POINTERS);
  const fault = (pointer: string) => error?.fields.find((field) => field.pointer === pointer)?.detail;
  const scopesFault = fault("/scopes");
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
      className="flex flex-col gap-3 border-b border-line bg-raised p-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <div className="grid gap-3 md:grid-cols-2">
        <TextField label={t("keys.name")} autoFocus required value={name} onChange={(event) => setName(event.target.value)} error={fault("/name")} />
        <TextField
          label={t("keys.days")}
          inputMode="numeric"
          required
          hint={t("keys.days.hint")}
          value={days}
          onChange={(event) => setDays(event.target.value)}
          error={fault("/days")}
        />
      </div>
      <fieldset className="flex flex-col gap-1">
        <legend className="text-muted">{t("keys.scopes")}</legend>
        {scopesFault !== undefined && (
          <p role="alert" className="text-12 text-bad">
            {scopesFault}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setScopes(permissions.filter(onlyReads))}>{t("keys.scopes.reading")}</Button>
          <Button onClick={() => setScopes([])}>{t("keys.scopes.none")}</Button>
        </div>
        <div className="grid grid-cols-1 gap-x-3 sm:grid-cols-2 md:grid-cols-3">
          {permissions.map((permission) => (
            <CheckField
              key={permission}
              label={permission}
              checked={scopes.includes(permission)}
              onChange={({ target: { checked } }) =>
                setScopes(checked ? [...scopes, permission] : scopes.filter((other) => other !== permission))
              }
            />
          ))}
        </div>
      </fieldset>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={making.isPending}>
          {t("keys.make")}
        </Button>
        <Button onClick={onClose}>{t("word.cancel")}</Button>
      </div>
    </form>
  );
}

function Made({ text, onClose }: { text: string; onClose: () => void }) {
  const id = useId();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    announce(t("keys.copied"));
  };
  return (
    <div className="border-b border-line bg-raised p-4">
      <Banner
        tone="good"
        title={t("keys.made")}
        actions={
          <>
            <Button look="primary" autoFocus onClick={() => void copy()}>
              {t("keys.copy")}
            </Button>
            <Button onClick={onClose}>{t("keys.done")}</Button>
          </>
        }
      >
        <label htmlFor={id} className="sr-only">
          {t("keys.made.field")}
        </label>
        <input id={id} readOnly value={text} onFocus={(event) => event.target.select()} className={`${CONTROL} font-mono`} />
      </Banner>
    </div>
  );
}
