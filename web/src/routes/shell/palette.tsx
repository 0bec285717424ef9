import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { customersQuery, dealsQuery, vehiclesQuery } from "@/api/queries";
import { may, offers, useSession } from "@/api/session";
import { formatPhone } from "@/i18n/phone";
import { adminPlaces } from "@/features/admin/admin-places";
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
  const pages = usePages(query);
  const { found, status } = useFound(q);
  const entries = [...actions, ...pages, ...found];
  const searching = q !== query.trim() || status === "searching";
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
          nothing={searching ? t("palette.searching") : t("palette.nothing", { q: query })}
        />
        <p role="status" className="px-2 text-12 text-muted empty:hidden">
          {typeof status === "object" && t("palette.failed", { why: status.why })}
        </p>
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

/** The pages and beginnings that the role has. */
function usePages(query: string): Entry[] {
  const navigate = useNavigate();
  const session = useSession();
  const wanted = query.trim().toLowerCase();
  const pages = [
    { label: t("newDeal.title"), shown: may(session, "deal.create"), run: () => void navigate({ to: "/deals/new", search: {} }) },
    { label: t("customers.new"), shown: may(session, "customer.create"), run: () => void navigate({ to: "/customers/new", search: {} }) },
    { label: t("inventory.new"), shown: may(session, "vehicle.create"), run: () => void navigate({ to: "/inventory/new" }) },
    { label: t("nav.apiKeys"), shown: offers(session, "personal-keys"), run: () => void navigate({ to: "/account/api-keys" }) },
    ...adminPlaces(session).map(({ to, label }) => ({ label: t(label), shown: true, run: () => void navigate({ to }) })),
  ];
  return pages
    .filter(({ label, shown }) => shown && wanted !== "" && label.toLowerCase().includes(wanted))
    .map(({ label, run }) => ({ id: `page-${label}`, group: t("palette.pages"), run, content: <span>{label}</span> }));
}

type Status = "idle" | "searching" | { why: string };

function useFound(q: string): { found: Entry[]; status: Status } {
  const navigate = useNavigate();
  const options = { enabled: q !== "", placeholderData: keepPreviousData };
  const deals = useInfiniteQuery({ ...dealsQuery({ q }), ...options });
  const customers = useInfiniteQuery({ ...customersQuery(q, FEW), ...options });
  const vehicles = useInfiniteQuery({ ...vehiclesQuery({ q }, FEW), ...options });
  if (q === "") return { found: [], status: "idle" };
  const error = deals.error ?? customers.error ?? vehicles.error;
  const searching = deals.isFetching || customers.isFetching || vehicles.isFetching;
  const status: Status = error !== null ? { why: problemText(asApiError(error))?.message ?? asApiError(error).message } : searching ? "searching" : "idle";
  const found = [
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
  return { found, status };
}
