import type { PermissionInfo } from "@/api/types";
import { t } from "@/i18n/text";
import { asReach, reachText, resourceText, type Changes, type Reach } from "./role-values";

interface Props {
  permissions: readonly PermissionInfo[];
  /** How far each reaches before any change. */
  reachOf: (permission: string) => Reach;
  /** What a role changes; absent where there is nothing to change. */
  changes?: Changes;
  onChange?: (permission: string, reach: Reach | "") => void;
  faultAt?: (pointer: string) => string | undefined;
}

/** Every permission by what it is about, with how far it reaches. */
export function PermissionTable({ permissions, reachOf, changes, onChange, faultAt }: Props) {
  const resources = [...new Set(permissions.map(({ resource }) => resource))];
  return (
    <div className="flex flex-col gap-3">
      {resources.map((resource) => (
        <section key={resource} aria-label={resourceText(resource)}>
          <h3 className="border-b border-line pb-1 text-12 font-medium text-muted">{resourceText(resource)}</h3>
          <ul>
            {permissions
              .filter((permission) => permission.resource === resource)
              .map((permission) => (
                <li key={permission.id} className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 border-b border-line py-1.5 last:border-0 max-md:grid-cols-1">
                  <span>{permission.words}</span>
                  {onChange === undefined ? (
                    <span className={reachOf(permission.id) === "none" ? "text-muted" : "font-medium"}>{reachText(reachOf(permission.id))}</span>
                  ) : (
                    <ReachSelect permission={permission} inherited={reachOf(permission.id)} changed={changes?.[permission.id]} onChange={onChange} />
                  )}
                  {faultAt?.(`/changes/${permission.id}`) !== undefined && <span className="text-bad">{faultAt(`/changes/${permission.id}`)}</span>}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ReachSelect({ permission, inherited, changed, onChange }: { permission: PermissionInfo; inherited: Reach; changed: Reach | undefined; onChange: (permission: string, reach: Reach | "") => void }) {
  return (
    <select
      aria-label={permission.words}
      value={changed ?? ""}
      onChange={(event) => onChange(permission.id, event.target.value === "" ? "" : asReach(event.target.value))}
      className={`touchable h-7 rounded-sm border bg-raised px-1 max-md:w-full ${changed === undefined ? "border-edge text-muted" : "border-accent font-medium"}`}
    >
      <option value="">{t("roles.same", { reach: reachText(inherited) })}</option>
      {permission.reaches.map((reach) => (
        <option key={reach} value={reach}>
          {reachText(asReach(reach))}
        </option>
      ))}
    </select>
  );
}
