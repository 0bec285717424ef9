import { ApiKeysPage } from "@/features/access/api-keys-page";

export default function ApiKeys() {
  return <ApiKeysPage />;
}
