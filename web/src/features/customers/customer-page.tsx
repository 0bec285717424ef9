import "./texts";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { mayExport } from "@/api/privacy";
import { customerQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { Customer } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { CustomerForm } from "./customer-form";
import { customerValues, customerWrite, namesTyped } from "./customer-values";
import { ConsentSection } from "./consent-section";
import { KnownCustomers } from "./known-customers";
import { PrivacySection } from "./privacy-section";
import { ProtectedSection } from "./protected-section";

export function CustomerPage({ id }: { id: string }) {
  const queries = useQueryClient();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const session = useSession();
  const form = useEntityForm({
    entity: customer,
    toForm: customerValues,
    save: (values, version) =>
      read<Customer>(
        api.PUT("/api/v1/customers/{id}", {
          params: { path: { id }, header: ifMatch(version ?? 0) },
          body: customerWrite(values),
        }),
      ),
    reload: () => queries.invalidateQueries({ queryKey: customerQuery(id).queryKey }),
    onSaved: (saved) => {
      queries.setQueryData(customerQuery(id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["customers"] });
    },
  });
  const readOnly = !may(session, "customer.edit");
  if (customer.erasedAt != null) {
    return (
      <Page title={`${customer.firstName} ${customer.lastName}`}>
        <Banner tone="neutral" title={t("privacy.erased")}>
          {t("privacy.erased.on", { date: formatMoment(customer.erasedAt, session.dealership.timeZone) })}
        </Banner>
        <ConsentSection id={id} erased />
      </Page>
    );
  }
  return (
    <Page
      title={`${customer.firstName} ${customer.lastName}`}
      actions={
        may(session, "deal.create") && (
          <LinkButton to="/deals/new" search={{ customer: id }} combo="n">
            {t("customer.startDeal")}
          </LinkButton>
        )
      }
    >
      {readOnly && <p className="text-muted">{t("customer.edit.readOnly")}</p>}
      <CustomerForm
        form={form}
        label={t("customer.form")}
        submitLabel={t("word.save")}
        readOnly={readOnly}
        birthOnFile={customer.dateOfBirthOnFile}
      />
      {customer.dateOfBirthOnFile && may(session, "customer.protected.view") && <ProtectedSection key={customer.version} id={id} />}
      <ConsentSection id={id} erased={false} />
      {(mayExport(session) || may(session, "customer.erase")) && <PrivacySection customer={customer} />}
    </Page>
  );
}

interface NewProps {
  /** What somebody had already typed when nobody was found. */
  name: string;
  onCreated: (id: string) => void;
  /** Goes on with somebody who is known already; absent where nothing waits for a customer. */
  onUse?: ((id: string) => void) | undefined;
}

export function NewCustomerPage({ name, onCreated, onUse }: NewProps) {
  const queries = useQueryClient();
  const [id] = useState(uuidv7);
  const { dealership } = useSession();
  const form = useEntityForm<Customer, ReturnType<typeof customerValues>>({
    entity: undefined,
    toForm: (customer) => {
      const values = customerValues(customer);
      if (customer !== undefined) return values;
      return { ...values, ...namesTyped(name), place: { ...values.place, state: dealership.place.state ?? "" } };
    },
    save: (values) =>
      read<Customer>(
        api.POST("/api/v1/customers", { params: { header: idempotent(id) }, body: { id, ...customerWrite(values) } }),
      ),
    onSaved: (customer) => {
      void queries.invalidateQueries({ queryKey: ["customers"] });
      onCreated(customer.id);
    },
  });
  return (
    <Page title={t("customers.new")}>
      <CustomerForm form={form} label={t("customers.new")} submitLabel={t("customers.create")} begin={name.trim().includes(" ") ? "phone" : "firstName"} hint={<KnownCustomers typed={form.values} onUse={onUse} />} />
    </Page>
  );
}
