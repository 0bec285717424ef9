import createClient from "openapi-fetch";
import { askForConfirmation, refusal } from "./confirmation";
import { patiently } from "./patience";
import { offlineError, toApiError } from "./problem";
import type { paths } from "./schema";
import { accessToken, refreshSession } from "./session";

/** `fetch` with the access token. An expired one is renewed once, a proof of who one is asked for once, and the request sent again. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const response = await send(request);
  if (accessToken() === undefined) return response;
  if (response.status === 401) return (await refreshSession()) ? send(request) : response;
  const why = await refusal(response);
  // What the store has switched off meanwhile is offered no longer.
  if (why === "feature-off") void refreshSession().catch(() => undefined);
  return why === "confirmation-required" && (await askForConfirmation()) ? send(request) : response;
}

function send(request: Request): Promise<Response> {
  const once = () => sendOnce(request.clone());
  return mayWait(request) ? patiently(once, request.signal) : once();
}

/** Where guesses are counted. */
const TRIED = new Set(["/api/v1/auth/login", "/api/v1/auth/factor", "/api/v1/auth/confirm"]);

/** Who has tried to sign in too often is told so, and how long to wait. */
function mayWait({ url }: Request): boolean {
  return !TRIED.has(new URL(url).pathname);
}

async function sendOnce(request: Request): Promise<Response> {
  const token = accessToken();
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw offlineError();
  }
}

export const api = createClient<paths>({ fetch: authorizedFetch });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer's body, or the server's problem as an `ApiError`. */
export async function read<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw toApiError(response.status, error);
  return data as T;
}

/** The `If-Match` header of a write over the version last seen. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

/** The `Idempotency-Key` of a POST: the client-made id of what it creates, so that a repeated send creates it once. */
export function idempotent(id: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": id };
}
