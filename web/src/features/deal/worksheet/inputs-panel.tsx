import type { DealInput } from "@/api/types";
import { useCounties } from "@/api/use-counties";
import { t } from "@/i18n/text";
import { placeOf, PlaceFields, placeValue } from "@/ui/place-fields";
import { forAnotherState } from "./capitalized";
import { useDesk } from "./desk-context";
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
  const place = placeValue(sheet.input.buyerPlace);
  const counties = useCounties(place.state);
  const fault = computed.errors.find((error) => error.pointer.startsWith("/buyerPlace"));
  const change = (buyerPlace: DealInput["buyerPlace"]) => (input: DealInput) => ({
    ...(buyerPlace.state === input.buyerPlace.state ? input : forAnotherState(input)),
    buyerPlace,
  });
  return (
    <Section title={t("deal.place")}>
      <div className="grid grid-cols-2 gap-2">
        <PlaceFields
          value={place}
          onChange={(next) => dispatch({ type: "changed", change: change(placeOf(next)) })}
          counties={counties}
          disabled={!editable}
          error={fault?.detail}
        />
      </div>
    </Section>
  );
}
