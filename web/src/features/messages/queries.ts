// What the page of messages reads.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";
import type { components } from "@/api/schema";

export type MailTemplate = components["schemas"]["MailTemplate"];
export type MailKind = components["schemas"]["MailKind"];
export type MailVariable = components["schemas"]["MailVariable"];
/** A subject and a text with names in braces. */
export type Words = components["schemas"]["MailText"];

/** What the store writes in each message. */
export const mailTemplatesQuery = queryOptions({
  queryKey: ["mailTemplates"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/mail-templates", { signal })),
});

/** A message as its receiver would read it; refused where the words cannot be the message. */
export function previewQuery(kind: MailKind, words: Words) {
  return queryOptions({
    queryKey: ["mailPreview", kind, words],
    queryFn: ({ signal }) => read(api.POST("/api/v1/admin/mail-templates/{kind}/preview", { params: { path: { kind } }, body: words, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** The versions of a message's words; `current` is the newest, so that one more is read when there is one more. */
export function versionsQuery(kind: MailKind, current: number) {
  return queryOptions({
    queryKey: ["mailTemplateVersions", kind, current],
    queryFn: ({ signal }) => read(api.GET("/api/v1/admin/mail-templates/{kind}/versions", { params: { path: { kind } }, signal })),
  });
}
