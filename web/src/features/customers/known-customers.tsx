import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { duplicatesQuery } from "@/api/queries";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { useSettled } from "@/ui/use-settled";
import type { CustomerValues } from "./customer-values";
import { findable, inCommon } from "./known";

interface Props {
  typed: Pick<CustomerValues, "phone" | "email">;
  onUse: ((id: string) => void) | undefined;
}

/** Who has the typed phone or e-mail already. A hint: two people may share a number. */
export function KnownCustomers({ typed, onUse }: Props) {
  const phone = useSettled(typed.phone, 300);
  const email = useSettled(typed.email, 300);
  const wanted = findable({ phone, email });
  const { data } = useQuery({ ...duplicatesQuery(wanted ?? {}), enabled: wanted !== undefined });
  const known = wanted === undefined ? [] : (data?.items ?? []);
  return (
    <div role="status" className="md:col-span-2 empty:hidden">
      {known.length > 0 && (
        <div className="rounded-sm border-l-4 border-wait bg-wait-soft px-3 py-2">
          <p className="font-semibold">{t("customer.known")}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {known.map((customer) => {
              const name = `${customer.firstName} ${customer.lastName}`;
              return (
                <li key={customer.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Link
                    to="/customers/$customerId"
                    params={{ customerId: customer.id }}
                    className="touchable inline-flex min-h-6 items-center underline decoration-edge underline-offset-4"
                  >
                    {name}
                  </Link>
                  <span>{t(inCommon(customer))}</span>
                  {onUse !== undefined && (
                    <Button aria-label={t("customer.known.use.of", { name })} onClick={() => onUse(customer.id)}>
                      {t("customer.known.use")}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
