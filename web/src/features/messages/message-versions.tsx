import { useMutation, useQuery } from "@tanstack/react-query";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useSession } from "@/api/session";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { VersionList } from "@/ui/version-list";
import { versionsQuery, type MailTemplate, type Words } from "./queries";
import { describe } from "./words";

interface Props {
  template: MailTemplate;
  readOnly: boolean;
  onChanged: () => Promise<unknown>;
}

/** The versions of a message's words, down to the product's, which came first. */
export function MessageVersions({ template: { kind, version: current, product }, readOnly, onChanged }: Props) {
  const zone = useSession().dealership.timeZone;
  const kept = useQuery(versionsQuery(kind, current)).data?.items ?? [];
  const restore = useMutation({
    mutationFn: (version: number) =>
      read(api.POST("/api/v1/admin/mail-templates/{kind}/versions/{version}/restore", { params: { path: { kind, version }, header: ifMatch(current) } })),
    onSettled: onChanged,
  });
  const lines = (own: Words | undefined) => ({
    [t("messages.words")]: t(own === undefined ? "messages.product" : "messages.own.long"),
    ...describe(own ?? product),
  });
  const versions = kept.map(({ version, savedAt, savedBy, text }) => ({
    version,
    saved: formatMoment(savedAt, zone),
    by: savedBy ?? undefined,
    lines: lines(text ?? undefined),
  }));
  const first = { version: 0, saved: undefined, by: undefined, lines: lines(undefined) };
  return (
    <VersionList
      versions={versions.at(-1)?.version === 1 ? [...versions, first] : versions}
      onGoBack={readOnly ? undefined : (version) => restore.mutate(version)}
      busy={restore.isPending}
      problem={problemText(restore.error === null ? undefined : asApiError(restore.error))}
    />
  );
}
