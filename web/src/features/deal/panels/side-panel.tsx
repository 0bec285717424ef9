import type { Deal, Pencil } from "@/api/types";
import { t } from "@/i18n/text";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import type { Pickers } from "./copy-panel";
import type { Question } from "../worksheet/desk-context";
import { COPY, HISTORY, ROLL, WHY } from "./parts";

export type Panel = "why" | "history" | "roll" | "copy";

interface Props {
  panel: Panel;
  deal: Deal;
  trail: readonly Question[];
  onFollow: (question: Question) => void;
  onBack: () => void;
  onClose: () => void;
  /** The column that is rolled to a payment. */
  rolled: string;
  unsaved: boolean;
  pickers: Pickers;
  onLoad: ((pencil: Pencil) => void) | undefined;
}

const TITLES = { why: "why.title", history: "history.tab", roll: "roll.title", copy: "copy.title" } as const;

/** Beside the figures on a wide screen, below them on a narrow one: it pushes and never covers. */
export function SidePanel({ panel, deal, trail, onFollow, onBack, onClose, rolled, unsaved, onLoad, pickers }: Props) {
  return (
    <aside aria-label={t("deal.panel")} className="flex max-h-[45dvh] min-h-0 shrink-0 flex-col border-t border-edge bg-panel min-[80rem]:max-h-none min-[80rem]:w-80 min-[80rem]:border-t-0 min-[80rem]:border-l min-[80rem]:border-line">
      <div className="flex items-center justify-between py-2 pr-2 pl-4">
        <h2 className="text-15 font-semibold">
          {t(TITLES[panel])}
        </h2>
        <span className="flex items-center gap-1">
          <Kbd combo="Escape" />
          <IconButton label={t("word.close")} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </span>
      </div>
      <div aria-live={panel === "why" ? "polite" : "off"} className="flex min-h-0 grow flex-col">
        {/* A new question begins at the top. */}
        <div
          key={`${panel} ${trail.length} ${trail.at(-1)?.path ?? ""}`}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
          tabIndex={0}
          className="min-h-0 grow overflow-y-auto px-4 pb-6 -outline-offset-2"
        >
          {panel === "why" && <WHY.Part trail={trail} onFollow={onFollow} onBack={onBack} />}
          {panel === "history" && <HISTORY.Part deal={deal} onLoad={onLoad} />}
          {panel === "roll" && <ROLL.Part columnId={rolled} onDone={onClose} />}
          {panel === "copy" && <COPY.Part deal={deal} unsaved={unsaved} pickers={pickers} />}
        </div>
      </div>
    </aside>
  );
}
