// Going on in another store.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, read } from "./client";
import { signedIn } from "./session";
import type { Session, SignIn } from "./types";

/** Acts for another store from now on: what was read so far was the other one's, and is forgotten. */
export function useSwitchStore(onSwitched: (session: Session) => Promise<void>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (dealershipId: string) => read<SignIn>(api.POST("/api/v1/auth/switch-store", { body: { dealershipId } })),
    onSuccess: async (answer) => {
      signedIn(answer);
      queries.clear();
      await onSwitched(answer.session);
    },
  });
}
