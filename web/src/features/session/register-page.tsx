import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FrontPage } from "./front-page";

const POINTERS = ["/name", "/email"];

/** Asks for access to a store whose administrator has handed out this page's address. */
export function RegisterPage({ store }: { store: string }) {
  const door = useQuery({
    queryKey: ["registration", store],
    queryFn: ({ signal }) => read(api.GET("/api/v1/auth/registration", { params: { query: { store } }, signal })),
    retry: false,
  });
  const [values, setValues] = useState({ name: "", email: "" });
  const ask = useMutation({
    mutationFn: () => read(api.POST("/api/v1/auth/registration", { body: { store, ...values } })),
  });
  const back = (
    <Link to="/sign-in" className="self-start underline">
      {t("forgotten.back")}
    </Link>
  );
  if (door.error !== null) {
    return (
      <FrontPage title={t("register.closed.title")} lead={t("register.closed.text")}>
        {back}
      </FrontPage>
    );
  }
  const name = door.data?.store;
  const error = ask.error === null ? undefined : asApiError(ask.error);
  const problem = problemText(error, POINTERS);
  const text = (key: keyof typeof values) => ({
    required: true,
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find((field) => field.pointer === `/${key}`)?.detail,
  });
  return (
    <FrontPage title={name === undefined ? t("register.title") : t("register.title.of", { store: name })} lead={t("register.lead")}>
      <div className="flex flex-col gap-4">
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        {ask.isSuccess ? (
          <Banner tone="good" title={t("register.done.title")}>
            {t("register.done.text", { email: values.email })}
          </Banner>
        ) : (
          <form
            aria-label={t("register.title")}
            onSubmit={(event) => {
              event.preventDefault();
              ask.mutate();
            }}
            className="flex flex-col gap-4"
          >
            <TextField label={t("setup.yourName")} autoComplete="name" enterKeyHint="next" autoFocus {...text("name")} />
            <TextField label={t("word.email")} type="email" autoComplete="email" enterKeyHint="go" {...text("email")} />
            <Button type="submit" look="primary" wide disabled={ask.isPending}>
              {t("register.action")}
            </Button>
          </form>
        )}
        {back}
      </div>
    </FrontPage>
  );
}
