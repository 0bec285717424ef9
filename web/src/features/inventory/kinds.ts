import type { Vehicle } from "@/api/types";
import type { Tone } from "@/ui/badge";

export const CONDITIONS = ["new", "used"] as const satisfies readonly Vehicle["condition"][];
export const STATUSES = ["inStock", "pending", "sold"] as const satisfies readonly Vehicle["status"][];
export const FUELS = ["gasoline", "diesel", "hybrid", "plugInHybrid", "electric", "hydrogen", "other"] as const;

export const STATUS_TONE: Record<Vehicle["status"], Tone> = { inStock: "good", pending: "wait", sold: "neutral" };
