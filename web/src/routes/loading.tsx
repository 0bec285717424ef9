import { t } from "@/i18n/text";

/** Only shown when a page takes longer than 300 ms. */
export function Loading() {
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{t("product.loading")}</span>
      {["w-48", "w-full", "w-full", "w-2/3"].map((width, place) => (
        <div key={`${width}${String(place)}`} className={`h-6 rounded-sm bg-sunken ${width}`} />
      ))}
    </div>
  );
}
