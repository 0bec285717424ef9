// Names for the server's types. They are generated from its OpenAPI document; nothing here restates a shape.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Problem = Schemas["Problem"];
export type FieldError = Schemas["ProblemField"];
export type SignIn = Schemas["LoggedIn"];
/** A sign-in of which something is left to do. */
export type SignInPending = Schemas["SignInPending"];
/** What each step of a sign-in answers. */
export type SignInAnswer = SignIn | SignInPending;
export type FactorMethod = Schemas["Method"];
export type FactorProof = Schemas["FactorProof"];
export type CodeSent = Schemas["CodeSent"];
export type NewCodeFactor = Schemas["NewCodeFactor"];
export type Factors = Schemas["Factors"];
export type OpenSession = Schemas["OpenSession"];
export type SessionSettings = Schemas["SessionSettings"];
export type PasskeyCreation = Schemas["PasskeyCreation"];
export type PasskeyRequest = Schemas["PasskeyRequest"];
export type NewTotp = Schemas["NewTotp"];
export type FactorAdded = Schemas["FactorAdded"];
export type Session = Schemas["Session"];
export type NumberingSettings = Schemas["NumberingSettings"];
export type NumberingWrite = Schemas["Numbering"];
export type Feature = Schemas["Feature"];
export type Features = Schemas["Features"];
export type Role = Schemas["Role"];
export type Place = Schemas["Place"];
/** A place, with the address in it where that is known. */
export type AddressedPlace = Schemas["AddressedPlace"];
export type User = Schemas["User"];
export type Team = Schemas["Team"];
export type Rooftop = Schemas["Rooftop"];
export type RooftopSetting = Schemas["RooftopSetting"];
export type GroupPerson = Schemas["GroupPerson"];
export type GroupSeat = Schemas["GroupSeat"];
export type Setting = Schemas["Setting"];
export type StoreProfile = Schemas["StoreProfileView"];
export type StoreProfileWrite = Schemas["StoreProfile"];
export type Letterhead = Schemas["Letterhead"];
export type UserImport = Schemas["UserImport"];
export type UserImportPreview = Schemas["UserImportPreview"];
export type UserImportRow = Schemas["UserImportRow"];
export type Mail = Schemas["Mail"];
export type Registration = Schemas["Registration"];
export type AccountLink = Schemas["AccountLink"];
export type Roles = Schemas["Roles"];
export type RoleWithPermissions = Schemas["RoleWithPermissions"];
export type PermissionInfo = Schemas["PermissionInfo"];
export type CustomRole = Schemas["CustomRole"];
export type DeskSettings = Schemas["DeskSettings"];
export type DeskSettingsWrite = Schemas["DeskDefaults"];
export type Customer = Schemas["Customer"];
export type Duplicate = Schemas["DuplicateView"];
export type DuplicateQuery = Schemas["DuplicateQuery"];
export type CustomerWrite = Schemas["CustomerForm"];
export type ComplianceDesk = Schemas["ComplianceDesk"];
export type Retention = Schemas["Retention"];
export type Consents = Schemas["Consents"];
export type ConsentWrite = Schemas["ConsentForm"];
export type Erasure = Schemas["ErasureView"];
export type Vehicle = Schemas["StockVehicle"];
export type VinDecode = Schemas["VinDecode"];
export type VehicleWrite = Schemas["VehicleForm"];
export type DealRow = Schemas["DeskLogRow"];
export type DealState = Schemas["DealState"];
export type Deal = Schemas["Deal"];
export type DealAction = Schemas["ActionView"];
export type Pencil = Schemas["Pencil"];
export type NewPencil = Schemas["NewPencil"];
export type PencilLine = Schemas["PencilSummary"];
export type HistoryItem = Schemas["DealHistoryEntry"];
export type AuditEntry = Schemas["AuditEntry"];
export type DataMap = Schemas["DataMapView"];
export type MasterKeys = Schemas["KeysView"];
export type County = Schemas["CountyView"];

export type Column = Schemas["Column"];
/** With its columns, which only some of the engine's operations can do without. */
export type DealInput = Schemas["DealInput"] & { columns: Column[] };
export type DealResult = Schemas["DealResult"];
export type ColumnResult = Schemas["ColumnResult"];
export type ResolvedRates = Schemas["ResolvedRates"];
export type Step = Schemas["Step"];
export type StepValue = Step["result"];
export type Source = Schemas["Source"];
export type Notice = Schemas["Notice"];
export type ProductKind = Schemas["ProductKind"];
export type RebateKind = Schemas["RebateKind"];

export type TaxLine = Schemas["TaxLine"];
export type FeeLine = Schemas["FeeLine"];
export type ZipRates = Schemas["ZipRates"];
export type SupportedState = Schemas["SupportedState"];
export type StateRules = Schemas["Description"];
export type RuleLine = Schemas["LineDescription"];
export type LocalRatesInfo = Schemas["LocalRatesInfo"];
/** The local rates of a state that a store computes with. */
export type LocalTable = Schemas["LocalTable"];
export type LocalRate = Schemas["LocalRate"];
export type RateImport = Schemas["RateImportView"];
export type RatePreview = Schemas["RateImportPreview"];
