import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { stateRulesQuery } from "@/api/queries";
import type { DealInput } from "@/api/types";
import { t } from "@/i18n/text";
import { ChoiceFields } from "@/ui/choice-fields";
import { useDesk, type Desk } from "./desk-context";
import { Section } from "./section";

/** What the law of the buyer's state leaves to the store or the customer. Nothing where it leaves nothing open. */
export function LawSection() {
  const { sheet, dispatch, editable, fixed } = useDesk();
  const { buyerPlace, dealDate, elections } = sheet.input;
  return <LawOf state={buyerPlace.state} date={dealDate} elections={elections} disabled={!editable || fixed.includes("/elections")} dispatch={dispatch} />;
}

interface Props extends Pick<Desk, "dispatch"> {
  state: string;
  date: string;
  elections: DealInput["elections"];
  disabled: boolean;
}

const LawOf = memo(function LawOf({ state, date, elections, disabled, dispatch }: Props) {
  const { data: rules } = useQuery({ ...stateRulesQuery(state, date), enabled: state !== "" });
  if (rules === undefined || rules.choices.length === 0) return null;
  return (
    <Section title={t("deal.law")}>
      <ChoiceFields
        choices={rules.choices}
        chosen={elections ?? {}}
        disabled={disabled}
        onChoose={(name, option) => dispatch({ type: "changed", change: elect(name, option) })}
      />
    </Section>
  );
});

function elect(name: string, option: string) {
  return (input: DealInput): DealInput => {
    const { [name]: _, ...others } = input.elections ?? {};
    return { ...input, elections: option === "" ? others : { ...others, [name]: option } };
  };
}
