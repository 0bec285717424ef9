import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { vehiclesQuery, type VehicleFilter } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { Vehicle } from "@/api/types";
import { formatMoney } from "@/i18n/money";
import { formatCount } from "@/i18n/count";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Empty } from "@/ui/empty";
import { LinkButton } from "@/ui/link-button";
import { CELL, HEAD, ListPage, ROW, ROW_LINK, TABLE } from "@/ui/list-page";
import { MoreButton } from "@/ui/more-button";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { useRowKeys } from "@/ui/use-row-keys";
import { CONDITIONS, STATUS_TONE, STATUSES } from "./kinds";

interface Props {
  filter: VehicleFilter;
  onFilter: (part: VehicleFilter) => void;
}

export function VehicleList({ filter, onFilter }: Props) {
  const list = useSuspenseInfiniteQuery(vehiclesQuery(filter));
  const vehicles = list.data.pages.flatMap((page) => page.items);
  const session = useSession();
  const add = may(session, "vehicle.create") ? (
    <LinkButton to="/inventory/new" combo="n">
      {t("inventory.new")}
    </LinkButton>
  ) : undefined;
  const filtered = Object.values(filter).some((value) => value !== undefined && value !== "");
  return (
    <ListPage title={t("inventory.title")} filters={<Filters filter={filter} onFilter={onFilter} />} action={add}>
      {vehicles.length > 0 ? (
        <>
          <VehicleTable vehicles={vehicles} showCost={may(session, "vehicle.cost.view")} />
          <MoreButton shown={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      ) : filtered ? (
        <Empty title={t("inventory.none")} />
      ) : (
        <Empty title={t("inventory.empty.title")} action={add}>
          {t("inventory.empty.text")}
        </Empty>
      )}
    </ListPage>
  );
}

const ALL = "all";

function Filters({ filter, onFilter }: Props) {
  return (
    <>
      <SearchField label={t("inventory.search")} value={filter.q ?? ""} onChange={(q) => onFilter({ q: q || undefined })} />
      <Segmented
        label={t("inventory.condition")}
        value={filter.condition ?? ALL}
        onChange={(condition) => onFilter({ condition: condition === ALL ? undefined : condition })}
        choices={[
          { value: ALL, label: t("word.all") },
          ...CONDITIONS.map((value) => ({ value, label: t(`vehicle.condition.${value}`) })),
        ]}
      />
      <Segmented
        label={t("inventory.status")}
        value={filter.status ?? ALL}
        onChange={(status) => onFilter({ status: status === ALL ? undefined : status })}
        choices={[
          { value: ALL, label: t("word.all") },
          ...STATUSES.map((value) => ({ value, label: t(`vehicle.status.${value}`) })),
        ]}
      />
    </>
  );
}

function VehicleTable({ vehicles, showCost }: { vehicles: readonly Vehicle[]; showCost: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <table aria-label={t("inventory.title")} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("inventory.column.stock")}</th>
          <th scope="col" className={HEAD}>{t("inventory.column.vehicle")}</th>
          <th scope="col" className={`${HEAD} max-lg:hidden`}>{t("inventory.column.vin")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("inventory.column.condition")}</th>
          <th scope="col" className={`${HEAD} text-right max-lg:hidden`}>{t("inventory.column.odometer")}</th>
          <th scope="col" className={`${HEAD} text-right max-md:hidden`}>{t("inventory.column.age")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("inventory.column.status")}</th>
          <th scope="col" className={`${HEAD} text-right`}>{t("inventory.column.price")}</th>
          {showCost && <th scope="col" className={`${HEAD} text-right max-md:hidden`}>{t("inventory.column.cost")}</th>}
        </tr>
      </thead>
      <tbody ref={body}>
        {vehicles.map((vehicle) => (
          <tr key={vehicle.id} className={ROW}>
            <td className={CELL}>
              <Link to="/inventory/$vehicleId" params={{ vehicleId: vehicle.id }} data-row-link className={ROW_LINK}>
                {vehicle.stockNumber}
              </Link>
            </td>
            <td className={`${CELL} max-w-64 truncate`}>{vehicle.label}</td>
            <td className={`${CELL} text-muted max-lg:hidden`}>{vehicle.vin}</td>
            <td className={`${CELL} max-md:hidden`}>{t(`vehicle.condition.${vehicle.condition}`)}</td>
            <td className={`${CELL} text-right max-lg:hidden`}>{formatCount(vehicle.odometer)}</td>
            <td className={`${CELL} text-right max-md:hidden`}>{vehicle.agingDays}</td>
            <td className={`${CELL} max-md:hidden`}>
              <Badge tone={STATUS_TONE[vehicle.status]}>{t(`vehicle.status.${vehicle.status}`)}</Badge>
            </td>
            <td className={`${CELL} text-right`}>{vehicle.price != null && formatMoney(vehicle.price)}</td>
            {showCost && <td className={`${CELL} text-right max-md:hidden`}>{vehicle.cost != null && formatMoney(vehicle.cost)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
