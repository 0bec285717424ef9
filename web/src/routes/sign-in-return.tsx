import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { returned, wantedBefore } from "@/features/session/company-return";
import { CompanyReturnPage } from "@/features/session/company-return-page";
import { signIn } from "./search";

export default function SignInReturn() {
  const router = useRouter();
  // Read once from the address itself: the router would take a code of digits for a number.
  const [back] = useState(() => returned(window.location.search));
  // The code is used up by now; it stays neither in the address nor in the history.
  useEffect(() => router.history.replace("/sign-in/return"), [router]);
  return (
    <CompanyReturnPage
      back={back}
      onSignedIn={() => router.history.replace(signIn({ next: wantedBefore() }).next ?? "/desk")}
      onRestart={() => router.history.replace("/sign-in")}
    />
  );
}
