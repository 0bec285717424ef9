import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { peopleOfStoreQuery } from "@/api/group";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { GroupPerson, GroupSeat } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { SelectField, TextField } from "@/ui/field";

/** Ends somebody's access in every store of the group, and asks in each who goes on with their open deals. */
export function EndEverywhere({ person, onClose }: { person: GroupPerson; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [successors, setSuccessors] = useState<Record<string, string>>({});
  const seats = person.seats.filter(({ active }) => active);
  const transfers = Object.entries(successors).flatMap(([dealershipId, transferTo]) => (transferTo === "" ? [] : [{ dealershipId, transferTo }]));
  const end = useMutation({
    mutationFn: () =>
      read<GroupPerson>(
        api.POST("/api/v1/admin/group/people/{id}/end-access", {
          params: { path: { id: person.id } },
          body: { ...(reason.trim() !== "" && { reason }), transfers },
        }),
      ),
    onSuccess: () => {
      announce(t("groupPeople.end.done", { name: person.name }));
      onClose();
    },
    // What a refusal tells of is read again too: somebody else may have changed it.
    onSettled: () => queries.invalidateQueries({ queryKey: ["group"] }),
  });
  const error = end.error === null ? undefined : asApiError(end.error);
  const pointer = (store: string) => `/transfers/${transfers.findIndex(({ dealershipId }) => dealershipId === store)}/transferTo`;
  const problem = problemText(error, ["/reason", ...seats.map(({ dealershipId }) => pointer(dealershipId))]);
  const pointed = (at: string) => error?.fields.find((field) => field.pointer === at)?.detail;
  const title = t("groupPeople.end.of", { name: person.name });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
        className="flex flex-col gap-4 p-4 text-left whitespace-normal"
      >
        <p>{t("groupPeople.end.text", { name: person.name })}</p>
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        {seats.map((seat) => (
          <Successor
            key={seat.dealershipId}
            seat={seat}
            person={person}
            value={successors[seat.dealershipId] ?? ""}
            onChange={(id) => setSuccessors({ ...successors, [seat.dealershipId]: id })}
            error={pointed(pointer(seat.dealershipId))}
          />
        ))}
        <TextField label={t("people.end.reason")} optional maxLength={120} value={reason} onChange={(event) => setReason(event.target.value)} error={pointed("/reason")} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="danger" disabled={end.isPending}>
            {t("groupPeople.end")}
          </Button>
          <Button onClick={onClose}>{t("word.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface SuccessorProps {
  seat: GroupSeat;
  person: GroupPerson;
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
}

/** Who of a store takes over there. */
function Successor({ seat, person, value, onChange, error }: SuccessorProps) {
  const { data, error: unread } = useQuery(peopleOfStoreQuery(seat.dealershipId));
  const works = (candidate: GroupPerson) => candidate.seats.find(({ dealershipId, active }) => active && dealershipId === seat.dealershipId);
  const choices = (data ?? []).flatMap((candidate) => {
    const there = works(candidate);
    if (there === undefined || candidate.id === person.id) return [];
    return [{ value: candidate.id, label: `${candidate.name}, ${there.customRole?.name ?? t(`role.${there.role}`)}` }];
  });
  return (
    <SelectField
      label={t("groupPeople.end.store", { store: seat.dealership })}
      hint={unread === null ? (data === undefined ? t("groupPeople.end.reading") : undefined) : asApiError(unread).message}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      choices={[{ value: "", label: t("people.end.nobody", { name: person.name }) }, ...choices]}
    />
  );
}
