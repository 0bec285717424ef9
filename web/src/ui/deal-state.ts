import type { Tone } from "./badge";

/** Colour of a deal's stage, beside its word: amber waits for somebody, green and red are decisions. */
export const STATE_TONE: Record<"draft" | "submitted" | "approved" | "rejected" | "closed" | "cancelled" | "reopened", Tone> = {
  draft: "neutral",
  submitted: "wait",
  approved: "good",
  rejected: "bad",
  closed: "accent",
  cancelled: "neutral",
  reopened: "neutral",
};
