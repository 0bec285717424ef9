import { getRouteApi } from "@tanstack/react-router";
import { RegisterPage } from "@/features/session/register-page";

const route = getRouteApi("/register");

export default function Register() {
  return <RegisterPage store={route.useSearch().store ?? ""} />;
}
