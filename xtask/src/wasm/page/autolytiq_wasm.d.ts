/** Fetches the engine and its rules; resolves when a deal can be computed. */
export default function start(): Promise<void>;
/** A deal and the local rates of its place, both JSON: the figures at once, the reasons when somebody asks for them. */
export class Desk {
  constructor(input_json: string, rates_json: string);
  /** `{"ok": DealResult}` whose columns have no trace, or `{"errors": [{pointer, code, detail}]}`. */
  figures(): string;
  /** The trace of a computed column. */
  trace(column: number): string;
  /** Gives the deal's memory back; nothing may be asked of it afterwards. */
  free(): void;
}
/** Runs a named operation: `{"ok": answer}`, or `{"problem": document}`. */
export function call(operation: string, request_json: string): string;
/** Version of the engine, as results record it. */
export function engineVersion(): string;
