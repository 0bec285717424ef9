import { useEffect, useRef } from "react";
import type { Deal } from "@/api/types";
import { t } from "@/i18n/text";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import type { Question } from "./desk-context";
import { HistoryPanel } from "./history-panel";
import { WhyPanel } from "./why-panel";

export type Panel = "why" | "history";

interface Props {
  panel: Panel;
  deal: Deal;
  trail: readonly Question[];
  onFollow: (question: Question) => void;
  onBack: () => void;
  onClose: () => void;
}

/** Beside the figures on a wide screen, below them on a narrow one: it pushes and never covers. */
export function SidePanel({ panel, deal, trail, onFollow, onBack, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const top = trail.at(-1);
  useEffect(() => {
    heading.current?.scrollIntoView({ block: "nearest" });
  }, [panel, top]);
  return (
    <aside aria-label={t("deal.panel")} className="flex min-h-0 flex-col border-line bg-panel max-lg:border-t lg:w-80 lg:shrink-0 lg:border-l">
      <div className="flex items-center justify-between py-2 pr-2 pl-4">
        <h2 ref={heading} className="text-15 font-semibold">
          {t(panel === "why" ? "why.title" : "history.tab")}
        </h2>
        <span className="flex items-center gap-1">
          <Kbd combo="Escape" />
          <IconButton label={t("word.close")} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </span>
      </div>
      <div aria-live={panel === "why" ? "polite" : "off"} className="min-h-0 grow overflow-y-auto px-4 pb-6">
        {panel === "why" ? <WhyPanel trail={trail} onFollow={onFollow} onBack={onBack} /> : <HistoryPanel deal={deal} />}
      </div>
    </aside>
  );
}
