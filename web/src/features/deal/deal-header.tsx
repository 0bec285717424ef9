import { Link } from "@tanstack/react-router";
import { memo, type ReactNode } from "react";
import type { ColumnResult, Deal } from "@/api/types";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { PageTitle } from "@/ui/page-title";
import { STATE_TONE } from "@/ui/deal-state";
import { Figure } from "./figures/figure";

interface Props {
  deal: Deal;
  /** The column in view: the gross is its gross. */
  result: ColumnResult | undefined;
  changed: boolean;
  actions: ReactNode;
  panelButtons: ReactNode;
}

export function DealHeader({ deal, result, changed, actions, panelButtons }: Props) {
  const { customer, current } = deal;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-panel px-4 py-2 max-md:gap-y-0 max-md:py-1">
      <PageTitle>{t("deal.title", { number: deal.number, customer: customer.lastName })}</PageTitle>
      <Parties deal={deal} />
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={STATE_TONE[deal.state]}>{t(`deal.state.${deal.state}`)}</Badge>
        <span className="text-12 text-muted">
          {current == null ? t("deal.noPencil") : t("deal.pencilNumber", { number: current.number })}
        </span>
        {changed && <Badge tone="accent">{t("deal.unsaved")}</Badge>}
      </div>
      {result?.gross != null && <GrossLine result={result} />}
      <div className="ml-auto flex items-center gap-2">
        {panelButtons}
        {actions}
      </div>
    </header>
  );
}

/** Whose deal of what it is. */
const Parties = memo(function Parties({ deal: { number, customer, vehicle, salesperson } }: { deal: Deal }) {
  return (
    <div className="min-w-0">
      <h1 className="flex flex-wrap items-baseline gap-x-2 text-15">
        <span className="font-semibold">{number}</span>
        <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="touchable inline-flex min-h-6 items-center underline decoration-line decoration-1 underline-offset-4 hover:decoration-edge">
          {customer.firstName} {customer.lastName}
        </Link>
      </h1>
      <p className="truncate text-12 text-muted">
        <Link to="/inventory/$vehicleId" params={{ vehicleId: vehicle.id }} className="touchable inline-flex min-h-6 items-center hover:underline">
          {vehicle.label}
        </Link>
        {" · "}
        {t("deal.stock", { number: vehicle.stockNumber })}
        {" · "}
        {salesperson.name}
      </p>
    </div>
  );
});

function GrossLine({ result }: { result: ColumnResult }) {
  const name = t(`column.${result.kind}`);
  return (
    <p className="flex items-center gap-2 text-12 text-muted">
      {t("gross.label")}
      <Figure result={result} row={{ path: "gross.front" }} columnName={name} />
      <span aria-hidden>/</span>
      <Figure result={result} row={{ path: "gross.back" }} columnName={name} />
    </p>
  );
}
