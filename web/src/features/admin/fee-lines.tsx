import { t } from "@/i18n/text";
import { Button, IconButton } from "@/ui/button";
import { CheckField, TextField } from "@/ui/field";
import { Icon } from "@/ui/icon";
import type { FeeValues } from "./desk-values";

interface Props {
  fees: readonly FeeValues[];
  onChange: (fees: readonly FeeValues[]) => void;
  faultAt: (pointer: string) => string | undefined;
  readOnly: boolean;
}

/** Fees that the store charges on every deal. */
export function FeeLines({ fees, onChange, faultAt, readOnly }: Props) {
  const change = (index: number, part: Partial<FeeValues>) =>
    onChange(fees.map((fee, place) => (place === index ? { ...fee, ...part } : fee)));
  return (
    <div className="flex flex-col gap-3 md:col-span-2">
      {fees.map((fee, index) => (
        <fieldset
          // oxlint-disable-next-line react/no-array-index-key -- a line is its place: its inputs hold no state of their own
          key={index}
          className="grid items-start gap-3 rounded-sm border border-line p-3 md:grid-cols-[8rem_1fr_8rem_auto_auto]"
        >
          <legend className="sr-only">{t("settings.fee.number", { number: index + 1 })}</legend>
          <TextField
            label={t("settings.fee.code")}
            value={fee.code}
            onChange={(event) => change(index, { code: event.target.value })}
            error={faultAt(`/fees/${index}/code`)}
          />
          <TextField
            label={t("settings.fee.name")}
            value={fee.name}
            onChange={(event) => change(index, { name: event.target.value })}
            error={faultAt(`/fees/${index}/name`)}
          />
          <TextField
            label={t("settings.fee.amount")}
            inputMode="decimal"
            value={fee.amount}
            onChange={(event) => change(index, { amount: event.target.value })}
            error={faultAt(`/fees/${index}/amount`)}
          />
          <div className="md:pt-6">
            <CheckField
              label={t("settings.fee.taxable")}
              checked={fee.taxable}
              onChange={(event) => change(index, { taxable: event.target.checked })}
            />
          </div>
          {!readOnly && (
            <div className="md:pt-6">
              <IconButton
                label={t("deal.remove", { name: fee.name || t("settings.fee.number", { number: index + 1 }) })}
                onClick={() => onChange(fees.toSpliced(index, 1))}
              >
                <Icon name="close" />
              </IconButton>
            </div>
          )}
        </fieldset>
      ))}
      {!readOnly && (
        <div>
          <Button onClick={() => onChange([...fees, { code: "", name: "", amount: "", taxable: false }])}>
            <Icon name="plus" />
            {t("settings.addFee")}
          </Button>
        </div>
      )}
    </div>
  );
}
