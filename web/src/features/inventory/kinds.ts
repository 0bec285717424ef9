import type { Vehicle } from "@/api/types";
import type { Tone } from "@/ui/badge";

export const CONDITIONS = ["new", "used"] as const satisfies readonly Vehicle["condition"][];
export const STATUSES = ["inStock", "pending", "sold"] as const satisfies readonly Vehicle["status"][];
export const FUELS = [
  "gasoline",
  "diesel",
  "flex",
  "hybrid",
  "plugInHybrid",
  "electric",
  "hydrogen",
  "gas",
  "other",
] as const satisfies readonly Vehicle["fuel"][];
export const CLASSES = [
  "passenger",
  "lightTruck",
  "heavyTruck",
  "motorcycle",
  "rv",
  "trailer",
  "offRoad",
  "other",
] as const satisfies readonly Vehicle["class"][];

export const STATUS_TONE: Record<Vehicle["status"], Tone> = { inStock: "good", pending: "wait", sold: "neutral" };
