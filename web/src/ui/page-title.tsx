import { t } from "@/i18n/text";

/** What the browser calls the page: in its tab, its history, and to screen readers. */
export function PageTitle({ children }: { children: string }) {
  return <title>{`${children} · ${t("product.name")}`}</title>;
}
