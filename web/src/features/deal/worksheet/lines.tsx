// The lists among the inputs: trades, accessories, rebates, fees, products.
import type { ReactNode } from "react";
import type { ProductKind, RebateKind } from "@/api/types";
import { t } from "@/i18n/text";
import { IconButton } from "@/ui/button";
import { CheckField } from "@/ui/field";
import { Icon } from "@/ui/icon";
import { useDesk } from "./desk-context";
import { DeskField } from "./desk-field";
import { addItem, changeItem, itemField, itemsOf, removeItem } from "./fields";
import { KindSelect } from "./kind-select";
import { Section } from "./section";

type List = Parameters<typeof removeItem>[0];

const NOTHING = "0.00";

const PRODUCT_KINDS: readonly ProductKind[] = ["serviceContract", "gap", "maintenance", "tireWheel", "appearance", "theft", "key", "other"];
const REBATE_KINDS: readonly RebateKind[] = ["manufacturer", "manufacturerLater", "manufacturerGuaranteed", "dealer", "dealerIncentive"];

/** One line: its name with the button that takes it out, and its amounts below. */
function Line({ list, index, name, children }: { list: List; index: number; name: ReactNode; children: ReactNode }) {
  const { dispatch, sheet, fixed } = useDesk();
  const editable = useDesk().editable && !fixed.includes(`/${list}`);
  const item = itemsOf(sheet.input, list)[index];
  const called = item === undefined ? "" : "description" in item ? item.description : item.name;
  return (
    <div className="flex flex-col gap-0.5 border-l-2 border-line pl-2">
      <div className="flex items-center gap-1">
        <div className="min-w-0 grow">{name}</div>
        {editable && (
          <IconButton
            label={t("deal.remove", { name: called || String(index + 1) })}
            onClick={() => dispatch({ type: "removed", list: `/${list}`, index, change: removeItem(list, index) })}
          >
            <Icon name="close" />
          </IconButton>
        )}
      </div>
      {children}
    </div>
  );
}

export function Trades() {
  const { sheet, dispatch, fixed, ...desk } = useDesk();
  const editable = desk.editable && !fixed.includes("/trades");
  const add = () =>
    dispatch({
      type: "changed",
      change: addItem("trades", { description: "", allowance: NOTHING, payoff: NOTHING, leased: false }),
    });
  return (
    <Section title={t("deal.trade")} add={fixed.includes("/trades") ? undefined : { label: t("deal.add.trade"), run: add }}>
      {itemsOf(sheet.input, "trades").map((trade, index) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key -- a line is its place: its inputs hold no state of their own
          key={index}
          list="trades"
          index={index}
          name={<DeskField field={itemField("trades", index, "description", "text", "blank")} label={t("deal.trade.description")} hideLabel />}
        >
          <DeskField field={itemField("trades", index, "allowance", "money", "zero")} label={t("deal.trade.allowance")} figure="tradeAllowance" />
          <DeskField field={itemField("trades", index, "payoff", "money", "zero")} label={t("deal.trade.payoff")} figure="tradePayoff" />
          {trade.acv != null && <DeskField field={itemField("trades", index, "acv", "money", "zero")} label={t("deal.trade.acv")} />}
          <CheckField
            label={t("deal.trade.leased")}
            disabled={!editable}
            checked={trade.leased ?? false}
            onChange={(event) => dispatch({ type: "changed", change: changeItem("trades", index, { leased: event.target.checked }) })}
          />
        </Line>
      ))}
    </Section>
  );
}

export function Accessories() {
  const { sheet, dispatch, fixed } = useDesk();
  const add = () => dispatch({ type: "changed", change: addItem("accessories", { name: "", price: NOTHING }) });
  return (
    <Section title={t("deal.accessories")} add={fixed.includes("/accessories") ? undefined : { label: t("deal.add.accessory"), run: add }}>
      {itemsOf(sheet.input, "accessories").map((_, index) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key -- as above
          key={index}
          list="accessories"
          index={index}
          name={<DeskField field={itemField("accessories", index, "name", "text", "blank")} label={t("deal.accessory")} hideLabel />}
        >
          <DeskField field={itemField("accessories", index, "price", "money", "zero")} label={t("deal.price")} figure="accessories" />
        </Line>
      ))}
    </Section>
  );
}

