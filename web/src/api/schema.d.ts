// Provisional: replaced by `npm run gen:api`.
type Body<T> = { content: { "application/json": T } };
type Ok<T> = { responses: { 200: { headers: Record<string, unknown> } & Body<T>; default: { headers: Record<string, unknown> } & { content: { "application/problem+json": components["schemas"]["Problem"] } } } };
type Op<T, P = Record<never, never>, B = never> = { parameters: P } & ([B] extends [never] ? { requestBody?: never } : { requestBody: Body<B> }) & Ok<T>;
type Path<P> = { path: P };
type Query<Q> = { query?: Q };
type Id = Path<{ id: string }>;
type Match = { header: { "If-Match": string } };
type S = components["schemas"];

export interface paths {
  "/api/v1/setup": { get: Op<{ required: boolean }>; post: Op<S["LoggedIn"], {}, S["Setup"]> };
  "/api/v1/auth/login": { post: Op<S["LoggedIn"], {}, { email: string; password: string }> };
  "/api/v1/auth/refresh": { post: Op<S["LoggedIn"]> };
  "/api/v1/auth/logout": { post: Op<undefined> };
  "/api/v1/auth/logout-everywhere": { post: Op<undefined> };
  "/api/v1/auth/switch-store": { post: Op<S["LoggedIn"], {}, { dealershipId: string }> };
  "/api/v1/admin/users": { get: Op<S["Page"] & { items: S["User"][] }>; post: Op<S["User"], {}, S["UserNew"]> };
  "/api/v1/admin/users/{id}/role": { put: Op<S["User"], Id & Match, { role: S["Role"] }> };
  "/api/v1/admin/settings/desk": { get: Op<S["DeskSettings"]>; put: Op<S["DeskSettings"], Match, S["DeskSettingsWrite"]> };
  "/api/v1/customers": { get: Op<S["Page"] & { items: S["Customer"][] }, Query<{ q?: string; limit?: number; cursor?: string }>>; post: Op<S["Customer"], {}, S["CustomerWrite"] & { id: string }> };
  "/api/v1/customers/{id}": { get: Op<S["Customer"], Id>; put: Op<S["Customer"], Id & Match, S["CustomerWrite"]> };
  "/api/v1/inventory": { get: Op<S["Page"] & { items: S["VehicleView"][] }, Query<{ q?: string; condition?: string; status?: string; limit?: number; cursor?: string }>>; post: Op<S["VehicleView"], {}, S["VehicleWrite"] & { id: string }> };
  "/api/v1/inventory/{id}": { get: Op<S["VehicleView"], Id>; put: Op<S["VehicleView"], Id & Match, S["VehicleWrite"]> };
  "/api/v1/deals": { get: Op<S["Page"] & { items: S["DealRow"][] }, Query<{ state?: string; q?: string; limit?: number; cursor?: string; sort?: string }>>; post: Op<S["Deal"], {}, { id: string; customerId: string; vehicleId: string }> };
  "/api/v1/deals/{id}": { get: Op<S["Deal"], Id> };
  "/api/v1/deals/{id}/scenarios": { post: Op<{ pencil: S["Pencil"]; dealState: S["DealState"] }, Id & Match, S["PencilNew"]> };
  "/api/v1/deals/{id}/scenarios/{pencilId}": { get: Op<S["Pencil"], Path<{ id: string; pencilId: string }>> };
  "/api/v1/deals/{id}/{action}": { post: Op<S["Deal"], Path<{ id: string; action: string }> & Match, { reason?: string }> };
  "/api/v1/deals/{id}/history": { get: Op<{ items: S["HistoryItem"][] }, Id> };
  "/api/v1/places/resolve": { post: Op<S["ResolvedRates"], {}, S["PlaceQuery"]> };
  "/api/v1/places/states": { get: Op<{ items: S["StateView"][] }> };
  "/api/v1/places/{state}/counties": { get: Op<{ items: S["County"][] }, Path<{ state: string }>> };
}

