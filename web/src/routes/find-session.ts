import { api, read } from "@/api/client";
import { may, refreshSession, sessionState } from "@/api/session";

/** Whether somebody is signed in, asking the cookie once; and otherwise which page comes first. */
export async function findSession(): Promise<"here" | "signIn" | "setUp"> {
  const { status } = sessionState();
  if (status === "signedIn") return "here";
  if (status === "unknown" && (await refreshSession())) return "here";
  const { required } = await read(api.GET("/api/v1/setup"));
  return required ? "setUp" : "signIn";
}

/** Where a role's work begins: not everybody works deals. */
export function firstPage(): "/desk" | "/inventory" | "/taxes" {
  const state = sessionState();
  if (state.status !== "signedIn" || may(state.session, "deal.read")) return "/desk";
  return may(state.session, "vehicle.read") ? "/inventory" : "/taxes";
}
