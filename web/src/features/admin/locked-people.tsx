import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@/api/client";
import { may, useSession } from "@/api/session";
import type { User } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";

const lockedQuery = queryOptions({
  queryKey: ["lockedUsers"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/locked-users", { signal })),
  refetchInterval: 60_000,
});

/** Who cannot sign in after wrong passwords, and the way to let them. Nothing while nobody is locked. */
export function LockedPeople({ users }: { users: readonly User[] }) {
  const queries = useQueryClient();
  const session = useSession();
  const { data } = useQuery(lockedQuery);
  const lift = useMutation({
    mutationFn: ({ id }: User) => read(api.POST("/api/v1/admin/users/{id}/unlock", { params: { path: { id } } })),
    onSuccess: (_, { name }) => announce(t("locked.lifted", { name })),
    onSettled: () => queries.invalidateQueries({ queryKey: lockedQuery.queryKey }),
  });
  const locked = (data?.items ?? []).flatMap(({ id, lockedUntil }) => {
    const user = users.find((candidate) => candidate.id === id);
    return user === undefined ? [] : [{ user, lockedUntil }];
  });
  if (locked.length === 0) return null;
  return (
    <div className="border-b border-line p-4">
      <Banner tone="wait" title={plural("locked.title", locked.length)}>
        <p>{t("locked.hint")}</p>
        <ul className="mt-2 flex flex-col gap-1">
          {locked.map(({ user, lockedUntil }) => (
            <li key={user.id} className="flex flex-wrap items-center gap-2">
              {t("locked.until", { name: user.name, when: formatMoment(lockedUntil, session.dealership.timeZone) })}
              {may(session, "user.set-role") && (
                <Button aria-label={t("locked.lift.of", { name: user.name })} disabled={lift.isPending} onClick={() => lift.mutate(user)}>
                  {t("locked.lift")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  );
}
