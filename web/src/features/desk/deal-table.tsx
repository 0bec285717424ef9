import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { DealRow, DealState } from "@/api/types";
import { ageOf } from "@/i18n/dates";
import { formatMoney, isNegative } from "@/i18n/money";
import { plural, t, type TextKey } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { cx } from "@/ui/class-names";
import { STATE_TONE } from "@/ui/deal-state";
import { Icon } from "@/ui/icon";
import { CELL, HEAD, ROW, ROW_LINK, TABLE } from "@/ui/list-page";
import { useNow } from "@/ui/use-now";
import { useRowKeys } from "@/ui/use-row-keys";

export function DealTable({ deals }: { deals: readonly DealRow[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  const now = useNow();
  const showGross = deals.some((deal) => deal.gross != null);
  return (
    <table aria-label={t("desk.title")} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("desk.column.number")}</th>
          <th scope="col" className={HEAD}>{t("desk.column.age")}</th>
          <th scope="col" className={HEAD}>{t("desk.column.customer")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("desk.column.unit")}</th>
          <th scope="col" className={HEAD}>{t("desk.column.stage")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("desk.column.pencil")}</th>
          {showGross && <th scope="col" className={`${HEAD} text-right max-md:hidden`}>{t("desk.column.gross")}</th>}
          <th scope="col" className={`${HEAD} max-[80rem]:hidden`}>{t("desk.column.next")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {deals.map((deal) => (
          <DealLine key={deal.id} deal={deal} now={now} showGross={showGross} />
        ))}
      </tbody>
    </table>
  );
}

function DealLine({ deal, now, showGross }: { deal: DealRow; now: number; showGross: boolean }) {
  return (
    <tr className={ROW}>
      <td className={CELL}>
        <Link to="/deals/$dealId" params={{ dealId: deal.id }} data-row-link className={ROW_LINK}>
          {deal.number}
        </Link>
      </td>
      <td className={CELL}>
        <Age deal={deal} now={now} />
      </td>
      <td className={`${CELL} max-w-48 truncate max-md:max-w-36`}>
        {deal.customer.name}
        <span className="block truncate text-12 leading-4 text-muted md:hidden">{deal.vehicle.label}</span>
      </td>
      <td className={`${CELL} max-w-44 truncate max-md:hidden lg:max-w-60 min-[80rem]:max-w-72`}>
        {deal.vehicle.label} <span className="text-muted">{deal.vehicle.stockNumber}</span>
      </td>
      <td className={CELL}>
        <Badge tone={STATE_TONE[deal.state]}>{t(`deal.state.${deal.state}`)}</Badge>
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <LastPencil deal={deal} />
      </td>
      {showGross && (
        <td className={cx(CELL, "text-right max-md:hidden", deal.gross != null && isNegative(deal.gross.total) && "text-bad")}>
          {deal.gross != null && formatMoney(deal.gross.total)}
        </td>
      )}
      <td className={`${CELL} text-muted max-[80rem]:hidden`}>{t(nextStep(deal))}</td>
    </tr>
  );
}

/** A deal waits for the store while it is on the desk: amber after ten minutes of today. */
const WAITS: ReadonlySet<DealState> = new Set(["draft", "submitted", "rejected", "reopened"]);

function Age({ deal, now }: { deal: DealRow; now: number }) {
  const { amount, unit } = ageOf(deal.updatedAt, now);
  const text = unit === "minute" && amount === 0 ? t("age.now") : plural(`age.${unit}`, amount);
  const waiting = WAITS.has(deal.state) && unit !== "day" && !(unit === "minute" && amount < 10);
  return waiting ? (
    <Badge tone="wait">
      <Icon name="clock" />
      {text}
      <span className="sr-only"> {t("desk.waiting")}</span>
    </Badge>
  ) : (
    <span className="text-muted">{text}</span>
  );
}

function LastPencil({ deal }: { deal: DealRow }) {
  if (deal.lastPencil == null) return <span className="text-muted">{t("desk.noPencil")}</span>;
  const payments = deal.lastPencil.payments.slice(0, 3);
  const monthly = payments.filter(({ kind }) => kind !== "cash");
  return (
    <span className="flex gap-4 min-[80rem]:grid min-[80rem]:grid-cols-[repeat(3,minmax(8rem,1fr))]">
      {payments.map((payment) => (
        <span key={`${payment.kind} ${payment.label}`} className={roomFor(payment.kind === "cash" ? monthly.length : monthly.indexOf(payment))}>
          <span className="text-12 text-muted">{payment.label} </span>
          {formatMoney(payment.amount)}
          {payment.kind !== "cash" && <span className="text-12 text-muted">{t("column.perMonth")}</span>}
        </span>
      ))}
    </span>
  );
}

/** The first payment is always shown, the second from a tablet on, the rest where there is room for three. */
function roomFor(place: number): string {
  return cx("w-32 shrink-0 min-[80rem]:w-auto", place === 1 && "max-lg:hidden", place > 1 && "max-[80rem]:hidden");
}

const NEXT: Record<DealState, TextKey> = {
  draft: "desk.next.submit",
  reopened: "desk.next.submit",
  submitted: "desk.next.approve",
  approved: "desk.next.close",
  rejected: "desk.next.rework",
  closed: "desk.next.none",
  cancelled: "desk.next.none",
};

function nextStep(deal: DealRow): TextKey {
  return deal.lastPencil == null && NEXT[deal.state] === "desk.next.submit" ? "desk.next.pencil" : NEXT[deal.state];
}
