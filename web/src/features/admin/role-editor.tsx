import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { customRolesQuery } from "@/api/queries";
import type { CustomRole, Role, Roles } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { PermissionTable } from "./permission-table";
import { beginningOf, changesOf, inherited, reachText, withChange, type Beginning, type Changes } from "./role-values";

interface Values {
  name: string;
  beginning: Beginning;
  changes: Changes;
}

interface Props {
  /** Absent while it is being made. */
  role?: CustomRole;
  roles: Roles;
  own: readonly CustomRole[];
  readOnly?: boolean;
  onDone?: (role: CustomRole) => void;
  onClose: () => void;
}

const toForm = (role: CustomRole | undefined): Values => ({
  name: role?.name ?? "",
  beginning: role === undefined ? { role: "salesperson" } : beginningOf(role),
  changes: changesOf(role),
});

/** The form of one of the store's own roles. */
export function RoleEditor({ role, roles, own, readOnly = false, onDone, onClose }: Props) {
  const queries = useQueryClient();
  const [key] = useState(uuidv7);
  const reload = () => queries.invalidateQueries({ queryKey: customRolesQuery.queryKey });
  const form = useEntityForm<CustomRole, Values>({
    entity: role,
    toForm,
    save: ({ name, beginning, changes }, version) =>
      role === undefined
        ? read<CustomRole>(api.POST("/api/v1/admin/custom-roles", { params: { header: idempotent(key) }, body: { name, ...beginning, changes } }))
        : read<CustomRole>(
            api.PUT("/api/v1/admin/custom-roles/{id}", { params: { path: { id: role.id }, header: ifMatch(version ?? 0) }, body: { name, changes } }),
          ),
    reload,
    onSaved: (saved) => void reload().then(() => onDone?.(saved)),
  });
  const { values, set, theirs } = form;
  const title = role === undefined ? t("roles.editor.new") : t("roles.editor", { name: role.name });
  const describe = ({ name, changes }: Values) => ({
    [t("word.name")]: name,
    ...Object.fromEntries(roles.permissions.flatMap(({ id, words }) => (changes[id] === undefined ? [] : [[words, reachText(changes[id])]]))),
  });
  return (
    <div className="rounded-sm border border-line p-3">
      <div className="mb-3 flex items-center gap-2">
        <h2 className="text-15 font-semibold">{title}</h2>
        <div className="ml-auto">
          <Button look="quiet" onClick={onClose}>
            {t("word.close")}
          </Button>
        </div>
      </div>
      <FormFrame
        label={title}
        submitLabel={t(role === undefined ? "roles.create" : "roles.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problemText(form.error, ["/name"])}
        stale={theirs && { mine: describe(values), theirs: describe(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <div className="grid gap-3 md:grid-cols-2">
          <TextField label={t("word.name")} maxLength={60} autoFocus={role === undefined} value={values.name} onChange={(event) => set({ name: event.target.value })} error={form.faultOf("/name")} />
          <SelectField
            label={t("roles.begins")}
            value={"role" in values.beginning ? values.beginning.role : values.beginning.customRole}
            // What a role begins with never changes once people have it.
            disabled={role !== undefined}
            onChange={(event) => set({ beginning: chosen(event.target.value, roles, own) })}
            choices={[
              ...roles.items.map((item) => ({ value: item.role, label: t(`role.${item.role}`) })),
              ...own.filter(({ id }) => id !== role?.id).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        <PermissionTable
          permissions={roles.permissions}
          reachOf={inherited(values.beginning, roles.items, own)}
          changes={values.changes}
          onChange={(permission, reach) => set({ changes: withChange(values.changes, permission, reach) })}
          faultAt={form.faultOf}
        />
      </FormFrame>
    </div>
  );
}

function chosen(value: string, roles: Roles, own: readonly CustomRole[]): Beginning {
  const custom = own.find(({ id }) => id === value);
  const predefined: Role = roles.items.find(({ role }) => role === value)?.role ?? "salesperson";
  return custom === undefined ? { role: predefined } : { customRole: custom.id };
}