export interface components {
  schemas: {
    Problem: { type: string; title: string; status: number; detail: string; code: string; requestId: string; errors?: S["FieldError"][] };
    FieldError: { pointer: string; code: string; detail: string };
    Page: { nextCursor?: string };
    Ref: { id: string; name: string };
    Role: "salesperson" | "sales_manager" | "fni_manager" | "administrator";
    Place: { state: string; county?: string; city?: string; zip?: string };
    Setup: { setupToken: string; group: { name: string }; store: { name: string; timeZone: string; street: string; place: S["Place"] }; administrator: { name: string; email: string; password: string } };
    Session: {
      person: { id: string; name: string; email: string };
      dealership: { id: string; name: string; timeZone: string; place: S["Place"]; currency: string; demo: boolean };
      role: S["Role"];
      permissions: string[];
      stores: { id: string; name: string; role: S["Role"] }[];
    };
    LoggedIn: { accessToken: string; expiresIn: number; session: S["Session"] };
    User: { id: string; name: string; email: string; role: S["Role"]; active: boolean; createdAt: string; version: number };
    UserNew: { name: string; email: string; role: S["Role"]; password: string };
    DeskSettingsWrite: {
      docFee: string; fees: S["Fee"][]; pack: string; financeTermMonths?: number; financeRate?: string; leaseTermMonths?: number;
      leaseMoneyFactor?: string; leaseResidualPercent?: string; acquisitionFee?: string; annualMiles?: number;
    };
    DeskSettings: S["DeskSettingsWrite"] & { version: number };
    CustomerWrite: { firstName: string; lastName: string; email?: string; phone?: string; street?: string; place: S["Place"]; dateOfBirth?: string | null; notes?: string };
    Customer: Omit<S["CustomerWrite"], "dateOfBirth"> & { id: string; version: number; dateOfBirthOnFile: boolean; createdAt: string; updatedAt: string };
    VehicleWrite: {
      stockNumber: string; vin: string; condition: "new" | "used"; year: number; make: string; model: string; trim?: string; bodyClass?: string;
      odometer: number; msrp?: string; price?: string; cost?: string; weightLb?: number; mpg?: number; fuel?: string; receivedOn: string;
    };
    VehicleView: S["VehicleWrite"] & { id: string; version: number; status: "inStock" | "pending" | "sold"; agingDays: number; label: string };
    DealState: "draft" | "submitted" | "approved" | "rejected" | "closed" | "cancelled" | "reopened";
    Payment: { kind: "cash" | "finance" | "lease"; label: string; amount: string };
    DealRow: {
      id: string; number: string; state: S["DealState"]; customer: S["Ref"]; vehicle: { id: string; label: string; stockNumber: string }; salesperson: S["Ref"];
      createdAt: string; updatedAt: string; lastPencil?: { number: number; at: string; by: S["Ref"]; price: string; payments: S["Payment"][] }; gross?: S["Gross"]; version: number;
    };
    PencilLine: { id: string; number: number; parentId?: string; at: string; by: S["Ref"]; note?: string; reason?: string; price: string; columns: ({ id: string } & S["Payment"])[] };
    Pencil: { id: string; number: number; parentId?: string; at: string; by: S["Ref"]; note?: string; reason?: string; input: S["DealInput"]; result: S["DealResult"]; rates: S["ResolvedRates"] };
    PencilNew: { id: string; parentId?: string; input: S["DealInput"]; note?: string; reason?: string };
    DealAction: { action: "submit" | "approve" | "reject" | "cancel" | "close" | "reopen" | "pencil"; allowed: boolean; why?: string; reasonRequired: boolean };
    Deal: {
      id: string; number: string; state: S["DealState"]; version: number; dealDate: string; createdAt: string; updatedAt: string; salesperson: S["Ref"]; approvedBy?: S["Ref"]; approvedAt?: string;
      customer: { id: string; firstName: string; lastName: string; phone?: string; email?: string; place: S["Place"] };
      vehicle: { id: string; stockNumber: string; vin: string; label: string; condition: "new" | "used"; year: number; make: string; model: string; trim?: string; msrp?: string; price?: string; odometer: number; cost?: string };
      pencils: S["PencilLine"][]; current?: S["Pencil"]; start: S["DealInput"]; rates: S["ResolvedRates"]; actions: S["DealAction"][];
    };
    HistoryItem: { at: string; by?: S["Ref"]; action: string; reason?: string; pencilNumber?: number; changes: { path: string; before?: string; after?: string }[] };
    PlaceQuery: { dealDate: string; dealKind?: "retail" | "lease"; dealerPlace: S["Place"]; buyerPlace: S["Place"]; garagingPlace?: S["Place"] };
    ResolvedRates: { asOf: string; entries: S["RateEntry"][]; hash?: string };
    RateEntry: { placeRole: string; level: string; name: string; rate: string; amount?: string; appliesTo: string; effective?: string; source: string; verified: boolean; reason?: string };
    StateView: { code: string; name: string; supported: boolean; needs: string[]; localRates?: { asOf: string; complete: boolean; basis: string; source: string; note: string } };
    County: { name: string; areas: string[] };
    Vehicle: { condition: "new" | "used"; class?: string; modelYear?: number; msrp?: string; odometer?: number; weightLb?: number; mpg?: number; fuel?: string };
    Buyer: { kind?: "individual" | "business" };
    Accessory: { name: string; price: string; cost?: string };
    Fee: { code: string; name: string; amount: string; taxable: boolean };
    ProductKind: "serviceContract" | "gap" | "maintenance" | "tireWheel" | "appearance" | "theft" | "key" | "other";
    RebateKind: "manufacturer" | "manufacturerLater" | "manufacturerGuaranteed" | "dealer" | "dealerIncentive";
    Product: { kind: S["ProductKind"]; name: string; price: string; cost?: string };
    Rebate: { kind: S["RebateKind"]; name: string; amount: string };
    Trade: { description: string; allowance: string; payoff: string; acv?: string; leased: boolean };
    CashTerms: { id: string };
    FinanceTerms: { id: string; rate: string; termMonths: number; firstPayment?: string; prepaidFinanceCharge?: string; cashDown?: string; buyRate?: string; reserveShare?: string };
    Residual: { percent: string } | { amount: string };
    Capitalize: { acquisitionFee: boolean; docFee: boolean; governmentFees: boolean; products: boolean; upfrontTax: boolean };
    LeaseTerms: {
      id: string; moneyFactor: string; termMonths: number; residual: S["Residual"]; acquisitionFee?: string; dispositionFee?: string; securityDeposit?: string;
      annualMiles?: number; capitalize?: S["Capitalize"]; cashDown?: string; buyMoneyFactor?: string; reserveShare?: string;
    };
    Column: ({ kind: "cash" } & S["CashTerms"]) | ({ kind: "finance" } & S["FinanceTerms"]) | ({ kind: "lease" } & S["LeaseTerms"]);
    Costs: { vehicle: string; pack?: string; holdback?: string; docFeeInGross?: boolean; holdbackInGross?: boolean };
    DealInput: {
      dealDate: string; vehicle: S["Vehicle"]; buyer?: S["Buyer"]; dealerPlace: S["Place"]; buyerPlace: S["Place"]; garagingPlace?: S["Place"]; price: string;
      accessories?: S["Accessory"][]; docFee?: string; fees?: S["Fee"][]; products?: S["Product"][]; rebates?: S["Rebate"][]; trades?: S["Trade"][]; cashDown?: string;
      elections?: Record<string, string>; costs?: S["Costs"]; columns: S["Column"][];
    };
    Source: { title: string; citation?: string; url?: string; publisher: string; checked: string };
    Value: { type: "money"; value: string } | { type: "rate"; value: string } | { type: "count"; value: number } | { type: "date"; value: string } | { type: "text"; value: string } | { type: "decimal"; value: string } | { type: "none" };
    StepInput: { name: string; value: S["Value"]; from?: string };
    Step: { label: string; result: S["Value"]; formula: string; inputs: S["StepInput"][]; rounding?: string; source?: S["Source"]; verified?: boolean; reason?: string };
    Notice: { code: string; severity: "info" | "warning" | "error"; detail: string; pointer?: string; source?: S["Source"] };
    TaxLine: { id: string; name: string; level: string; base: string; rate?: string; amount: string; reason?: string; due: "signing" | "payment" | "lessor" | "buyerToCounty"; verified: boolean; source?: S["Source"] };
    TaxSummary: { lines: S["TaxLine"][]; total: string; atSigning: string; capitalized: string; perPayment: string; buyerPays: string };
    FeeLine: { code: string; name: string; amount: string; taxable: boolean; origin: "rule" | "entered"; due: "signing" | "buyerToCounty"; verified: boolean; reason?: string; source?: S["Source"] };
    Gross: { front: string; back: string; reserve: string; total: string };
    Common: {
      price: string; accessories: string; rebates: string; products: string; docFee: string; fees: string; tradeAllowance: string; tradePayoff: string; netTrade: string; negativeEquity: string; cashDown: string;
    };
    CashFigures: S["Common"] & { totalPrice: string; balanceDue: string };
    FinanceFigures: S["Common"] & {
      amountFinanced: string; rate: string; termMonths: number; firstPayment: string; payment: string; finalPayment: string; financeCharge: string; totalOfPayments: string; totalSalePrice: string; totalPrice: string; principal: string; prepaidFinanceCharge: string; apr: string | null;
    };
    LeaseFigures: S["Common"] & {
      grossCapCost: string; capCostReduction: string; adjustedCapCost: string; residual: string; depreciation: string; rentCharge: string; basePayment: string; paymentTax: string; payment: string; moneyFactor: string;
      rateEquivalent: string; termMonths: number; totalOfPayments: string; dueAtSigning: string; signing: { code: string; amount: string }[]; acquisitionFee: string; dispositionFee: string; securityDeposit: string; payments: { first: number; count: number; amount: string }[];
    };
    ColumnResult: { id: string; tax: S["TaxSummary"]; fees: S["FeeLine"][]; gross?: S["Gross"]; trace: Record<string, S["Step"]> } & (
      | { kind: "cash"; figures: S["CashFigures"] } | { kind: "finance"; figures: S["FinanceFigures"] } | { kind: "lease"; figures: S["LeaseFigures"] }
    );
    DealResult: { engineVersion: string; rules: { jurisdiction: string; effective: string; hash: string }; rates: { hash: string; asOf: string }; columns: S["ColumnResult"][]; notices: S["Notice"][] };
  };
}
