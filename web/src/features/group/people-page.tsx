import "./texts";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { groupPeopleQuery } from "@/api/group";
import { mayOverGroup, useSession } from "@/api/session";
import type { GroupPerson, GroupSeat } from "@/api/types";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { CELL, HEAD, ListPage, TABLE } from "@/ui/list-page";
import { MoreButton } from "@/ui/more-button";
import { SearchField } from "@/ui/search-field";
import { EndEverywhere } from "./end-everywhere";

/** Who works in which store of the group, and as what. */
export function GroupPeoplePage({ q, onSearch }: { q: string | undefined; onSearch: (q: string) => void }) {
  const list = useSuspenseInfiniteQuery(groupPeopleQuery(q));
  const people = list.data.pages.flatMap((page) => page.items);
  return (
    <ListPage title={t("nav.groupPeople")} filters={<SearchField label={t("groupPeople.search")} value={q ?? ""} onChange={onSearch} />}>
      {people.length === 0 ? (
        <Empty title={t("groupPeople.none", { q: q ?? "" })} />
      ) : (
        <>
          <table aria-label={t("nav.groupPeople")} className={TABLE}>
            <thead>
              <tr>
                <th scope="col" className={HEAD}>{t("word.name")}</th>
                <th scope="col" className={`${HEAD} max-md:hidden`}>{t("word.email")}</th>
                <th scope="col" className={HEAD}>{t("groupPeople.column.stores")}</th>
                <th scope="col" className={HEAD}><span className="sr-only">{t("groupPeople.column.access")}</span></th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </tbody>
          </table>
          <MoreButton shown={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </ListPage>
  );
}

function PersonRow({ person }: { person: GroupPerson }) {
  const session = useSession();
  const [ending, setEnding] = useState(false);
  const isYou = person.id === session.person.id;
  const mayEnd = mayOverGroup(session, "user.set-role") && !isYou && person.seats.some(({ active }) => active);
  return (
    <tr>
      <th scope="row" className={`${CELL} py-1 text-left align-top font-normal whitespace-normal! max-md:h-auto`}>
        {person.name} {isYou && <Badge>{t("people.you")}</Badge>}
        <span className="block max-w-36 truncate text-12 leading-4 text-muted md:hidden">{person.email}</span>
      </th>
      <td className={`${CELL} py-1 align-top text-muted max-md:hidden`}>{person.email}</td>
      <td className={`${CELL} py-1 align-top whitespace-normal!`}>
        <ul>
          {person.seats.map((seat) => (
            <Seat key={seat.dealershipId} seat={seat} />
          ))}
        </ul>
      </td>
      <td className={`${CELL} py-1 text-right align-top`}>
        {mayEnd && (
          <Button look="quiet" aria-label={t("groupPeople.end.of", { name: person.name })} onClick={() => setEnding(true)}>
            {t("people.end")}
          </Button>
        )}
        {ending && <EndEverywhere person={person} onClose={() => setEnding(false)} />}
      </td>
    </tr>
  );
}

function Seat({ seat: { dealership, role, customRole, active } }: { seat: GroupSeat }) {
  return (
    <li>
      {dealership}: <span className="text-muted">{customRole?.name ?? t(`role.${role}`)}</span> {!active && <Badge tone="bad">{t("people.ended")}</Badge>}
    </li>
  );
}
