import type { DealInput, NewPencil } from "@/api/types";
import { readyInput } from "../worksheet/columns";
import type { Basis } from "../worksheet/worksheet";

/** The longest note a pencil takes. */
export const NOTE_LENGTH = 2000;

export interface PencilDraft {
  basis: Pick<Basis, "pencilId">;
  input: DealInput;
  reason: string | undefined;
  /** As it was typed. */
  note: string;
}

/** A pencil as it is sent: without costs, which are the server's, and without what is empty. */
export function newPencil(id: string, { basis, input, reason, note }: PencilDraft): NewPencil {
  const { costs: _, ...body } = readyInput(input);
  const line = note.trim();
  return {
    id,
    input: body,
    ...(basis.pencilId !== undefined && { parentId: basis.pencilId }),
    ...(reason !== undefined && { reason }),
    ...(line !== "" && { note: line }),
  };
}
