import { getRouteApi, useRouter } from "@tanstack/react-router";
import { SignInPage } from "@/features/session/sign-in-page";

const route = getRouteApi("/sign-in");

export default function SignIn() {
  const { next } = route.useSearch();
  const router = useRouter();
  return <SignInPage next={next} ended={next !== undefined && next !== "/desk" && next !== "/"} onSignedIn={() => router.history.push(next ?? "/desk")} />;
}
