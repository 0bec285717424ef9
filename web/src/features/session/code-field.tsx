import { t } from "@/i18n/text";
import { TextField } from "@/ui/field";

interface Props {
  label: string;
  hint?: string;
  value: string;
  onChange: (code: string) => void;
  autoFocus?: boolean;
}

/** Six digits, which the phone's keyboard may fill in by itself. */
export function CodeField({ label, hint = t("factor.code.hint"), value, onChange, autoFocus = false }: Props) {
  return (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      autoComplete="one-time-code"
      enterKeyHint="go"
      required
      maxLength={12}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
