import { getRouteApi } from "@tanstack/react-router";
import { adminPlaces } from "@/features/admin/admin-places";
import { GroupPage } from "@/features/group/group-page";

const route = getRouteApi("/signed-in/administration/admin/group");

export default function Group() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <GroupPage
      filter={filter}
      onFilter={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })}
      onEntered={(session) => {
        // What the role of that store has of its administration; without any, its desk.
        const place = adminPlaces(session).find(({ overGroup }) => overGroup !== true);
        return navigate({ to: place?.to ?? "/desk" });
      }}
    />
  );
}
