import { getRouteApi } from "@tanstack/react-router";
import { GroupPeoplePage } from "@/features/group/people-page";

const route = getRouteApi("/signed-in/administration/admin/group-people");

export default function GroupPeople() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  return <GroupPeoplePage q={q} onSearch={(text) => void navigate({ search: { q: text === "" ? undefined : text }, replace: true })} />;
}
