import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";

interface Props {
  next: { deals: number; new: number; used: number };
  onSet: () => void;
}

/** From which numbers the store goes on, for one that was numbered elsewhere before. */
export function NextNumbers({ next, onSet }: Props) {
  const heading = useId();
  const stock = (condition: "new" | "used") => (number: number) => read(api.PUT("/api/v1/inventory/next-numbers", { body: { condition, next: number } }));
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 id={heading} className="text-18 font-semibold">
        {t("numbering.counts")}
      </h2>
      <p className="text-muted">{t("numbering.counts.text")}</p>
      <div className="grid gap-4 md:grid-cols-3">
        <NextNumber
          name={t("numbering.from.deals")}
          present={next.deals}
          send={(number) => read(api.PUT("/api/v1/deals/next-number", { body: { next: number } }))}
          onSet={onSet}
        />
        <NextNumber name={t("numbering.from.new")} present={next.new} send={stock("new")} onSet={onSet} />
        <NextNumber name={t("numbering.from.used")} present={next.used} send={stock("used")} onSet={onSet} />
      </div>
    </section>
  );
}

function NextNumber({ name, present, send, onSet }: { name: string; present: number; send: (number: number) => Promise<unknown>; onSet: () => void }) {
  const [typed, setTyped] = useState<string>();
  const set = useMutation({
    // The server says what it takes of everything that is no number.
    mutationFn: (text: string) => send(/^\d{1,12}$/.test(text) ? Number(text) : 0),
    onSuccess: () => {
      setTyped(undefined);
      onSet();
    },
  });
  const error = set.error === null ? undefined : asApiError(set.error);
  const problem = problemText(error, ["/next"]);
  return (
    <form
      aria-label={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!set.isPending && typed !== undefined) set.mutate(typed.trim());
      }}
      className="flex min-w-0 flex-col gap-2"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <TextField
        label={name}
        inputMode="numeric"
        value={typed ?? String(present)}
        onChange={(event) => {
          set.reset();
          setTyped(event.target.value);
        }}
        error={error?.fields.find(({ pointer }) => pointer === "/next")?.detail}
      />
      <Button type="submit" disabled={set.isPending || typed === undefined} aria-label={t("numbering.from.set.of", { name })}>
        {t("numbering.from.set")}
      </Button>
      <span role="status" className="text-good empty:hidden">
        {set.isSuccess && `✓ ${t("numbering.from.done", { name, number: set.variables })}`}
      </span>
    </form>
  );
}
