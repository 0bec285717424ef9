import { api, read } from "@/api/client";
import { refreshSession, sessionState } from "@/api/session";

/** Whether somebody is signed in, asking the cookie once; and otherwise which page comes first. */
export async function findSession(): Promise<"here" | "signIn" | "setUp"> {
  const { status } = sessionState();
  if (status === "signedIn") return "here";
  if (status === "unknown" && (await refreshSession())) return "here";
  const { required } = await read(api.GET("/api/v1/setup"));
  return required ? "setUp" : "signIn";
}
