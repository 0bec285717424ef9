import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { asApiError } from "@/api/problem";
import { whenBack } from "@/api/recovery";
import { t } from "@/i18n/text";
import { PageTitle } from "@/ui/page-title";
import { ProblemNote } from "@/ui/problem-note";
import { Forbidden, NotFound } from "./not-found";
import { Offline } from "./offline";

/** A page that could not be read. Where only time is needed it is read again by itself. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  const problem = asApiError(error);
  const isAway = problem.isPassing && !problem.isOffline;
  const { target } = problem;
  const again = useCallback(() => {
    boundary.reset();
    reset();
    void router.invalidate();
  }, [boundary, reset, router]);
  useEffect(() => (isAway ? whenBack(target, again) : undefined), [isAway, target, again]);
  if (problem.status === 404) return <NotFound />;
  if (problem.status === 403) return <Forbidden />;
  if (problem.isOffline) return <Offline onBack={again} />;
  return (
    <>
      <PageTitle>{t("error.title")}</PageTitle>
      <h1 className="sr-only">{t("error.title")}</h1>
      <ProblemNote
        message={problem.message}
        hint={isAway ? t("error.passing") : undefined}
        reference={problem.requestId}
        onRetry={again}
      />
    </>
  );
}
