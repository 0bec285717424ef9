import { ImportPeoplePage } from "@/features/people-import/import-people-page";

export default function ImportPeople() {
  return <ImportPeoplePage />;
}
