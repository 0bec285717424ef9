/** Fetches the engine and its rules; resolves when a deal can be computed. */
export default function start(): Promise<void>;
/** Computes a deal: `{"ok": DealResult}`, or `{"errors": [{pointer, code, detail}]}`. */
export function calculate(input_json: string, rates_json: string): string;
/** Runs a named operation: `{"ok": answer}`, or `{"problem": document}`. */
export function call(operation: string, request_json: string): string;
/** Version of the engine, as results record it. */
export function engineVersion(): string;
