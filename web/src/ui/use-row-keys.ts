import { useCallback, useEffect, useRef, type RefObject } from "react";
import { t } from "@/i18n/text";
import { stepRow } from "./step-row";
import { useShortcuts } from "./use-shortcuts";

/**
 * j, k and the arrows move through the rows of a list. Each row has one link marked `data-row-link`, which takes the
 * focus, so that Enter opens it as links are opened everywhere.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>) {
  const active = useRef(-1);
  const move = useCallback(
    (step: 1 | -1) => {
      const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
      const focused = links.findIndex((link) => link === document.activeElement);
      const next = stepRow(focused >= 0 ? focused : active.current, step, links.length);
      active.current = next;
      links[next]?.focus();
      links[next]?.scrollIntoView({ block: "nearest" });
    },
    [list],
  );
  useEffect(() => {
    const rows = list.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    };
    rows?.addEventListener("keydown", onKeyDown);
    return () => rows?.removeEventListener("keydown", onKeyDown);
  }, [list, move]);
  const group = t("shortcuts.list");
  useShortcuts([
    { combos: ["j"], label: t("shortcut.next"), group, run: () => move(1) },
    { combos: ["k"], label: t("shortcut.previous"), group, run: () => move(-1) },
    { combos: ["Enter"], label: t("shortcut.open"), group },
  ]);
}
