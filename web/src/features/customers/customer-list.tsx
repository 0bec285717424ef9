import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { customersQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { Customer } from "@/api/types";
import { formatPhone } from "@/i18n/phone";
import { t } from "@/i18n/text";
import { Empty } from "@/ui/empty";
import { CELL, HEAD, ListPage, ROW, ROW_LINK, TABLE } from "@/ui/list-page";
import { LinkButton } from "@/ui/link-button";
import { MoreButton } from "@/ui/more-button";
import { SearchField } from "@/ui/search-field";
import { useRowKeys } from "@/ui/use-row-keys";

export function CustomerList({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const list = useSuspenseInfiniteQuery(customersQuery(q || undefined));
  const customers = list.data.pages.flatMap((page) => page.items);
  const mayAdd = may(useSession(), "customer.create");
  const add = mayAdd ? (
    <LinkButton to="/customers/new" combo="n">
      {t("customers.new")}
    </LinkButton>
  ) : undefined;
  return (
    <ListPage title={t("customers.title")} filters={<SearchField label={t("customers.search")} value={q} onChange={onSearch} />} action={add}>
      {customers.length > 0 ? (
        <>
          <CustomerTable customers={customers} />
          <MoreButton shown={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      ) : q === "" ? (
        <Empty title={t("customers.empty.title")} action={add}>
          {t("customers.empty.text")}
        </Empty>
      ) : (
        <Empty title={t("customers.none", { q })} action={add} />
      )}
    </ListPage>
  );
}

function CustomerTable({ customers }: { customers: readonly Customer[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <table aria-label={t("customers.title")} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("customers.column.name")}</th>
          <th scope="col" className={HEAD}>{t("customers.column.phone")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("customers.column.email")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("customers.column.place")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {customers.map((customer) => (
          <tr key={customer.id} className={ROW}>
            <td className={CELL}>
              <Link to="/customers/$customerId" params={{ customerId: customer.id }} data-row-link className={ROW_LINK}>
                {customer.lastName}, {customer.firstName}
              </Link>
            </td>
            <td className={CELL}>{formatPhone(customer.phone)}</td>
            <td className={`${CELL} max-md:hidden`}>{customer.email}</td>
            <td className={`${CELL} text-muted max-md:hidden`}>
              {[customer.place?.city, customer.place?.county, customer.place?.state].filter(Boolean).join(", ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
