import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { stockNumbersQuery } from "@/api/numbers";
import { vehicleQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { Vehicle } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { civilDateOf } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { STATUS_TONE } from "./kinds";
import { VehicleForm } from "./vehicle-form";
import { vehicleValues, vehicleWrite, type VehicleValues } from "./vehicle-values";
import { VinSection } from "./vin-section";

export function VehiclePage({ id }: { id: string }) {
  const queries = useQueryClient();
  const { data: vehicle } = useSuspenseQuery(vehicleQuery(id));
  const session = useSession();
  const form = useEntityForm<Vehicle, VehicleValues>({
    entity: vehicle,
    toForm: (entity) => vehicleValues(entity, ""),
    save: (values, version) =>
      read<Vehicle>(
        api.PUT("/api/v1/inventory/{id}", {
          params: { path: { id }, header: ifMatch(version ?? 0) },
          body: vehicleWrite(values),
        }),
      ),
    reload: () => queries.invalidateQueries({ queryKey: vehicleQuery(id).queryKey }),
    onSaved: (saved) => {
      queries.setQueryData(vehicleQuery(id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["vehicles"] });
    },
  });
  const readOnly = !may(session, "vehicle.edit");
  return (
    <Page
      title={vehicle.label}
      note={<Badge tone={STATUS_TONE[vehicle.status]}>{t(`vehicle.status.${vehicle.status}`)}</Badge>}
      actions={
        may(session, "deal.create") &&
        vehicle.status !== "sold" && (
          <LinkButton to="/deals/new" search={{ vehicle: id }} combo="n">
            {t("vehicle.startDeal")}
          </LinkButton>
        )
      }
    >
      {readOnly && <p className="text-muted">{t("vehicle.edit.readOnly")}</p>}
      <VehicleForm
        form={form}
        label={t("inventory.column.vehicle")}
        submitLabel={t("word.save")}
        readOnly={readOnly}
        showCost={may(session, "vehicle.cost.view")}
        knownVin={vehicle.vin}
      />
      <VinSection vehicle={vehicle} />
    </Page>
  );
}

export function NewVehiclePage({ onCreated }: { onCreated: (vehicle: Vehicle) => void }) {
  const queries = useQueryClient();
  const [id] = useState(uuidv7);
  const session = useSession();
  const { data: numbers } = useQuery(stockNumbersQuery);
  const given = Object.fromEntries((numbers?.items ?? []).map(({ condition, shown }) => [condition, shown ?? undefined]));
  const [today] = useState(() => civilDateOf(new Date(), session.dealership.timeZone));
  const form = useEntityForm<Vehicle, VehicleValues>({
    entity: undefined,
    toForm: (entity) => vehicleValues(entity, today),
    save: (values) =>
      read<Vehicle>(
        api.POST("/api/v1/inventory", { params: { header: idempotent(id) }, body: { id, ...vehicleWrite(values) } }),
      ),
    onSaved: (vehicle) => {
      void queries.invalidateQueries({ queryKey: ["vehicles"] });
      void queries.invalidateQueries({ queryKey: stockNumbersQuery.queryKey });
      onCreated(vehicle);
    },
  });
  return (
    <Page title={t("inventory.new")}>
      <VehicleForm
        form={form}
        label={t("inventory.new")}
        submitLabel={t("inventory.new")}
        showCost={may(session, "vehicle.cost.view")}
        given={given}
      />
    </Page>
  );
}
