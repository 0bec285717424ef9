import { useQuery } from "@tanstack/react-query";
import { stateRulesQuery } from "@/api/queries";
import type { DealInput } from "@/api/types";
import { t } from "@/i18n/text";
import { ChoiceFields } from "@/ui/choice-fields";
import { useDesk } from "./desk-context";
import { Section } from "./section";

/** What the law of the buyer's state leaves to the store or the customer. Nothing where it leaves nothing open. */
export function LawSection() {
  const { sheet, dispatch, editable, fixed } = useDesk();
  const { buyerPlace, dealDate, elections } = sheet.input;
  const { data: rules } = useQuery({ ...stateRulesQuery(buyerPlace.state, dealDate), enabled: buyerPlace.state !== "" });
  if (rules === undefined || rules.choices.length === 0) return null;
  return (
    <Section title={t("deal.law")}>
      <ChoiceFields
        choices={rules.choices}
        chosen={elections ?? {}}
        disabled={!editable || fixed.includes("/elections")}
        onChoose={(name, option) => dispatch({ type: "changed", change: elect(name, option) })}
      />
    </Section>
  );
}

function elect(name: string, option: string) {
  return (input: DealInput): DealInput => {
    const { [name]: _, ...others } = input.elections ?? {};
    return { ...input, elections: option === "" ? others : { ...others, [name]: option } };
  };
}
