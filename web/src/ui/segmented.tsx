import { useId } from "react";

/** A few choices side by side, one taken. */
export function Segmented<T extends string>({ label, value, onChange, choices }: { label: string; value: T; onChange: (value: T) => void; choices: readonly { value: T; label: string }[] }) {
  const name = useId();
  return (
    <fieldset className="inline-flex max-w-full overflow-x-auto rounded-sm border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="touchable inline-flex h-7 grow cursor-pointer items-center justify-center rounded-sm px-2.5 whitespace-nowrap text-muted has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
