import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { complianceQuery } from "@/api/privacy";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";

interface Text {
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  error: string | undefined;
}

interface Props<T extends Record<string, string>> {
  title: string;
  initial: T;
  /** Where the server puts its complaints: below the body, or below a part of it. */
  below?: string | undefined;
  save: (values: T) => Promise<unknown>;
  onClose: () => void;
  children: (text: (key: keyof T & string) => Text) => ReactNode;
}

/** The frame of a register's form: what is typed, what is wrong with it, and the way out. */
export function RegisterForm<T extends Record<string, string>>({ title, initial, below = "", save, onClose, children }: Props<T>) {
  const queries = useQueryClient();
  const [values, setValues] = useState(initial);
  const saving = useMutation({
    mutationFn: () => save(values),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: complianceQuery.queryKey });
      announce(t("word.saved"));
      onClose();
    },
  });
  const error = saving.error === null ? undefined : asApiError(saving.error);
  const problem = problemText(error, Object.keys(initial).map((key) => `${below}/${key}`));
  const text = (key: keyof T & string): Text => ({
    value: values[key] ?? "",
    onChange: (event) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find(({ pointer }) => pointer === `${below}/${key}` || pointer === `/${key}`)?.detail,
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls inside
    <form
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
      className="flex flex-col gap-3 rounded-sm border-l-4 border-accent bg-raised p-3"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {children(text)}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={saving.isPending}>
          {t("word.save")}
        </Button>
        <Button onClick={onClose} combo="Escape">
          {t("word.cancel")}
        </Button>
      </div>
    </form>
  );
}
