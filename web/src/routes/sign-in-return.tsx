import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { returned, wantedBefore } from "@/features/session/company-return";
import { CompanyReturnPage } from "@/features/session/company-return-page";
import { signIn } from "./search";

export default function SignInReturn() {
  const router = useRouter();
  // Read once from the address itself: the router would take a code of digits for a number.
  const [back] = useState(() => returned(window.location.search));
  return (
    <CompanyReturnPage
      back={back}
      onSignedIn={() => router.history.replace(signIn({ next: wantedBefore() }).next ?? "/desk")}
      onRestart={() => router.history.replace("/sign-in")}
    />
  );
}
