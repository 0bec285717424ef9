//! The lot: real models with their makers' identifiers, invented serial numbers and prices.

use crate::DemoError;
use crate::stage::{Plan, Stage, ago};
use autolytiq_inventory::api::{VehicleForm, add_vehicle, check_digit};
use autolytiq_kernel::{StoreZone, TenantCtx, VehicleId};
use autolytiq_money::{Money, Rounding};
use autolytiq_tax::{Condition, Fuel, VehicleClass};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use std::collections::HashMap;

/// One line of the stock list.
pub(crate) struct Model {
    pub(crate) stock: &'static str,
    /// Maker's identifier, then the description of the model: the first eight characters of the VIN.
    pub(crate) vin: &'static str,
    /// Years from the anchor's year.
    pub(crate) year: i16,
    pub(crate) make: &'static str,
    pub(crate) model: &'static str,
    pub(crate) trim: &'static str,
    pub(crate) body: &'static str,
    pub(crate) class: VehicleClass,
    pub(crate) fuel: Fuel,
    pub(crate) mpg: u16,
    pub(crate) weight: u32,
    /// Dollars. For a used vehicle the price when it was new.
    pub(crate) msrp: i32,
    /// Dollars asked.
    pub(crate) price: i32,
    pub(crate) miles: u32,
    /// Days on the lot.
    pub(crate) days: i64,
}

use Fuel::{Electric as E, Gasoline as G, Hybrid as H, PlugInHybrid as P};
use VehicleClass::{LightTruck as T, Passenger as C};

#[rustfmt::skip]
macro_rules! stock {
    ($($stock:literal $vin:literal $year:literal $make:literal $model:literal $trim:literal $body:literal $class:ident $fuel:ident $mpg:literal $weight:literal $msrp:literal $price:literal $miles:literal $days:literal;)*) => {
        [$(Model { stock: $stock, vin: $vin, year: $year, make: $make, model: $model, trim: $trim, body: $body, class: $class, fuel: $fuel,
            mpg: $mpg, weight: $weight, msrp: $msrp, price: $price, miles: $miles, days: $days },)*]
    };
}

