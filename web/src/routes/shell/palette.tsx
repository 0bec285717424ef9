import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { customersQuery, dealsQuery, vehiclesQuery } from "@/api/queries";
import { formatPhone } from "@/i18n/phone";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Combobox, type Option } from "@/ui/combobox";
import { STATE_TONE } from "@/ui/deal-state";
import { Dialog } from "@/ui/dialog";
import { Kbd } from "@/ui/kbd";
import { useSettled } from "@/ui/use-settled";
import { shortcutsInForce } from "@/ui/use-shortcuts";

const FEW = 5;

interface Entry extends Option {
  run: () => void;
}

/** Finds a deal, a customer, a vehicle or an action from anywhere. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const q = useSettled(query.trim());
  const actions = useActions(query);
  const found = useFound(q);
  const entries = [...actions, ...found];
  return (
    <Dialog title={t("palette.title")} onClose={onClose} hideTitle>
      <div className="flex max-h-[70vh] flex-col p-2">
        <Combobox
          label={t("palette.title")}
          hideLabel
          autoFocus
          placeholder={t("palette.placeholder")}
          query={query}
          onQuery={setQuery}
          options={entries}
          onPick={(id) => {
            onClose();
            entries.find((entry) => entry.id === id)?.run();
          }}
          nothing={t("palette.nothing", { q: query })}
        />
      </div>
    </Dialog>
  );
}

/** What could be done when the palette was opened, narrowed by what is typed. */
function useActions(query: string): Entry[] {
  const [all] = useState(() => shortcutsInForce().filter((shortcut) => shortcut.action === true));
  const wanted = query.trim().toLowerCase();
  return all
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .map(({ label, combos, run }) => ({
      id: `action-${label}`,
      group: t("palette.actions"),
      run: () => run?.(),
      content: (
        <>
          <span className="grow">{label}</span>
          <Kbd combo={combos[0] ?? ""} />
        </>
      ),
    }));
}

function useFound(q: string): Entry[] {
  const navigate = useNavigate();
  const options = { enabled: q !== "", placeholderData: keepPreviousData };
  const deals = useInfiniteQuery({ ...dealsQuery({ q }), ...options });
  const customers = useInfiniteQuery({ ...customersQuery(q, FEW), ...options });
  const vehicles = useInfiniteQuery({ ...vehiclesQuery({ q }, FEW), ...options });
  if (q === "") return [];
  return [
    ...(deals.data?.pages[0]?.items ?? []).slice(0, FEW).map((deal) => ({
      id: deal.id,
      group: t("palette.deals"),
      run: () => void navigate({ to: "/deals/$dealId", params: { dealId: deal.id } }),
      content: (
        <>
          <span className="font-medium">{deal.number}</span>
          <span>{deal.customer.name}</span>
          <span className="truncate text-muted">{deal.vehicle.label}</span>
          <span className="ml-auto">
            <Badge tone={STATE_TONE[deal.state]}>{t(`deal.state.${deal.state}`)}</Badge>
          </span>
        </>
      ),
    })),
    ...(customers.data?.pages[0]?.items ?? []).map((customer) => ({
      id: customer.id,
      group: t("palette.customers"),
      run: () => void navigate({ to: "/customers/$customerId", params: { customerId: customer.id } }),
      content: (
        <>
          <span className="font-medium">
            {customer.firstName} {customer.lastName}
          </span>
          <span className="text-muted">{formatPhone(customer.phone)}</span>
        </>
      ),
    })),
    ...(vehicles.data?.pages[0]?.items ?? []).map((vehicle) => ({
      id: vehicle.id,
      group: t("palette.vehicles"),
      run: () => void navigate({ to: "/inventory/$vehicleId", params: { vehicleId: vehicle.id } }),
      content: (
        <>
          <span className="font-medium">{vehicle.stockNumber}</span>
          <span className="truncate">{vehicle.label}</span>
        </>
      ),
    })),
  ];
}
