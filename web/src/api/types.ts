// Names for the server's types. They are generated from its OpenAPI document; nothing here restates a shape.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Problem = Schemas["Problem"];
export type FieldError = Schemas["FieldError"];
export type Session = Schemas["Session"];
export type Role = Schemas["Role"];
export type Place = Schemas["Place"];
export type User = Schemas["User"];
export type DeskSettings = Schemas["DeskSettings"];
export type DeskSettingsWrite = Schemas["DeskSettingsWrite"];
export type Customer = Schemas["Customer"];
export type CustomerWrite = Schemas["CustomerWrite"];
export type Vehicle = Schemas["VehicleView"];
export type VehicleWrite = Schemas["VehicleWrite"];
export type DealRow = Schemas["DealRow"];
export type DealState = Schemas["DealState"];
export type Deal = Schemas["Deal"];
export type DealAction = Schemas["DealAction"];
export type Pencil = Schemas["Pencil"];
export type PencilLine = Schemas["PencilLine"];
export type HistoryItem = Schemas["HistoryItem"];
export type StateView = Schemas["StateView"];
export type County = Schemas["County"];

export type DealInput = Schemas["DealInput"];
export type DealResult = Schemas["DealResult"];
export type ColumnResult = Schemas["ColumnResult"];
export type Column = Schemas["Column"];
export type ResolvedRates = Schemas["ResolvedRates"];
export type Step = Schemas["Step"];
export type StepValue = Schemas["Value"];
export type Source = Schemas["Source"];
export type Notice = Schemas["Notice"];
export type TaxLine = Schemas["TaxLine"];
export type ProductKind = Schemas["ProductKind"];
export type RebateKind = Schemas["RebateKind"];
