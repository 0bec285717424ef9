// A form over something that several people edit: what is typed is never lost, what others saved is never overwritten
// without being shown.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asApiError, type ApiError } from "./problem";

interface Options<E extends { version: number }, F> {
  /** As last read; absent while it is being created. */
  entity: E | undefined;
  toForm: (entity: E | undefined) => F;
  save: (values: F, version: number | undefined) => Promise<E>;
  /** Reads the entity again after somebody else's version was met. */
  reload?: () => Promise<unknown>;
  onSaved?: (entity: E) => void;
}

export interface EntityForm<F> {
  values: F;
  set: (part: Partial<F>) => void;
  submit: () => void;
  busy: boolean;
  changed: boolean;
  saved: boolean;
  error: ApiError | undefined;
  /** What the server says about one field. */
  faultOf: (pointer: string) => string | undefined;
  /** What somebody else saved while this was typed, with the two ways on. */
  theirs: { values: F; keepMine: () => void; takeTheirs: () => void } | undefined;
}

export function useEntityForm<E extends { version: number }, F extends object>(options: Options<E, F>): EntityForm<F> {
  const { entity, toForm } = options;
  const [basis, setBasis] = useState({ version: entity?.version, values: toForm(entity) });
  const [values, setValues] = useState(basis.values);
  const changed = !same(values, basis.values);

  const adopt = (newest: E) => {
    const next = toForm(newest);
    setBasis({ version: newest.version, values: next });
    setValues(next);
  };
  const write = useMutation({
    mutationFn: () => options.save(values, basis.version),
    onSuccess: (newest) => {
      adopt(newest);
      options.onSaved?.(newest);
    },
    onError: (error) => {
      if (asApiError(error).isStale) void options.reload?.();
    },
  });

  const behind = entity !== undefined && basis.version !== undefined && entity.version > basis.version && !write.isPending;
  if (behind && !changed) adopt(entity);
  const error = write.error === null ? undefined : asApiError(write.error);
  return {
    values,
    set: (part) => {
      if (write.isSuccess) write.reset();
      setValues({ ...values, ...part });
    },
    submit: () => write.mutate(),
    busy: write.isPending,
    changed,
    saved: write.isSuccess && !changed,
    error: behind && error?.isStale === true ? undefined : error,
    faultOf: (pointer) => error?.fields.find((field) => field.pointer === pointer)?.detail,
    theirs:
      behind && changed
        ? {
            values: toForm(entity),
            keepMine: () => {
              write.reset();
              setBasis({ version: entity.version, values: toForm(entity) });
            },
            takeTheirs: () => {
              write.reset();
              adopt(entity);
            },
          }
        : undefined,
  };
}

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
