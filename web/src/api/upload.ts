// Files go up by XMLHttpRequest: `fetch` does not tell how much of a body is sent.
import { offlineError, toApiError } from "./problem";
import { accessToken, refreshSession } from "./session";

interface Upload {
  path: string;
  query: Record<string, string>;
  file: Blob;
  /** Bytes sent so far. */
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

/** Sends a file as the body of a POST; an expired token is renewed once and the file sent again. */
export async function upload<T>(request: Upload): Promise<T> {
  const first = await send(request);
  const answer = first.status === 401 && (await refreshSession()) ? await send(request) : first;
  if (answer.status < 200 || answer.status > 299) throw toApiError(answer.status, answer.body);
  return answer.body as T;
}

function send({ path, query, file, onSent, signal }: Upload): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${path}?${new URLSearchParams(query).toString()}`);
    request.setRequestHeader("Content-Type", "text/csv");
    const token = accessToken();
    if (token !== undefined) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.upload.addEventListener("progress", (event) => onSent(event.loaded));
    request.addEventListener("load", () => resolve({ status: request.status, body: parsed(request.responseText) }));
    request.addEventListener("error", () => reject(offlineError()));
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
