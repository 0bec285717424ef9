import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { AccountLink } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { LinkButton } from "@/ui/link-button";
import { FrontPage } from "./front-page";

/** What a link in a mail opens: a new password, or the beginning of one's work in a store. */
export function AccountLinkPage({ token }: { token: string }) {
  const look = useQuery({
    queryKey: ["account-link", token],
    queryFn: ({ signal }) => read<AccountLink>(api.POST("/api/v1/auth/links/look", { body: { token }, signal })),
    retry: false,
    // Once followed it is gone, and the page says something better than that.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (look.data !== undefined) return <Good token={token} link={look.data} />;
  if (look.error === null) {
    return (
      <FrontPage title={t("link.reset.title")} lead={t("link.looking")}>
        {null}
      </FrontPage>
    );
  }
  const error = asApiError(look.error);
  if (error.code !== "link-spent") {
    return (
      <FrontPage title={t("link.reset.title")} lead="">
        <Banner tone="bad" title={problemText(error)?.message ?? error.message} actions={<Button onClick={() => void look.refetch()}>{t("word.retry")}</Button>} />
      </FrontPage>
    );
  }
  return (
    <FrontPage title={t("link.spent.title")} lead={t("link.spent.text")}>
      <div className="flex flex-col items-start gap-4">
        <LinkButton to="/forgotten-password">{t("link.spent.again")}</LinkButton>
        <Link to="/sign-in" className="underline">
          {t("forgotten.back")}
        </Link>
      </div>
    </FrontPage>
  );
}

function Good({ token, link }: { token: string; link: AccountLink }) {
  const [password, setPassword] = useState("");
  const follow = useMutation({
    mutationFn: () => read(api.POST("/api/v1/auth/links/follow", { body: link.setsPassword ? { token, password } : { token } })),
  });
  const title = link.purpose === "reset" ? t("link.reset.title") : t("link.welcome.title", { store: link.store });
  if (follow.isSuccess) {
    return (
      <FrontPage title={link.setsPassword ? t("link.done.title") : title} lead={link.setsPassword ? t("link.done.text") : t("link.known.lead", { email: link.email })}>
        <LinkButton to="/sign-in">{t("link.signIn")}</LinkButton>
      </FrontPage>
    );
  }
  const error = follow.error === null ? undefined : asApiError(follow.error);
  const problem = problemText(error, ["/password"]);
  const lead = link.purpose === "reset" ? "link.reset.lead" : link.setsPassword ? "link.welcome.lead" : "link.known.lead";
  return (
    <FrontPage title={title} lead={t(lead, { email: link.email })}>
      <form
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          follow.mutate();
        }}
        className="flex flex-col gap-4"
      >
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        {link.setsPassword && (
          <>
            {/* For password managers, which would otherwise keep the password without its account. */}
            <input type="email" autoComplete="username" value={link.email} readOnly hidden />
            <TextField
              label={t("link.password")}
              type="password"
              autoComplete="new-password"
              enterKeyHint="go"
              required
              autoFocus
              hint={t("link.password.hint")}
              error={error?.fields.find((field) => field.pointer === "/password")?.detail}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </>
        )}
        <Button type="submit" look="primary" wide disabled={follow.isPending}>
          {t(link.setsPassword ? "link.action" : "link.accept")}
        </Button>
      </form>
    </FrontPage>
  );
}
