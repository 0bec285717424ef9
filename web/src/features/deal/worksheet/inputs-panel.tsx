import { memo } from "react";
import type { DealInput } from "@/api/types";
import { useCounties } from "@/api/use-counties";
import { t } from "@/i18n/text";
import { placeOf, PlaceFields, placeValue } from "@/ui/place-fields";
import { forAnotherState } from "./capitalized";
import { useDesk, type Desk } from "./desk-context";
import { DeskField } from "./desk-field";
import { LawSection } from "./law-section";
import { CASH_DOWN, DOC_FEE, MSRP, PRICE } from "./fields";
import { PencilNote } from "./pencil-note";
import { Section } from "./section";
import { Accessories, Fees, Products, Rebates, Trades } from "./lines";

/** Everything a person may type about the deal itself, from the price down to the cash. */
export function InputsPanel({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  return (
    <section aria-label={t("deal.inputs")} data-key-column="inputs" className="flex min-h-full flex-col bg-panel">
      <Section title={t("deal.vehicle")}>
        <DeskField field={MSRP} label={t("deal.msrp")} />
        <DeskField field={PRICE} label={t("deal.price")} figure="price" />
      </Section>
      <Accessories />
      <Trades />
      <Rebates />
      <Fees>
        <DeskField field={DOC_FEE} label={t("deal.docFee")} figure="docFee" />
      </Fees>
      <Products />
      <Section title={t("deal.atSigning")}>
        <DeskField field={CASH_DOWN} label={t("deal.down")} figure="cashDown" />
      </Section>
      <BuyerPlace />
      <LawSection />
      <PencilNote note={note} onNote={onNote} />
    </section>
  );
}

function BuyerPlace() {
  const { sheet, dispatch, editable, computed } = useDesk();
  const fault = computed.errors.find((error) => error.pointer.startsWith("/buyerPlace"));
  return <PlaceOfBuyer place={sheet.input.buyerPlace} editable={editable} error={fault?.detail} dispatch={dispatch} />;
}

interface PlaceProps extends Pick<Desk, "dispatch" | "editable"> {
  place: DealInput["buyerPlace"];
  error: string | undefined;
}

/** Its lists are long, and a key in an amount changes nothing in them. */
const PlaceOfBuyer = memo(function PlaceOfBuyer({ place, editable, error, dispatch }: PlaceProps) {
  const value = placeValue(place);
  const counties = useCounties(value.state);
  const change = (buyerPlace: DealInput["buyerPlace"]) => (input: DealInput) => ({
    ...(buyerPlace.state === input.buyerPlace.state ? input : forAnotherState(input)),
    buyerPlace,
  });
  return (
    <Section title={t("deal.place")}>
      <div className="grid grid-cols-2 gap-2">
        <PlaceFields
          value={value}
          onChange={(next) => dispatch({ type: "changed", change: change(placeOf(next)) })}
          counties={counties}
          disabled={!editable}
          error={error}
        />
      </div>
    </Section>
  );
});
