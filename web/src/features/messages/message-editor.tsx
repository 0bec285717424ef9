import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useEntityForm } from "@/api/use-entity-form";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Button } from "@/ui/button";
import { TextArea, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { useSettled } from "@/ui/use-settled";
import { LeaveGuard } from "./leave-guard";
import { MessagePreview } from "./message-preview";
import { MessageValues } from "./message-values";
import { MessageVersions } from "./message-versions";
import { mailTemplatesQuery, previewQuery, type MailTemplate, type Words } from "./queries";
import { describe, wordsOf } from "./words";

/** As long as a pause in typing is. */
const PAUSE = 300;

/** The words of one message, with what its receiver would read. */
export function MessageEditor({ template, readOnly }: { template: MailTemplate; readOnly: boolean }) {
  const { kind } = template;
  const name = t(`messages.kind.${kind}`);
  const heading = useId();
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: mailTemplatesQuery.queryKey });
  const form = useEntityForm<MailTemplate, Words>({
    entity: template,
    toForm: wordsOf,
    save: (words, version) =>
      read<MailTemplate>(api.PUT("/api/v1/admin/mail-templates/{kind}", { params: { path: { kind }, header: ifMatch(version ?? 0) }, body: words })),
    reload: again,
    onSaved: () => void again(),
  });
  const { values, set, theirs } = form;
  const settled = useSettled(values, PAUSE);
  const preview = useQuery(previewQuery(kind, settled));
  const refused = preview.error === null ? undefined : asApiError(preview.error);
  // The preview is checked as saving is, and knows what was typed since.
  const isGood = preview.isSuccess && !preview.isPlaceholderData;
  const faults = isGood ? [] : (refused ?? form.error)?.fields ?? [];
  const faultOf = (pointer: string) => faults.find((fault) => fault.pointer === pointer)?.detail;

  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  // Where the cursor was last; nowhere before one of the two was entered.
  const last = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const enter = (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    last.current = event.currentTarget;
  };

  const back = useMutation({
    mutationFn: () => read<MailTemplate>(api.DELETE("/api/v1/admin/mail-templates/{kind}", { params: { path: { kind }, header: ifMatch(template.version) } })),
    onSuccess: () => {
      announce(t("messages.back.done", { name }));
      subject.current?.focus();
    },
    onSettled: again,
  });
  const problem = problemText(form.error, ["/subject", "/body"]) ?? problemText(back.error === null ? undefined : asApiError(back.error));
  return (
    <section aria-labelledby={heading} className="flex min-w-0 flex-col gap-4 max-md:grow">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 grow basis-64">
          <h2 id={heading} className="text-18 font-semibold">{name}</h2>
          <p className="text-muted">
            {t(`messages.when.${kind}`)} {t(template.own ? "messages.own.long" : "messages.product")}
          </p>
        </div>
        {template.own && !readOnly && (
          <Button disabled={form.changed || back.isPending} title={form.changed ? t("messages.back.hint") : undefined} onClick={() => back.mutate()}>
            {t("messages.back")}
          </Button>
        )}
      </div>
      <FormFrame
        label={name}
        submitLabel={t("word.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problem}
        stale={theirs && { mine: describe(values), theirs: describe(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <div className="grid gap-4 min-[80rem]:grid-cols-2 min-[80rem]:grid-rows-[auto_1fr]">
          <div className="flex min-w-0 flex-col gap-3">
            <TextField
              label={t("messages.subject")}
              ref={subject}
              required
              maxLength={120}
              value={values.subject}
              onFocus={enter}
              onChange={(event) => set({ subject: event.target.value })}
              error={faultOf("/subject")}
            />
            <TextArea
              label={t("messages.body")}
              ref={body}
              required
              rows={12}
              maxLength={4000}
              value={values.body}
              onFocus={enter}
              onChange={(event) => set({ body: event.target.value })}
              error={faultOf("/body")}
            />
          </div>
          <div className="min-w-0 min-[80rem]:row-span-2">
            <MessagePreview message={preview.data} busy={!isGood && refused === undefined} refused={refused} />
          </div>
          <MessageValues
            variables={template.variables}
            // What is its receiver's alone has no place in a subject.
            onInsert={({ name: value, secret }) => write(`{${value}}`, secret ? body.current : (last.current ?? body.current), last.current)}
          />
        </div>
      </FormFrame>
      <MessageVersions template={template} readOnly={readOnly} onChanged={again} />
      <LeaveGuard name={name} changed={form.changed} />
    </section>
  );
}

/** Writes at the cursor of a field as if it were typed; at the end of one that nobody has been in. */
function write(text: string, field: HTMLInputElement | HTMLTextAreaElement | null, entered: HTMLElement | null) {
  if (field === null) return;
  const end = field.value.length;
  const [from, to] = field === entered ? [field.selectionStart ?? end, field.selectionEnd ?? end] : [end, end];
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
