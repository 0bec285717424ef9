import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { customersQuery, vehiclesQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import { formatMoney } from "@/i18n/money";
import { formatPhone } from "@/i18n/phone";
import { t } from "@/i18n/text";
import { Combobox, type Option } from "@/ui/combobox";
import { useSettled } from "@/ui/use-settled";

const FEW = 8;
const CREATE = "create";

/** Finds a customer by name, phone or e-mail; somebody new is one more Enter. */
export function CustomerPicker({ onPick, onCreate }: { onPick: (id: string) => void; onCreate?: (name: string) => void }) {
  const [query, setQuery] = useState("");
  const q = useSettled(query.trim());
  const found = useInfiniteQuery({ ...customersQuery(q || undefined, FEW), placeholderData: keepPreviousData });
  const mayCreate = may(useSession(), "customer.create");
  const options: Option[] = (found.data?.pages[0]?.items ?? []).map((customer) => ({
    id: customer.id,
    content: (
      <>
        <span className="font-medium">
          {customer.firstName} {customer.lastName}
        </span>
        <span className="text-muted">{formatPhone(customer.phone)}</span>
        <span className="ml-auto text-12 text-muted">{[customer.place?.city, customer.place?.state].filter(Boolean).join(", ")}</span>
      </>
    ),
  }));
  if (mayCreate && onCreate !== undefined) {
    options.push({
      id: CREATE,
      content: query.trim() === "" ? t("newDeal.newCustomer") : t("newDeal.createCustomer", { q: query.trim() }),
    });
  }
  return (
    <Combobox
      label={t("newDeal.customer")}
      hint={t("newDeal.hint")}
      placeholder={t("newDeal.pickCustomer")}
      query={query}
      onQuery={setQuery}
      options={options}
      onPick={(id) => (id === CREATE ? onCreate?.(query.trim()) : onPick(id))}
      autoFocus
    />
  );
}

/** Finds a vehicle in stock by stock number, VIN or name. */
export function VehiclePicker({ onPick }: { onPick: (id: string) => void }) {
  const [query, setQuery] = useState("");
  const q = useSettled(query.trim());
  const found = useInfiniteQuery({
    ...vehiclesQuery({ q: q || undefined, status: "inStock" }, FEW),
    placeholderData: keepPreviousData,
  });
  const options: Option[] = (found.data?.pages[0]?.items ?? []).map((vehicle) => ({
    id: vehicle.id,
    content: (
      <>
        <span className="w-16 shrink-0 text-muted">{vehicle.stockNumber}</span>
        <span className="min-w-0 truncate font-medium">{vehicle.label}</span>
        <span className="ml-auto">{vehicle.price != null && formatMoney(vehicle.price)}</span>
      </>
    ),
  }));
  return (
    <Combobox
      label={t("newDeal.vehicle")}
      hint={t("newDeal.hint")}
      placeholder={t("newDeal.pickVehicle")}
      query={query}
      onQuery={setQuery}
      options={options}
      onPick={onPick}
      autoFocus
      nothing={found.isSuccess ? t("inventory.none") : undefined}
    />
  );
}
