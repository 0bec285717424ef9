import { PeoplePage } from "@/features/admin/people-page";

export default function People() {
  return <PeoplePage />;
}
