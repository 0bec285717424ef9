import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ComponentType, type ReactNode } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { customerQuery, dealQuery, vehicleQuery } from "@/api/queries";
import type { Deal } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Segmented } from "@/ui/segmented";
import { useShortcuts } from "@/ui/use-shortcuts";

/** How a customer and a vehicle are found: the desk's way, brought by the page. */
export interface Pickers {
  Customer: ComponentType<{ onPick: (id: string) => void }>;
  Vehicle: ComponentType<{ onPick: (id: string) => void }>;
}

/** The deal again, for the same or another customer, on the same or another vehicle. */
export function CopyPanel({ deal, unsaved, pickers }: { deal: Deal; unsaved: boolean; pickers: Pickers }) {
  const { Customer, Vehicle } = pickers;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(uuidv7);
  const [customer, setCustomer] = useState<string>();
  const [vehicle, setVehicle] = useState<string>();
  const [other, setOther] = useState({ customer: false, vehicle: false });
  const copy = useMutation({
    mutationFn: (body: { id: string; customerId?: string; vehicleId?: string }) =>
      read<Deal>(api.POST("/api/v1/deals/{id}/copy", { params: { path: { id: deal.id }, header: idempotent(keyOf(body)) }, body })),
    onSuccess: (made) => {
      queries.setQueryData(dealQuery(made.id).queryKey, made);
      void queries.invalidateQueries({ queryKey: ["deals"] });
      announce(t("copy.done"));
      void navigate({ to: "/deals/$dealId", params: { dealId: made.id } });
    },
  });
  const ready = (!other.customer || customer !== undefined) && (!other.vehicle || vehicle !== undefined) && !copy.isPending;
  const make = () => {
    if (!ready) return;
    copy.mutate({
      id,
      ...(other.customer && customer !== undefined && { customerId: customer }),
      ...(other.vehicle && vehicle !== undefined && { vehicleId: vehicle }),
    });
  };
  useShortcuts([{ combos: ["Mod+Enter"], label: t("copy.action"), group: t("shortcuts.deal"), run: make, action: true }]);
  const problem = copy.error === null ? undefined : problemText(asApiError(copy.error));
  return (
    <div className="flex flex-col gap-3">
      <p>{t("copy.lead")}</p>
      {unsaved && <p className="text-wait">{t("copy.unsaved")}</p>}
      <Part label={t("copy.customer")} same={`${deal.customer.firstName} ${deal.customer.lastName}`} other={other.customer} onOther={(is) => setOther((before) => ({ ...before, customer: is }))}>
        {customer === undefined ? (
          <Customer onPick={setCustomer} />
        ) : (
          <ChosenCustomer id={customer} onChange={() => setCustomer(undefined)} />
        )}
        <p className="text-12 text-muted">{t("copy.customer.drops")}</p>
      </Part>
      <Part label={t("copy.vehicle")} same={deal.vehicle.stockNumber} other={other.vehicle} onOther={(is) => setOther((before) => ({ ...before, vehicle: is }))}>
        {vehicle === undefined ? <Vehicle onPick={setVehicle} /> : <ChosenVehicle id={vehicle} onChange={() => setVehicle(undefined)} />}
        <p className="text-12 text-muted">{t("copy.vehicle.drops")}</p>
      </Part>
      {problem !== undefined && (
        <Banner tone="bad" title={t("error.title")}>
          <p>{problem.message}</p>
        </Banner>
      )}
      <div>
        <Button look="primary" combo="Mod+Enter" disabled={!ready} onClick={make}>
          {t("copy.action")}
        </Button>
      </div>
    </div>
  );
}

/** The same wish sent twice is one copy; another wish under the same id is another request. */
function keyOf({ id, customerId, vehicleId }: { id: string; customerId?: string; vehicleId?: string }): string {
  return [id, customerId, vehicleId].filter((part) => part !== undefined).join(".");
}

interface PartProps {
  label: string;
  same: string;
  other: boolean;
  onOther: (other: boolean) => void;
  children: ReactNode;
}

function Part({ label, same, other, onOther, children }: PartProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <p aria-hidden className="text-muted">{label}</p>
      <Segmented
        label={label}
        value={other ? "other" : "same"}
        onChange={(value) => onOther(value === "other")}
        choices={[
          { value: "same", label: same },
          { value: "other", label: t("copy.other") },
        ]}
      />
      {other && children}
    </div>
  );
}

function ChosenCustomer({ id, onChange }: { id: string; onChange: () => void }) {
  const { data } = useQuery(customerQuery(id));
  return <Chosen text={data === undefined ? "…" : `${data.firstName} ${data.lastName}`} onChange={onChange} />;
}

function ChosenVehicle({ id, onChange }: { id: string; onChange: () => void }) {
  const { data } = useQuery(vehicleQuery(id));
  return <Chosen text={data === undefined ? "…" : `${data.label}, ${t("deal.stock", { number: data.stockNumber })}`} onChange={onChange} />;
}

function Chosen({ text, onChange }: { text: string; onChange: () => void }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-3 rounded-sm border border-line bg-raised px-3">
      <span className="font-medium">{text}</span>
      <Button look="quiet" onClick={onChange}>
        {t("newDeal.change")}
      </Button>
    </div>
  );
}
