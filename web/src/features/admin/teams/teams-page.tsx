import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { Members } from "./members";
import { NameTeam } from "./name-team";
import { teamsQuery } from "./query";
import { TeamList } from "./team-list";

/** The teams of the store, and who is in which. */
export function TeamsPage() {
  const { data: teams } = useSuspenseQuery(teamsQuery);
  const { data: users } = useSuspenseQuery(usersQuery);
  const mayEdit = may(useSession(), "user.set-role");
  const [making, setMaking] = useState(false);
  const make = () => setMaking(true);
  useShortcuts(mayEdit && !making ? [{ combos: ["n"], label: t("teams.new"), group: t("shortcuts.list"), run: make, action: true }] : []);
  const button = mayEdit && (
    <Button look="primary" combo="n" onClick={make}>
      {t("teams.new")}
    </Button>
  );
  return (
    <Page title={t("nav.teams")} actions={button}>
      <p className="text-15 text-muted">{t("teams.lead")}</p>
      {teams.items.length === 0 ? (
        <Empty title={t("teams.none")}>{t("teams.none.text")}</Empty>
      ) : (
        <>
          <TeamList teams={teams.items} mayEdit={mayEdit} />
          <Members users={users.items} teams={teams.items} mayEdit={mayEdit} />
        </>
      )}
      {making && <NameTeam onClose={() => setMaking(false)} />}
    </Page>
  );
}