/// Stock numbers begin with N for new and U for used. Days on the lot follow the usual shape: half of it under a month,
/// a tail beyond ninety days.
#[rustfmt::skip]
pub(crate) const STOCK: [Model; 40] = stock![
    "N2601" "4S4BTACC"  0 "Subaru"    "Outback"     "Premium"      "Wagon"     C G 28 3634 34_895 34_395     12   6;
    "N2602" "4S4BTGUD"  0 "Subaru"    "Outback"     "Touring"      "Wagon"     C G 28 3845 42_880 41_995      8  14;
    "N2603" "JF2SKAJC"  0 "Subaru"    "Forester"    "Sport"        "SUV"       C G 29 3510 35_690 34_988     21  22;
    "N2604" "JF2GTHSC"  0 "Subaru"    "Crosstrek"   "Limited"      "SUV"       C G 29 3296 33_460 33_460     11   3;
    "N2605" "4T1DAACK"  0 "Toyota"    "Camry"       "XLE"          "Sedan"     C H 47 3572 36_125 35_995     14  18;
    "N2606" "4T1DBADK"  0 "Toyota"    "Camry"       "SE"           "Sedan"     C H 48 3483 32_340 31_988     10  41;
    "N2607" "2T3P1RFV"  0 "Toyota"    "RAV4"        "XLE"          "SUV"       C H 40 3655 36_850 36_850      9   9;
    "N2608" "5TFLA5DB"  0 "Toyota"    "Tundra"      "SR5"          "Crew cab"  T G 20 5295 52_640 50_995     17  53;
    "N2609" "5TDKDRBH"  0 "Toyota"    "Highlander"  "XSE"          "SUV"       C G 25 4145 47_915 46_988     13  27;
    "N2610" "1FTFW1ED"  0 "Ford"      "F-150"       "XLT"          "Crew cab"  T G 21 4930 56_880 53_995     24  68;
    "N2611" "1FTFW5L8"  0 "Ford"      "F-150"       "Lariat"       "Crew cab"  T H 23 5420 71_310 68_988     19  96;
    "N2612" "1FMUK8DH"  0 "Ford"      "Explorer"    "ST-Line"      "SUV"       C G 24 4345 48_765 46_995     15  34;
    "N2613" "2HKRS4H5"  1 "Honda"     "CR-V"        "EX-L"         "SUV"       C G 29 3580 38_150 38_150      6   2;
    "N2614" "1HGCY2F6"  1 "Honda"     "Accord"      "Sport Hybrid" "Sedan"     C H 44 3477 35_475 35_475      7   5;
    "N2615" "2HGFE2F5"  0 "Honda"     "Civic"       "Sport"        "Sedan"     C G 35 2989 28_045 27_688     12  19;
    "N2616" "5FNYG1H7"  0 "Honda"     "Pilot"       "TrailSport"   "SUV"       C G 20 4685 51_370 49_988     16  47;
    "N2617" "5NMJFDDE"  0 "Hyundai"   "Tucson"      "SEL"          "SUV"       C G 28 3500 33_115 31_995     18  31;
    "N2618" "KM8KRDDF"  0 "Hyundai"   "Ioniq 5"     "SEL"          "SUV"       C E 114 4400 50_575 46_988     22  74;
    "N2619" "1G1FY6S0"  0 "Chevrolet" "Equinox EV"  "LT"           "SUV"       C E 109 4923 43_295 41_495     20  58;
    "N2620" "3GCUKDED"  0 "Chevrolet" "Silverado"   "LT"           "Crew cab"  T G 19 4990 57_445 54_988     26  88;
    "N2621" "JTMAB3FV"  0 "Toyota"    "RAV4"        "XSE Plug-in"  "SUV"       C P 94 4300 49_965 49_965     11  12;
    "N2622" "JM3KFBDM"  0 "Mazda"     "CX-5"        "Carbon"       "SUV"       C G 28 3726 35_110 33_995     15  29;
    "U4401" "4S4BTANC" -3 "Subaru"    "Outback"     "Limited"      "Wagon"     C G 28 3731 38_795 26_988 38_420  16;
    "U4402" "4T1G11AK" -4 "Toyota"    "Camry"       "LE"           "Sedan"     C G 32 3310 27_135 19_995 52_310   8;
    "U4403" "2T3W1RFV" -3 "Toyota"    "RAV4"        "XLE Premium"  "SUV"       C G 30 3490 33_945 27_495 41_870  11;
    "U4404" "1HGCV1F3" -5 "Honda"     "Accord"      "Sport 1.5T"   "Sedan"     C G 33 3150 28_220 18_988 61_200  37;
    "U4405" "2HKRW2H8" -4 "Honda"     "CR-V"        "EX-L"         "SUV"       C G 29 3421 33_150 24_988 47_930  21;
    "U4406" "1FTEW1EP" -4 "Ford"      "F-150"       "XLT"          "Crew cab"  T G 21 4769 48_730 32_995 58_640  44;
    "U4407" "1FMSK7DH" -3 "Ford"      "Explorer"    "XLT"          "SUV"       C G 24 4345 42_580 28_988 44_180  62;
    "U4408" "5NPLM4DG" -2 "Hyundai"   "Elantra"     "SEL"          "Sedan"     C G 36 2868 24_060 18_495 29_760  13;
    "U4409" "5XYPHDA5" -4 "Kia"       "Sorento"     "EX"           "SUV"       C G 25 4050 38_585 23_988 55_420  71;
    "U4410" "1C6SRFFT" -5 "Ram"       "1500"        "Big Horn"     "Crew cab"  T G 19 5340 50_865 27_988 78_310 103;
    "U4411" "1C4HJXDN" -3 "Jeep"      "Wrangler"    "Sport S"      "SUV"       C G 20 4449 43_960 32_495 36_940  26;
    "U4412" "3VV2B7AX" -3 "Volkswagen" "Tiguan"     "SE"           "SUV"       C G 25 3847 33_290 21_988 40_560  55;
    "U4413" "JM1BPACL" -4 "Mazda"     "Mazda3"      "Preferred"    "Sedan"     C G 30 3255 27_860 18_995 43_720  33;
    "U4414" "1N4BL4BV" -6 "Nissan"    "Altima"      "2.5 SV"       "Sedan"     C G 32 3206 26_795 13_988 88_150  92;
    "U4415" "5YJ3E1EA" -3 "Tesla"     "Model 3"     "Rear-Wheel"   "Sedan"     C E 132 3862 43_990 24_995 39_280  48;
    "U4416" "1GNSKBKD" -5 "Chevrolet" "Tahoe"       "LT"           "SUV"       T G 18 5602 62_390 41_988 71_440  77;
    "U4417" "2T1BURHE" -8 "Toyota"    "Corolla"     "LE"           "Sedan"     C G 31 2840 19_820 11_995 97_630  24;
    "U4418" "JTJBARBZ" -4 "Lexus"     "NX 300"      "Base"         "SUV"       C G 25 3940 41_685 28_495 46_770  19;
];

