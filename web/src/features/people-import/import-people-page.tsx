import "./texts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { invitationsQuery, userImportsQuery, usersQuery } from "@/api/queries";
import { offers, useSession } from "@/api/session";
import type { UserImport, UserImportPreview } from "@/api/types";
import { plural, t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CONTROL, Field, TextArea } from "@/ui/field";
import { Page } from "@/ui/page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { PastImports } from "./past-imports";
import { PreviewTable } from "./preview-table";

const EXAMPLE = "name,email,role\nSam Carter,sam.carter@example.com,Salesperson\nRobin Diaz,robin.diaz@example.com,F&I manager\n";

/** Gives a list of people access: shows what would happen, does it, and takes it back. */
export function ImportPeoplePage() {
  const offered = offers(useSession(), "people-import");
  return (
    <Page
      title={t("import.title")}
      note={
        <Link to="/admin/people" className="underline">
          {t("people.title")}
        </Link>
      }
    >
      {offered ? (
        <>
          <p className="text-muted">{t("import.lead")}</p>
          <ListForm />
        </>
      ) : (
        <Banner tone="wait" title={t("import.off")}>
          {t("import.off.text")}
        </Banner>
      )}
      <PastImports />
    </Page>
  );
}

function ListForm() {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState<string>();
  // One id for each list, however often it is sent.
  const [id, setId] = useState(() => crypto.randomUUID());
  const file = useRef<HTMLInputElement>(null);
  const preview = useMutation({
    mutationFn: (list: string) => read<UserImportPreview>(api.POST("/api/v1/admin/user-imports/preview", { body: { text: list } })),
  });
  const take = useMutation({
    mutationFn: () =>
      read<UserImport>(
        api.POST("/api/v1/admin/user-imports", {
          params: { header: idempotent(id) },
          body: { id, text, ...(fileName !== undefined && { fileName: fileName.slice(0, 200) }) },
        }),
      ),
    onSuccess: async (made) => {
      announce(plural("import.done", made.added));
      change("", undefined);
      if (file.current !== null) file.current.value = "";
      await Promise.all([userImportsQuery, usersQuery, invitationsQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey })));
    },
  });
  const change = (list: string, name: string | undefined) => {
    setText(list);
    setFileName(name);
    setId(crypto.randomUUID());
    preview.reset();
    take.reset();
  };
  const rows = preview.data?.rows;
  const added = rows?.filter(({ outcome }) => outcome === "added").length ?? 0;
  const faulty = rows?.filter(({ outcome }) => outcome === "fault").length ?? 0;
  const importable = added > 0 && faulty === 0;
  const busy = preview.isPending || take.isPending;
  const next = () => {
    if (busy || text.trim() === "") return;
    if (importable) take.mutate();
    else preview.mutate(text);
  };
  useShortcuts([{ combos: ["Mod+Enter"], label: importable ? plural("import.import", added) : t("import.preview"), group: t("import.title"), run: next, action: true }]);
  const failed = take.error ?? preview.error;
  const problem = failed === null ? undefined : problemText(asApiError(failed));
  return (
    <form
      aria-label={t("import.form")}
      onSubmit={(event) => {
        event.preventDefault();
        preview.mutate(text);
      }}
      className="flex flex-col gap-3"
    >
      <Field label={t("import.file")} hint={t("import.file.hint")}>
        {(wiring) => (
          <input
            type="file"
            ref={file}
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen !== undefined) void chosen.text().then((list) => change(list, chosen.name));
            }}
            className={`${CONTROL} h-auto py-1`}
            {...wiring}
          />
        )}
      </Field>
      <TextArea label={t("import.text")} hint={t("import.text.hint")} rows={8} spellCheck={false} value={text} onChange={(event) => change(event.target.value, fileName)} />
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {rows !== undefined && faulty > 0 && <Banner tone="bad" title={plural("import.faulty", faulty)} />}
      {rows !== undefined && faulty === 0 && <Banner tone={added > 0 ? "accent" : "wait"} title={added > 0 ? plural("import.ready", added) : t("import.nobody")} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look={importable ? "plain" : "primary"} combo={importable ? undefined : "Mod+Enter"} disabled={busy || text.trim() === ""}>
          {t("import.preview")}
        </Button>
        {importable && (
          <Button look="primary" combo="Mod+Enter" disabled={busy} onClick={() => take.mutate()}>
            {plural("import.import", added)}
          </Button>
        )}
        {text === "" && <Button onClick={() => change(EXAMPLE, undefined)}>{t("import.example")}</Button>}
      </div>
      {rows !== undefined && <PreviewTable rows={rows} />}
    </form>
  );
}
