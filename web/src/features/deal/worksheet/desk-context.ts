import { createContext, useContext } from "react";
import type { Computed } from "./use-worksheet";
import type { Edit, Worksheet } from "./worksheet";

/** A figure somebody asks about. */
export interface Question {
  columnId: string;
  path: string;
}

export interface Desk {
  sheet: Worksheet;
  dispatch: (action: Edit) => void;
  computed: Computed;
  /** False once the deal's stage or the reader's role allows no further pencil. */
  editable: boolean;
  /** Pointers of what this reader may not change, though others may. */
  fixed: readonly string[];
  ask: (question: Question) => void;
  asked: Question | undefined;
  /** The column that inputs are questioned in, and that a phone shows. */
  activeColumn: string;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error("this part belongs on the deal screen");
  return desk;
}
