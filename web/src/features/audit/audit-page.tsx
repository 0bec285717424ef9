import "./texts";
import { useMutation, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { asApiError } from "@/api/problem";
import { offers, useSession } from "@/api/session";
import { auditQuery, fetchAuditFile, type AuditFilter } from "@/api/trail-queries";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { ListPage } from "@/ui/list-page";
import { MoreButton } from "@/ui/more-button";
import { useShortcuts } from "@/ui/use-shortcuts";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";

interface Props {
  filter: AuditFilter;
  onFilter: (part: AuditFilter) => void;
  onClear: () => void;
}

/** Who did what, when, from where and why: everything that happened in the store. */
export function AuditPage({ filter, onFilter, onClear }: Props) {
  const offered = offers(useSession(), "audit-export");
  const list = useSuspenseInfiniteQuery(auditQuery(filter));
  const entries = list.data.pages.flatMap((page) => page.items);
  const exported = useMutation({
    mutationFn: () => fetchAuditFile(filter),
    onSuccess: (file) => {
      download(file);
      announce(t("audit.exported"));
    },
  });
  const run = () => {
    if (!exported.isPending) exported.mutate();
  };
  useShortcuts(offered ? [{ combos: ["e"], label: t("audit.export"), group: t("shortcuts.list"), run, action: true }] : []);
  const error = exported.error === null ? undefined : asApiError(exported.error);
  const { from, ...rest } = filter;
  const filtered = from !== "all" || Object.values(rest).some((value) => value !== undefined);
  const clear = <Button onClick={onClear}>{t("audit.clear")}</Button>;
  return (
    <ListPage
      title={t("audit.title")}
      filters={<AuditFilters filter={filter} onFilter={onFilter} />}
      action={
        offered ? (
          <Button combo="e" onClick={run} disabled={exported.isPending}>
            {t(exported.isPending ? "audit.exporting" : "audit.export")}
          </Button>
        ) : undefined
      }
    >
      {error !== undefined && (
        <Banner tone="bad" title={t("audit.exportFailed")}>
          {error.isOffline ? t("error.offline") : error.message}
        </Banner>
      )}
      {entries.length > 0 ? (
        <>
          <AuditTable entries={entries} onFilter={onFilter} />
          <MoreButton shown={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      ) : filtered ? (
        <Empty title={t("audit.none")} action={clear}>
          {t("audit.none.text")}
        </Empty>
      ) : (
        <Empty title={t("audit.empty.title")}>{t("audit.empty.text")}</Empty>
      )}
    </ListPage>
  );
}

function download(file: Blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "audit-trail.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
