// Who is signed in. The access token lives in this module and nowhere else; the refresh token is a cookie that scripts
// cannot read.
import { useSyncExternalStore } from "react";
import { civilDateOf } from "@/i18n/dates";
import { patiently } from "./patience";
import { offlineError, toApiError } from "./problem";
import type { Feature, Session, SignIn, SignInAnswer } from "./types";

type State = { status: "unknown" } | { status: "signedOut" } | { status: "signedIn"; session: Session };

let token: string | undefined;
let state: State = { status: "unknown" };
const listeners = new Set<() => void>();

function change(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

export function signedIn(answer: SignIn) {
  token = answer.accessToken;
  change({ status: "signedIn", session: answer.session });
}

/** Whether a step of a sign-in was its last one. */
export function isSignedIn(answer: SignInAnswer): answer is SignIn {
  return "accessToken" in answer;
}

export function signedOut() {
  token = undefined;
  change({ status: "signedOut" });
}

export function accessToken(): string | undefined {
  return token;
}

export function sessionState(): State {
  return state;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSessionState(): State {
  return useSyncExternalStore(subscribe, sessionState);
}

/** The session of a page that is only shown to somebody signed in. */
export function useSession(): Session {
  const current = useSessionState();
  if (current.status !== "signedIn") throw new Error("this page needs a session");
  return current.session;
}

/** Today in the store, for what is read before there is a page. */
export function storeToday(): string {
  return civilDateOf(new Date(), state.status === "signedIn" ? state.session.dealership.timeZone : "UTC");
}

/** The ids of the server's permission table. */
export type Permission =
  | "deal.read"
  | "deal.create"
  | "deal.edit"
  | "deal.gross.view"
  | "customer.read"
  | "customer.create"
  | "customer.edit"
  | "customer.protected.view"
  | "customer.export"
  | "customer.erase"
  | "compliance.read"
  | "compliance.edit"
  | "vehicle.read"
  | "vehicle.create"
  | "vehicle.edit"
  | "vehicle.cost.view"
  | "audit.read"
  | "user.read"
  | "mail.read"
  | "user.create"
  | "user.set-role"
  | "role.read"
  | "role.edit"
  | "settings.read"
  | "place.import"
  | "dealership.read"
  | "settings.edit";

export function may(session: Session, permission: Permission): boolean {
  return session.permissions.includes(permission);
}

/** Whether the permission reaches all stores of the group. */
export function mayOverGroup(session: Session, permission: Permission): boolean {
  return session.groupPermissions.includes(permission);
}

/** Whether the store has not switched it off. */
export function offers(session: Session, feature: Feature): boolean {
  return !session.switchedOff.includes(feature);
}

let refreshing: Promise<boolean> | undefined;

/** Trades the cookie for a new token. False when nobody is signed in; throws when the server cannot be reached. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= oneTabAtATime(tradeCookie).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** A refresh token works once. Two tabs that sent the same one would look like a thief, so they queue. */
function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request("autolytiq.refresh", work) : work();
}

async function tradeCookie(): Promise<boolean> {
  const ask = () => fetch("/api/v1/auth/refresh", { method: "POST", credentials: "same-origin" });
  const response = await patiently(ask, new AbortController().signal).catch(() => {
    throw offlineError();
  });
  if (response.ok) {
    signedIn((await response.json()) as SignIn);
    return true;
  }
  if (response.status === 401 || response.status === 403) {
    signedOut();
    return false;
  }
  throw toApiError(response.status, await response.json().catch(() => undefined));
}
