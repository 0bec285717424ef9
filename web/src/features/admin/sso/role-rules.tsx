import { useRoleChoices } from "../roles";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/field";
import type { Rule } from "./values";

interface Props {
  rules: readonly Rule[];
  onChange: (rules: readonly Rule[]) => void;
  faultOf: (pointer: string) => string | undefined;
}

/** What the values of the role claim make people. */
export function RoleRules({ rules, onChange, faultOf }: Props) {
  const choices = useRoleChoices().filter(({ value }) => value !== "group_administrator");
  const change = (at: number, part: Partial<Rule>) => onChange(rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)));
  return (
    <div className="flex flex-col gap-3 md:col-span-2">
      <p className="text-12 text-muted">{t("sso.rules.hint")}</p>
      {rules.map((rule, at) => {
        const number = at + 1;
        const fault = `/roleRules/${at}`;
        return (
          <div key={rule.id} className="grid items-end gap-2 md:grid-cols-[1fr_1fr_auto]">
            <TextField
              label={t("sso.rule")}
              aria-label={t("sso.rule.of", { number })}
              value={rule.value}
              onChange={(event) => change(at, { value: event.target.value })}
              error={faultOf(`${fault}/value`)}
            />
            <SelectField
              label={t("sso.rule.role")}
              aria-label={t("sso.rule.role.of", { number })}
              value={rule.role}
              onChange={(event) => change(at, { role: event.target.value })}
              choices={choices}
              error={faultOf(`${fault}/gives/role`) ?? faultOf(`${fault}/gives/customRole`)}
            />
            <Button look="quiet" aria-label={t("sso.rule.remove.of", { number })} onClick={() => onChange(rules.filter((_, index) => index !== at))}>
              {t("sso.rule.remove")}
            </Button>
          </div>
        );
      })}
      <div>
        <Button onClick={() => onChange([...rules, { id: crypto.randomUUID(), value: "", role: "salesperson" }])}>{t("sso.rule.add")}</Button>
      </div>
    </div>
  );
}
