import { useEffect, useState } from "react";

interface Settling<T> {
  /** The value that is known outside: kept in the address. */
  value: T;
  /** Two values are the same when their texts are. */
  textOf: (value: T) => string;
  /** How long a pause in typing is, in milliseconds. */
  pause: number;
  onSettled: (value: T) => void;
}

/**
 * What is typed, told outside after a pause; a value from outside replaces it. What was told takes its time to come back,
 * and must not undo what was typed since.
 */
export function useSettling<T>({ value, textOf, pause, onSettled }: Settling<T>): [T, (next: T | ((before: T) => T)) => void] {
  const [typed, setTyped] = useState(value);
  const now = textOf(value);
  const [seen, setSeen] = useState(now);
  // Told, and on its way back: in the order in which it was told.
  const [underway, setUnderway] = useState<readonly string[]>([]);
  if (now !== seen) {
    setSeen(now);
    const place = underway.indexOf(now);
    setUnderway(place < 0 ? [] : underway.slice(place + 1));
    if (place < 0) setTyped(value);
  }
  const text = textOf(typed);
  const told = underway.at(-1) ?? seen;
  useEffect(() => {
    if (text === told) return undefined;
    const timer = setTimeout(() => {
      setUnderway((before) => [...before, text]);
      onSettled(typed);
    }, pause);
    return () => clearTimeout(timer);
  }, [text, told, typed, pause, onSettled]);
  return [typed, setTyped];
}
