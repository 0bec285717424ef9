import { api, read } from "./client";
import type { components } from "./schema";
import { signedOut } from "./session";

type SignedOutHere = components["schemas"]["SignedOutHere"];

/** Signs out here, and goes on to the company's provider where that one vouched: it has a session of its own. */
export async function signOut(path: "/api/v1/auth/logout" | "/api/v1/auth/logout-everywhere") {
  const left = await read<SignedOutHere | undefined>(api.POST(path));
  signedOut();
  if (left !== undefined) window.location.assign(left.endSessionUrl);
}
