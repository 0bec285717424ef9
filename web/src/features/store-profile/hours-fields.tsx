import { t } from "@/i18n/text";
import { WEEKDAYS, weekdayName } from "@/i18n/weekdays";
import { CheckField, CONTROL } from "@/ui/field";
import type { ProfileValues } from "./profile-values";

type Hours = ProfileValues["hours"];

/** When the store is open, day by day. */
export function HoursFields({ hours, onChange, fault }: { hours: Hours; onChange: (hours: Hours) => void; fault: string | undefined }) {
  return (
    <div className="flex flex-col gap-1 md:col-span-2">
      {fault !== undefined && <p role="alert" className="text-bad">{fault}</p>}
      {WEEKDAYS.map((day) => {
        const at = hours[day];
        const set = (part: Partial<typeof at>) => onChange({ ...hours, [day]: { ...at, ...part } });
        const name = weekdayName(day);
        const time = (key: "opens" | "closes") => (
          <input
            type="time"
            aria-label={t(`profile.${key}`, { day: name })}
            value={at[key]}
            onChange={(event) => set({ [key]: event.target.value })}
            className={`${CONTROL} max-w-32`}
          />
        );
        return (
          <div key={day} className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
            <span className="w-32">
              <CheckField label={name} checked={at.open} onChange={(event) => set({ open: event.target.checked })} />
            </span>
            {at.open ? (
              <span className="flex items-center gap-2">
                {time("opens")} – {time("closes")}
              </span>
            ) : (
              <span className="text-muted">{t("profile.closed")}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
