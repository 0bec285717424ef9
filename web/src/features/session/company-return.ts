// The way to the company's provider and back. What the page wants to remember meanwhile is not a secret.
const NEXT = "autolytiq.next";

export function leaveFor(url: string, next: string | undefined) {
  sessionStorage.setItem(NEXT, next ?? "");
  window.location.assign(url);
}

/** Where the person wanted to be when they left, once. */
export function wantedBefore(): string | undefined {
  const next = sessionStorage.getItem(NEXT);
  sessionStorage.removeItem(NEXT);
  return next || undefined;
}

export interface Returned {
  code: string;
  state: string;
  iss?: string;
}

/** What the provider added to the address; nothing when it let nobody in. */
export function returned(search: string): Returned | undefined {
  const parts = new URLSearchParams(search);
  const [code, state, iss] = ["code", "state", "iss"].map((name) => parts.get(name));
  return code && state ? { code, state, ...(iss && { iss }) } : undefined;
}
