import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";

interface Props {
  id: string;
  onRevealed: (value: string) => void;
  onCancel: () => void;
}

/** Asks why a protected value must be seen, and fetches it. */
export function RevealForm({ id, onRevealed, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  const reveal = useMutation({
    mutationFn: () =>
      read(
        api.POST("/api/v1/customers/{id}/reveal", {
          params: { path: { id } },
          body: { field: "dateOfBirth", reason: reason.trim() },
        }),
      ),
    onSuccess: ({ value }) => onRevealed(value),
    // The value stays nowhere but on the screen.
    gcTime: 0,
  });
  const ready = reason.trim() !== "" && !reveal.isPending;
  const error = reveal.error === null ? undefined : asApiError(reveal.error);
  const problem = problemText(error, ["/reason"]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls inside
    <form
      ref={form}
      aria-label={t("customer.reveal.of")}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) reveal.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onCancel();
      }}
      className="flex flex-col gap-2 rounded-sm border-l-4 border-accent bg-raised p-3"
    >
      <TextField
        label={t("customer.reveal.reason")}
        hint={t("customer.reveal.hint")}
        error={error?.fields.find(({ pointer }) => pointer === "/reason")?.detail}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {problem !== undefined && (
        <Banner tone="bad" title={t("error.title")}>
          {problem.message}
        </Banner>
      )}
      <div className="flex gap-2">
        <Button look="primary" type="submit" disabled={!ready} combo="Enter">
          {t("customer.reveal")}
        </Button>
        <Button onClick={onCancel} combo="Escape">
          {t("word.back")}
        </Button>
      </div>
    </form>
  );
}