export function Rebates() {
  const { sheet, dispatch, fixed } = useDesk();
  const add = () => dispatch({ type: "changed", change: addItem("rebates", { kind: "manufacturer", name: "", amount: NOTHING }) });
  return (
    <Section title={t("deal.rebates")} add={fixed.includes("/rebates") ? undefined : { label: t("deal.add.rebate"), run: add }}>
      {itemsOf(sheet.input, "rebates").map((rebate, index) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key -- as above
          key={index}
          list="rebates"
          index={index}
          name={<DeskField field={itemField("rebates", index, "name", "text", "blank")} label={t("deal.rebate")} hideLabel />}
        >
          <KindSelect
            disabled={fixed.includes("/rebates")}
            label={t("deal.rebate.kind")}
            value={rebate.kind}
            kinds={REBATE_KINDS}
            text={(kind) => t(`deal.rebate.${kind}`)}
            onChange={(kind) => dispatch({ type: "changed", change: changeItem("rebates", index, { kind }) })}
          />
          <DeskField field={itemField("rebates", index, "amount", "money", "zero")} label={t("deal.amount")} figure="rebates" />
        </Line>
      ))}
    </Section>
  );
}

export function Fees({ children }: { children: ReactNode }) {
  const { sheet, dispatch, editable } = useDesk();
  const fees = itemsOf(sheet.input, "fees");
  const add = () =>
    dispatch({
      type: "changed",
      change: addItem("fees", { code: freeCode(fees.map((fee) => fee.code)), name: "", amount: NOTHING, taxable: false }),
    });
  return (
    <Section title={t("deal.fees")} add={{ label: t("deal.add.fee"), run: add }}>
      {children}
      {fees.map((fee, index) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key -- as above
          key={index}
          list="fees"
          index={index}
          name={<DeskField field={itemField("fees", index, "name", "text", "blank")} label={t("deal.fee")} hideLabel />}
        >
          <DeskField field={itemField("fees", index, "amount", "money", "zero")} label={t("deal.amount")} figure="fees" />
          <CheckField
            label={t("deal.fee.taxable")}
            disabled={!editable}
            checked={fee.taxable ?? false}
            onChange={(event) => dispatch({ type: "changed", change: changeItem("fees", index, { taxable: event.target.checked }) })}
          />
        </Line>
      ))}
    </Section>
  );
}

/** A code of the store's own that no other fee of the deal has. */
function freeCode(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    if (!taken.includes(`store-${number}`)) return `store-${number}`;
  }
}

export function Products() {
  const { sheet, dispatch } = useDesk();
  const add = () => dispatch({ type: "changed", change: addItem("products", { kind: "serviceContract", name: "", price: NOTHING }) });
  return (
    <Section title={t("deal.products")} add={{ label: t("deal.add.product"), run: add }}>
      {itemsOf(sheet.input, "products").map((product, index) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key -- as above
          key={index}
          list="products"
          index={index}
          name={<DeskField field={itemField("products", index, "name", "text", "blank")} label={t("deal.product")} hideLabel />}
        >
          <KindSelect
            label={t("deal.product.kind")}
            value={product.kind}
            kinds={PRODUCT_KINDS}
            text={(kind) => t(`deal.product.${kind}`)}
            onChange={(kind) => dispatch({ type: "changed", change: changeItem("products", index, { kind }) })}
          />
          <DeskField field={itemField("products", index, "price", "money", "zero")} label={t("deal.price")} figure="products" />
        </Line>
      ))}
    </Section>
  );
}
