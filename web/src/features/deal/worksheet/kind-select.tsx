import { useId } from "react";
import { useDesk } from "./desk-context";

interface Props<K extends string> {
  label: string;
  value: K;
  kinds: readonly K[];
  text: (kind: K) => string;
  onChange: (kind: K) => void;
  disabled?: boolean;
}

/** A choice among a few kinds, in the manner of the desk's inputs. */
export function KindSelect<K extends string>({ label, value, kinds, text, onChange, disabled = false }: Props<K>) {
  const id = useId();
  const { editable } = useDesk();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="shrink-0 grow text-muted">
        {label}
      </label>
      <select
        id={id}
        data-desk-input
        disabled={!editable || disabled}
        value={value}
        onChange={(event) => {
          const kind = kinds.find((candidate) => candidate === event.target.value);
          if (kind !== undefined) onChange(kind);
        }}
        className="touchable h-7 w-40 min-w-0 border-b border-edge bg-transparent px-1 hover:bg-sunken pointer-coarse:text-18"
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {text(kind)}
          </option>
        ))}
      </select>
    </div>
  );
}
