import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { asApiError } from "@/api/problem";
import { t } from "@/i18n/text";
import { PageTitle } from "@/ui/page-title";
import { ProblemNote } from "@/ui/problem-note";
import { NotFound } from "./not-found";

/** A page that could not be read. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  const problem = asApiError(error);
  if (problem.status === 404) return <NotFound />;
  const again = () => {
    boundary.reset();
    reset();
    void router.invalidate();
  };
  return (
    <>
      <PageTitle>{t("error.title")}</PageTitle>
      <h1 className="sr-only">{t("error.title")}</h1>
      <ProblemNote message={problem.isOffline ? t("error.offline") : problem.message} reference={problem.requestId} onRetry={again} />
    </>
  );
}
