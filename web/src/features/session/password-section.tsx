import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";

const EMPTY = { present: "", password: "" };

/** One's own password. */
export function PasswordSection() {
  const { person } = useSession();
  const [values, setValues] = useState(EMPTY);
  const change = useMutation({
    mutationFn: () => read(api.PUT("/api/v1/auth/password", { body: values })),
    onSuccess: () => {
      setValues(EMPTY);
      announce(t("password.done"));
    },
  });
  const error = change.error === null ? undefined : asApiError(change.error);
  const problem = problemText(error, ["/present", "/password"]);
  const text = (key: keyof typeof values) => ({
    type: "password",
    required: true,
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find((field) => field.pointer === `/${key}`)?.detail,
  });
  return (
    <section aria-label={t("word.password")} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 className="text-18 font-semibold">{t("word.password")}</h2>
      <form
        aria-label={t("password.change")}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
        className="flex max-w-[22rem] flex-col gap-3"
      >
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        {change.isSuccess && <Banner tone="good" title={t("password.done")} />}
        <input type="email" autoComplete="username" value={person.email} readOnly hidden />
        <TextField label={t("password.present")} autoComplete="current-password" {...text("present")} />
        <TextField label={t("link.password")} autoComplete="new-password" hint={t("link.password.hint")} {...text("password")} />
        <div>
          <Button type="submit" disabled={change.isPending}>
            {t("password.change")}
          </Button>
        </div>
      </form>
    </section>
  );
}
