import { t } from "@/i18n/text";
import { SelectField } from "./field";

/** Something the law leaves open, as the rules describe it. */
interface Choice {
  name: string;
  words: string;
  by: string;
  options: readonly { name: string; words: string }[];
  default: string;
}

interface Props {
  choices: readonly Choice[];
  /** The option chosen, by the choice's name; none where the law's presumption stands. */
  chosen: Readonly<Record<string, string>>;
  /** An empty option takes a choice back. */
  onChoose: (name: string, option: string) => void;
  disabled?: boolean;
}

/** The choices that a state's law leaves to the lessor or the buyer. */
export function ChoiceFields({ choices, chosen, onChoose, disabled = false }: Props) {
  return choices.map(({ name, words, by, options, default: presumed }) => (
    <SelectField
      key={name}
      label={words}
      hint={t("state.choice.by", { by })}
      value={chosen[name] ?? ""}
      onChange={(event) => onChoose(name, event.target.value)}
      disabled={disabled}
      choices={[
        { value: "", label: t("taxes.choice.default", { option: options.find((option) => option.name === presumed)?.words ?? presumed }) },
        ...options.map((option) => ({ value: option.name, label: option.words })),
      ]}
    />
  ));
}
