import { t } from "@/i18n/text";
import { TextField } from "@/ui/field";

/** Six digits, which the phone's keyboard may fill in by itself. */
export function CodeField({ label, value, onChange, autoFocus = false }: { label: string; value: string; onChange: (code: string) => void; autoFocus?: boolean }) {
  return (
    <TextField
      label={label}
      hint={t("factor.code.hint")}
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
