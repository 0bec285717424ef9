//! The fields of the rule types in their packed order, once for both sides: `compile/pack.rs` writes them at build time,
//! `unpack.rs` reads them. Either side stops compiling when a type has a field or a variant that is not listed.

/// Hands the lists to three macros: structs, vocabularies (which have `ALL`), and other enums.
macro_rules! rule_types {
    ($structs:ident, $words:ident, $enums:ident) => {
        $structs! {
            Source { title, citation, url, publisher, checked }
            Section { kind, words, verified, reason, effective, sources }
            Choice { name, by, words, options, default }
            ChoiceOption { name, words }
            Exemption { id, name, when, source }
            Credit { id, name, when, of, against, verified, reason, source }
            Fee { line, taxable }
            DocFeeCap { line, binding, words }
            FinanceCap { id, name, kind, when, limit, alternative, verified, reason, source }
            Remark { code, words, warning, when, pointer, source }
            Line {
                id, signing_id, name, level, section, depends, due, when, base, signing, floor, ceiling, credits,
                base_step, band, over_term, rate, flat, per, tax_credits, times, min, max, max_of, rounding, round_to,
                group, on_itself, verified, reason, source
            }
            Term { name, of, scope, negative, part, up_to, when, trades, or }
            TradeFilter { classes, taxed_here }
            BaseStep { unit, rounding }
            Band { from, to }
            Per { by, over, unit, amount, rounding }
            RateRule { fixed, local, tiers, tiers_by, matrix, lesser_of_home, pass_on_places }
            Local { levels, of, tax, each }
            Row { up_to, inclusive, rate, amount }
            Matrix { rows_by, rows, columns_by, columns, rates }
            Range { min, over, max, under }
            JurisdictionVersion {
                code, name, tax, effective, next, hash, sections, choices, exemptions, retail, lease, note, credits,
                fees, doc_fee_limits, finance_limits, remarks
            }
            Jurisdiction { code, name, versions }
        }
        $words! {
            BuyerKind, Condition, DealKind, Due, Fuel, Level, Measure, Occasion, PlaceRole, ProductKind, RebateKind,
            Residence, SectionKind, Seller, VehicleClass,
        }
        $enums! {
            FinanceLimitKind { YearlyRate, AddOn, Markup }
            Rounding { HalfUp, HalfEven, Up, Down }
            Scope { Whole, Signing, Capitalized, Share, Shares }
            Rows { Measure(by), Sum(of) }
            Component {
                Price, Accessories, DocFee, Fee(code), TaxableFees, Fees, Product(kind), Products, Rebate(kind), Rebates,
                TradeAllowance, TradePayoff, TradeEquity, NegativeEquity, PrivateSale, InsuranceProceeds,
                TaxPaidElsewhere, HomeTax, Msrp, FairValue, AssessedValue, GuideTradeValue, AmountFinanced, Payment,
                TotalPayments, RemainingPayments, CashReduction, RebateReduction, TradeReduction, AcquisitionFee,
                GrossCap, AdjustedCap, Residual, RentCharge, Line(index)
            }
            Test {
                Vehicle(is), Class(any), Fuel(any), Measure(of, within), Amount(of, within), Deal(any), Seller(any),
                SellerFinanced(is), Occasion(any), Buyer(is), Residence(is), HomeState(any), Exemption(any),
                Chosen(choice, option), City(of, any), County(of, any), Lien(is), TransfersPlate(is), Any(lists), Not(all)
            }
        }
    };
}
