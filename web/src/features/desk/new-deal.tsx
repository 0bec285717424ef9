import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { dealQuery } from "@/api/queries";
import type { Customer, Deal, Vehicle } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { BottomBar } from "@/ui/bottom-bar";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { CustomerPicker, VehiclePicker } from "./pickers";

interface Props {
  customer: Customer | undefined;
  vehicle: Vehicle | undefined;
  onPick: (pick: { customer?: string | undefined; vehicle?: string | undefined }) => void;
  onNewCustomer: (name: string) => void;
  onStarted: (deal: Deal) => void;
}

/** Brings a customer and a vehicle together. */
export function NewDeal({ customer, vehicle, onPick, onNewCustomer, onStarted }: Props) {
  const queries = useQueryClient();
  const [id] = useState(uuidv7);
  const start = useMutation({
    mutationFn: async ({ customerId, vehicleId }: { customerId: string; vehicleId: string }) =>
      read<Deal>(api.POST("/api/v1/deals", { params: { header: idempotent(id) }, body: { id, customerId, vehicleId } })),
    onSuccess: (deal) => {
      queries.setQueryData(dealQuery(deal.id).queryKey, deal);
      void queries.invalidateQueries({ queryKey: ["deals"] });
      onStarted(deal);
    },
  });
  const ready = customer !== undefined && vehicle !== undefined && !start.isPending;
  const begin = () => {
    if (ready) start.mutate({ customerId: customer.id, vehicleId: vehicle.id });
  };
  useShortcuts([{ combos: ["Mod+Enter"], label: t("newDeal.start"), group: t("shortcuts.form"), run: begin, action: true }]);
  const problem = start.error === null ? undefined : problemText(asApiError(start.error));
  return (
    <Page title={t("newDeal.title")}>
      <Choice
        title={t("newDeal.customer")}
        chosen={customer && `${customer.firstName} ${customer.lastName}`}
        onChange={() => onPick({ customer: undefined })}
      >
        <CustomerPicker onPick={(picked) => onPick({ customer: picked })} onCreate={onNewCustomer} />
      </Choice>
      <Choice
        title={t("newDeal.vehicle")}
        chosen={vehicle && `${vehicle.label}, ${t("deal.stock", { number: vehicle.stockNumber })}`}
        onChange={() => onPick({ vehicle: undefined })}
      >
        {customer !== undefined && <VehiclePicker onPick={(picked) => onPick({ vehicle: picked })} />}
      </Choice>
      {problem !== undefined && (
        <Banner tone="bad" title={t("error.title")}>
          <p>{problem.message}</p>
        </Banner>
      )}
      <BottomBar>
        <Button key={String(ready)} look="primary" combo="Mod+Enter" disabled={!ready} autoFocus={ready} onClick={begin}>
          {t("newDeal.start")}
        </Button>
      </BottomBar>
    </Page>
  );
}

function Choice({ title, chosen, onChange, children }: { title: string; chosen: string | undefined; onChange: () => void; children: ReactNode }) {
  if (chosen === undefined) return <div className="flex flex-col gap-1">{children}</div>;
  return (
    <div className="flex flex-col gap-1">
      <h2 className="text-muted">{title}</h2>
      <div className="flex min-h-9 items-center justify-between gap-3 rounded-sm border border-line bg-panel px-3">
        <span className="text-15 font-medium">{chosen}</span>
        <Button look="quiet" onClick={onChange}>
          {t("newDeal.change")}
        </Button>
      </div>
    </div>
  );
}
