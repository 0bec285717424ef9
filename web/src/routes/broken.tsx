import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useCallback } from "react";
import { asApiError } from "@/api/problem";
import { t } from "@/i18n/text";
import { PageTitle } from "@/ui/page-title";
import { ProblemNote } from "@/ui/problem-note";
import { NotFound } from "./not-found";
import { Offline } from "./offline";

/** A page that could not be read. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  const problem = asApiError(error);
  const again = useCallback(() => {
    boundary.reset();
    reset();
    void router.invalidate();
  }, [boundary, reset, router]);
  if (problem.status === 404) return <NotFound />;
  if (problem.isOffline) return <Offline onBack={again} />;
  return (
    <>
      <PageTitle>{t("error.title")}</PageTitle>
      <h1 className="sr-only">{t("error.title")}</h1>
      <ProblemNote message={problem.message} reference={problem.requestId} onRetry={again} />
    </>
  );
}
