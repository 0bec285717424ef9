// What the desk knows of each duty, in words. A duty that nothing on record supports says so.
import type { ComplianceDesk } from "@/api/types";
import { civilDateOf, formatCivilDate, formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";

export type SignOffKind = ComplianceDesk["signOffs"][number]["kind"];
export type State = "held" | "due" | "missing" | "spared" | "fact";

/** 16 CFR 314.6: below so many consumers these do not bind: 314.4(b)(1), (d)(2), (h) and (i). */
export const SMALL = 5_000;
const SPARED: ReadonlySet<SignOffKind> = new Set(["risk_assessment", "penetration_test", "vulnerability_scan", "incident_plan", "board_report"]);

export interface Duty {
  key: SignOffKind | "second_factors" | "encryption" | "retention" | "log" | "vendors" | "incidents";
  state: State;
  evidence: string[];
  /** What can be signed off here. */
  signs?: SignOffKind;
}

export function duties(desk: ComplianceDesk, now: number, zone: string): Duty[] {
  const today = civilDateOf(new Date(now), zone);
  const signed = (kind: SignOffKind): Duty => {
    const spared = desk.customers < SMALL && SPARED.has(kind);
    const newest = desk.signOffs.find((one) => one.kind === kind);
    if (newest === undefined) return { key: kind, state: spared ? "spared" : "missing", evidence: [t("compliance.signed.none")], signs: kind };
    const words = { name: newest.name, date: formatCivilDate(newest.doneOn) };
    const { dueOn } = newest;
    const line = dueOn == null ? t("compliance.signed", words) : t("compliance.signed.due", { ...words, due: formatCivilDate(dueOn) });
    const late = dueOn != null && dueOn < today;
    return { key: kind, state: !late ? "held" : spared ? "spared" : "due", evidence: [line], signs: kind };
  };
  return [
    signed("qualified_individual"),
    signed("risk_assessment"),
    reviewed(signed("access_review"), desk),
    encryption(desk),
    secondFactors(desk),
    retention(desk, zone),
    log(desk),
    signed("penetration_test"),
    signed("vulnerability_scan"),
    signed("training"),
    vendors(desk, today),
    signed("incident_plan"),
    signed("board_report"),
    incidents(desk, now),
  ];
}

function reviewed(duty: Duty, desk: ComplianceDesk): Duty {
  if (duty.state === "missing") return duty;
  const changed = desk.changedSinceReview;
  const line = changed === 0 ? t("compliance.review.same") : plural("compliance.review.changed", changed);
  return { ...duty, state: changed > 0 ? "due" : duty.state, evidence: [...duty.evidence, line] };
}

function secondFactors({ secondFactors: { with: have, without }, members }: ComplianceDesk): Duty {
  const evidence = [plural("compliance.factors", have)];
  const names = members.filter(({ personId }) => without.includes(personId)).map(({ name }) => name);
  if (names.length > 0) evidence.push(t("compliance.factors.without", { names: names.join(", ") }));
  return { key: "second_factors", state: names.length === 0 ? "held" : "due", evidence };
}

function encryption({ encryption: { keysOpen, masterKeys } }: ComplianceDesk): Duty {
  if (masterKeys.length === 0) return { key: "encryption", state: "fact", evidence: [t("compliance.encryption.none")] };
  const line = keysOpen ? t("compliance.encryption.open", { keys: masterKeys.join(", ") }) : t("compliance.encryption.closed");
  return { key: "encryption", state: keysOpen ? "held" : "missing", evidence: [line] };
}

function retention({ retention: { schedule, due, held, lastRunAt } }: ComplianceDesk, zone: string): Duty {
  if (schedule.withoutPurchaseMonths == null && schedule.afterPurchaseMonths == null) {
    return { key: "retention", state: "missing", evidence: [t("compliance.retention.none")] };
  }
  const evidence = [t("compliance.retention.set", { due, held })];
  if (lastRunAt != null) evidence.push(t("compliance.retention.ran", { date: formatMoment(lastRunAt, zone) }));
  return { key: "retention", state: due > 0 ? "due" : "held", evidence };
}

function log({ log: { entries, protectedViews, exports, sealed } }: ComplianceDesk): Duty {
  return { key: "log", state: "held", evidence: [t("compliance.log.text", { entries, views: protectedViews, exports, sealed })] };
}

function vendors(desk: ComplianceDesk, today: string): Duty {
  const active = desk.vendors.filter(({ endedOn }) => endedOn == null || endedOn > today);
  const without = active.filter(({ contractOn }) => contractOn == null).length;
  const late = active.filter(({ dueOn }) => dueOn != null && dueOn < today).length;
  if (desk.vendors.length === 0) return { key: "vendors", state: "missing", evidence: [t("compliance.signed.none")] };
  const state = without > 0 ? "missing" : late > 0 ? "due" : "held";
  return { key: "vendors", state, evidence: [t("compliance.vendors.text", { active: active.length, without, late })] };
}

function incidents(desk: ComplianceDesk, now: number): Duty {
  const open = desk.incidents.filter(({ closedAt }) => closedAt == null);
  const unknown = open.filter(({ consumers }) => consumers == null).length;
  const waiting = desk.incidents.filter((one) => one.notifiedAt == null && one.noticeNeeded === true);
  const late = waiting.filter(({ noticeDueAt }) => Date.parse(noticeDueAt) < now).length;
  const state = late > 0 ? "missing" : waiting.length > 0 || unknown > 0 ? "due" : "fact";
  return { key: "incidents", state, evidence: [t("compliance.incidents.text", { open: open.length, unknown, late })] };
}
