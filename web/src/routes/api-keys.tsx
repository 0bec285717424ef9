import { ApiKeysPage } from "@/features/account/api-keys-page";

export default function ApiKeys() {
  return <ApiKeysPage />;
}
