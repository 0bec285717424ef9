import { useEffect, useState, type ComponentType } from "react";
import { t } from "@/i18n/text";

export interface Later<P> {
  Part: ComponentType<P>;
  /** Fetches it before anybody asks, so that it is then there at once. */
  prepare: () => void;
}

/** A part of a page that not every visit needs: its script comes behind the page's own. */
export function later<P extends object>(fetchPart: () => Promise<ComponentType<P>>): Later<P> {
  let Here: ComponentType<P> | undefined;
  let underway: Promise<void> | undefined;
  const get = () => {
    underway ??= fetchPart().then(
      (part) => {
        Here = part;
      },
      (error: unknown) => {
        underway = undefined;
        throw error;
      },
    );
    return underway;
  };
  function Part(props: P) {
    const [state, setState] = useState<"coming" | "here" | "failed">(Here === undefined ? "coming" : "here");
    useEffect(() => {
      let shown = true;
      if (Here === undefined) {
        get().then(
          () => shown && setState("here"),
          () => shown && setState("failed"),
        );
      }
      return () => {
        shown = false;
      };
    }, []);
    if (Here !== undefined) return <Here {...props} />;
    return state === "failed" ? <p role="alert" className="px-4 py-2 text-bad">{t("error.part")}</p> : null;
  }
  return { Part, prepare: () => void get().catch(() => undefined) };
}