/// Takes the stock in, the oldest first, and gives the ids by stock number.
pub(crate) async fn take_in(
    stage: &Stage<'_>,
    who: &TenantCtx,
    plan: Plan,
    zone: &StoreZone,
    dice: &mut fastrand::Rng,
) -> Result<HashMap<&'static str, VehicleId>, DemoError> {
    let today = zone.date_at(plan.anchor);
    let mut arrivals: Vec<&Model> = STOCK.iter().collect();
    arrivals.sort_by_key(|model| std::cmp::Reverse(model.days));
    let mut ids = HashMap::new();
    for model in arrivals {
        // Entered on the day it came, or on the store's first day here when it came before.
        let entered = ago(plan.anchor, model.days.min(59)) - SignedDuration::from_mins(dice.i64(30..240));
        stage.hand.set(entered);
        let id = stage.db.ids().next();
        let mut tx = stage.begin(who).await?;
        let mut vehicle = form(model, id, today, dice)?;
        // Shortly after midnight the hours before the anchor are yesterday's.
        vehicle.received_on = vehicle.received_on.min(zone.date_at(entered));
        add_vehicle(&mut tx, id, &vehicle, true).await.map_err(|error| DemoError::Vehicle(error, model.stock))?;
        tx.commit().await?;
        ids.insert(model.stock, id);
    }
    Ok(ids)
}

fn form(model: &Model, id: VehicleId, today: Date, dice: &mut fastrand::Rng) -> Result<VehicleForm, DemoError> {
    let new = model.stock.starts_with('N');
    let price = Money::from_dollars(model.price);
    // Cost as a part of the price: a new one near invoice, a used one with its reconditioning.
    let percent = if new { dice.i64(93..97) } else { dice.i64(84..92) };
    let cost = price.times_ratio(percent, 100, Rounding::HalfUp).map_err(|_| DemoError::Missing("cost in range"))?;
    let year = today.year().saturating_add(model.year);
    Ok(VehicleForm {
        id: Some(id),
        stock_number: Some(model.stock.to_owned()),
        vin: vin(model.vin, year, dice.u32(100_000..999_999)),
        condition: if new { Condition::New } else { Condition::Used },
        year: u16::try_from(year).map_err(|_| DemoError::Missing("model year"))?,
        make: model.make.to_owned(),
        model: model.model.to_owned(),
        trim: Some(model.trim.to_owned()),
        body_class: Some(model.body.to_owned()),
        class: Some(model.class),
        odometer: model.miles,
        msrp: Some(Money::from_dollars(model.msrp)),
        price: Some(price),
        cost: Some(cost),
        weight_lb: Some(model.weight),
        mpg: Some(model.mpg),
        fuel: Some(model.fuel),
        received_on: today.checked_sub(model.days.days())?,
    })
}

/// A VIN with the right check digit and year code. The seventh character of a car's VIN is a letter from 2010 on, which
/// is how the year code's cycle is told (49 CFR 565.15).
pub(crate) fn vin(descriptor: &str, year: i16, serial: u32) -> String {
    const YEARS: &[u8; 30] = b"ABCDEFGHJKLMNPRSTVWXY123456789";
    let code =
        usize::try_from((i32::from(year) - 1980).rem_euclid(30)).ok().and_then(|index| YEARS.get(index)).copied();
    let mut prefix: Vec<char> = descriptor.chars().collect();
    if let Some(seventh) = prefix.get_mut(6)
        && seventh.is_ascii_digit()
    {
        *seventh = 'D';
    }
    let prefix: String = prefix.into_iter().collect();
    let rest = format!("{}A{serial:06}", char::from(code.unwrap_or(b'A')));
    let digit = check_digit(&format!("{prefix}0{rest}"));
    format!("{prefix}{digit}{rest}")
}
