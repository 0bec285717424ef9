//! Boundary files that name addresses: what settles an address, in which order, and on which days. All files are made up, in the
//! layout of the states' files.

use crate::formats::RATES;
use crate::{Store, store::record};
use serde_json::{Value, json};

const DAYS: [&str; 2] = ["20260101", "99991231"];
const DAY: &str = "2026-03-02";

/// A record for houses: days; low, high, odd or even; direction, name, suffix, direction; ZIP; county, place, district.
fn houses(days: [&str; 2], numbers: [&str; 3], street: [&str; 4], zip: &str, area: [&str; 3]) -> String {
    let line = record("A", days, ["", "", "", ""], area);
    let mut fields: Vec<&str> = line.split(',').collect();
    fields[3..6].copy_from_slice(&numbers);
    fields[6..10].copy_from_slice(&street);
    fields[15] = zip;
    fields.join(",")
}

/// County alone 0.01; with the city 0.015 more; with the district 0.005 more.
const COUNTY: [&str; 3] = ["103", "", ""];
const CITY: [&str; 3] = ["103", "39000", ""];
const DISTRICT: [&str; 3] = ["103", "39000", "00077"];

async fn store(file: &[String]) -> (Store, Value) {
    let store = Store::open().await;
    let _ = store.import("KS", "sstRate", RATES).await;
    let made = store.import("KS", "sstBoundary", &file.join("\n")).await;
    (store, made)
}

/// The buyer's rates at an address, and the doubt of the first.
async fn at(store: &Store, zip: &str, street: Option<&str>, day: &str) -> (Vec<String>, Option<String>) {
    let place = json!({ "state": "KS", "zip": zip, "street": street });
    let body = json!({ "dealDate": day, "dealerPlace": { "state": "KS" }, "buyerPlace": place });
    let answer = store.sales().post("/places/resolve", &body).await.expect(200);
    let entries = answer["entries"].as_array().unwrap().iter().filter(|entry| entry["placeRole"] == "buyer");
    let rates = entries.clone().map(|entry| entry["rate"].as_str().unwrap().to_owned()).collect();
    let doubts: Vec<_> = entries.filter_map(|entry| entry["reason"].as_str()).map(ToOwned::to_owned).collect();
    (rates, doubts.first().cloned())
}

async fn rates(store: &Store, zip: &str, street: Option<&str>) -> Vec<String> {
    at(store, zip, street, DAY).await.0
}

#[tokio::test]
async fn a_street_comes_before_the_four_digits_and_they_before_the_zip() {
    let (store, made) = store(&[
        record("Z", DAYS, ["66048", "", "66048", ""], COUNTY),
        record("4", DAYS, ["66048", "5000", "66048", "5999"], CITY),
        houses(DAYS, ["100", "198", "E"], ["N", "MAIN", "ST", ""], "66048", DISTRICT),
        houses(DAYS, ["100", "", ""], ["", "3RD", "AVE", "SW"], "66048", CITY),
        // A crossing and a grid number: no house on a street.
        houses(DAYS, ["", "", ""], ["", "MAIN & 3RD", "", ""], "66048", CITY),
        houses(DAYS, ["N6W23001", "N6W23099", "B"], ["", "BLUEMOUND", "RD", ""], "66048", CITY),
    ])
    .await;
    assert_eq!((&made["rows"], &made["skipped"]["addressRecords"]), (&json!(4), &json!(2)));
    let all = ["0.01", "0.015", "0.005"];
    for line in ["142 N Main St", "142 north main street, apt 3", "142B N. MAIN STR", "142 N Main St Unit 9"] {
        assert_eq!(rates(&store, "66048-5500", Some(line)).await, all, "{line}");
        assert_eq!(at(&store, "66048", Some(line), DAY).await, (all.map(ToOwned::to_owned).to_vec(), None), "{line}");
    }
    // The other side of the street, a house beyond its end, another street, no house: the four digits decide.
    for line in ["141 N Main St", "200 N Main St", "142 S Main St", "142 Main St", "N Main St", "PO Box 142"] {
        assert_eq!(rates(&store, "66048-5500", Some(line)).await, ["0.01", "0.015"], "{line}");
    }
    assert_eq!(rates(&store, "66048", Some("100 Third Ave SW")).await, ["0.01"], "as the file spells a name");
    assert_eq!(rates(&store, "66048", Some("100 3rd Avenue Southwest")).await, ["0.01", "0.015"]);
    assert_eq!(rates(&store, "66048-1234", None).await, ["0.01"]);
    // With the street given apart, four digits may be, too.
    let place = json!({ "state": "KS", "zip": "66048", "plus4": "5500" });
    let body = json!({ "dealDate": DAY, "dealerPlace": place, "buyerPlace": place });
    let answer = store.sales().post("/places/resolve", &body).await.expect(200);
    assert_eq!(
        answer["entries"].as_array().unwrap().len(),
        6,
        "county and city for each of dealer, buyer and garaging"
    );
}

#[tokio::test]
async fn a_zip_that_streets_split_says_what_would_settle_it() {
    let (store, _) = store(&[
        houses(DAYS, ["1", "99", "B"], ["", "ELM", "ST", ""], "66048", CITY),
        houses(DAYS, ["100", "199", "B"], ["", "ELM", "ST", ""], "66048", COUNTY),
    ])
    .await;
    let (found, doubt) = at(&store, "66048", None, DAY).await;
    assert_eq!(found, ["0.01"], "what both share");
    assert!(doubt.unwrap().contains("2 tax areas"));
    assert!(at(&store, "66048", None, DAY).await.1.unwrap().contains("the street, or the four digits"));
    assert_eq!(at(&store, "66048", Some("12 Elm St"), DAY).await, (vec!["0.01".to_owned(), "0.015".to_owned()], None));
    let zip = store.sales().get(&format!("/places/zips/66048?date={DAY}")).await.expect(200);
    assert_eq!((&zip["resolved"], zip["candidates"].as_array().unwrap().len()), (&json!(false), 2));
}

#[tokio::test]
async fn addresses_hold_for_their_days_and_go_with_their_import() {
    let (store, first) = store(&[
        record("Z", DAYS, ["66048", "", "66048", ""], COUNTY),
        houses(["20260101", "20260331"], ["1", "99", "B"], ["", "ELM", "ST", ""], "66048", CITY),
        houses(["20260401", "99991231"], ["1", "99", "B"], ["", "ELM", "ST", ""], "66048", DISTRICT),
    ])
    .await;
    let on = async |day| at(&store, "66048", Some("12 Elm St"), day).await.0.len();
    assert_eq!((on("2026-03-31").await, on("2026-04-01").await), (2, 3));
    let newer = [houses(DAYS, ["1", "99", "O"], ["", "ELM", "ST", ""], "66048", CITY)].join("\n");
    let seen = store.send("/preview", &store.id(), "KS", "sstBoundary", "", &newer).await.expect(200);
    assert_eq!(
        (&seen["added"], &seen["removed"]),
        (&json!(1), &json!(2)),
        "a ZIP and one stretch less, another stretch"
    );
    let names: Vec<_> = seen["samples"].as_array().unwrap().iter().map(|sample| sample["name"].clone()).collect();
    assert_eq!(names, ["66048, ELM ST, odd 1…99", "66048", "66048, ELM ST, 1…99"]);
    let second = store.import("KS", "sstBoundary", &newer).await;
    assert_eq!(rates(&store, "66048", Some("13 Elm St")).await, ["0.01", "0.015"]);
    assert_eq!(rates(&store, "66048", Some("12 Elm St")).await, Vec::<String>::new(), "the other side is in no record");
    let _ = store.withdraw(&second).await;
    assert_eq!((on("2026-03-31").await, on("2026-04-01").await), (2, 3));
    let _ = store.withdraw(&first).await;
    assert_eq!(rates(&store, "66048", Some("12 Elm St")).await, Vec::<String>::new(), "no boundaries, no county given");
}

#[tokio::test]
async fn a_bad_address_refuses_the_whole_file() {
    let store = Store::open().await;
    let good = houses(DAYS, ["1", "99", "B"], ["", "ELM", "ST", ""], "66048", CITY);
    for (line, pointer, code) in [
        (houses(DAYS, ["99", "1", "B"], ["", "OAK", "ST", ""], "66048", CITY), "HighAddressRange", "before-low"),
        (houses(DAYS, ["1", "99", "X"], ["", "OAK", "ST", ""], "66048", CITY), "OddEvenIndicator", "unknown-word"),
        (houses(DAYS, ["1", "99", "B"], ["", "OAK", "ST", ""], "6604", CITY), "ZipCode", "not-a-zip"),
        (
            houses(["2026", ""], ["1", "99", "B"], ["", "OAK", "ST", ""], "66048", CITY),
            "BeginningEffectiveDate",
            "not-a-date",
        ),
        (
            houses(DAYS, ["1", "99", "B"], ["", "OAK", "ST", ""], "66048", ["1-3", "", ""]),
            "FIPSCountyCode",
            "not-a-code",
        ),
        (houses(DAYS, ["1", "99", "B"], ["", &"OAK".repeat(70), "ST", ""], "66048", CITY), "StreetName", "too-long"),
    ] {
        let answer = store.send("", &store.id(), "KS", "sstBoundary", "", &format!("{good}\n{line}\n")).await;
        let problem = answer.expect_problem(422, "rate-file-invalid");
        let expected = (json!(format!("/lines/2/{pointer}")), json!(code));
        assert_eq!((problem["errors"][0]["pointer"].clone(), problem["errors"][0]["code"].clone()), expected, "{line}");
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from rate_import_address")
        .fetch_one(&mut store.app.test().owner().await)
        .await
        .unwrap();
    assert_eq!(kept, 0);
    let place = json!({ "state": "KS", "zip": "66048", "plus4": "12", "street": "a".repeat(201) });
    let body = json!({ "dealDate": DAY, "dealerPlace": { "state": "KS" }, "buyerPlace": place });
    let problem = store.sales().post("/places/resolve", &body).await.expect_problem(422, "invalid-field");
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(pointers, ["/buyerPlace/street", "/buyerPlace/plus4"]);
}

/// A small generator of numbers, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[tokio::test]
async fn an_address_inside_exactly_one_range_resolves_to_it() {
    const STREETS: [([&str; 4], &str); 4] = [
        (["", "ELM", "ST", ""], "Elm Street"),
        (["N", "ELM", "ST", ""], "North Elm St"),
        (["", "MT VERNON", "PKWY", ""], "Mount Vernon Parkway"),
        (["", "5TH", "AVE", "NW"], "5th Avenue Northwest"),
    ];
    const AREAS: [([&str; 3], usize); 3] = [(COUNTY, 1), (CITY, 2), (DISTRICT, 3)];
    let mut dice = Dice(20_261_121);
    let mut ranges = Vec::new();
    for _ in 0..60 {
        let (street, low) = (dice.below(4) as usize, dice.below(900) + 1);
        ranges.push((
            street,
            low,
            low + dice.below(120),
            ["E", "O", "B"][dice.below(3) as usize],
            dice.below(3) as usize,
        ));
    }
    let lines: Vec<String> = ranges
        .iter()
        .map(|(street, low, high, parity, area)| {
            houses(DAYS, [&low.to_string(), &high.to_string(), parity], STREETS[*street].0, "66048", AREAS[*area].0)
        })
        .collect();
    let (store, _) = store(&lines).await;
    let (mut settled, mut open) = (0, 0);
    for _ in 0..150 {
        let (street, number) = (dice.below(4) as usize, dice.below(1_100) + 1);
        let holds = |parity: &str| parity == "B" || (parity == "E") == (number % 2 == 0);
        let mut hits: Vec<usize> = ranges
            .iter()
            .filter(|(at, low, high, parity, _)| *at == street && (*low..=*high).contains(&number) && holds(parity))
            .map(|range| range.4)
            .collect();
        hits.sort_unstable();
        hits.dedup();
        let (found, doubt) = at(&store, "66048", Some(&format!("{number} {}", STREETS[street].1)), DAY).await;
        if let [area] = hits[..] {
            assert_eq!((found.len(), doubt), (AREAS[area].1, None), "{number} {}", STREETS[street].1);
            settled += 1;
        } else {
            // Of several what they share, which is what the poorest has; of none nothing, as no record is for the ZIP.
            let shared = hits.first().map_or(0, |area| AREAS[*area].1);
            assert_eq!(
                (found.len(), doubt.is_some()),
                (shared, shared > 0),
                "{number} {}: {hits:?}",
                STREETS[street].1
            );
            open += 1;
        }
    }
    assert!(settled > 50 && open > 10, "{settled} settled, {open} open");
}

#[tokio::test]
async fn the_table_in_force_is_shown() {
    let store = Store::open().await;
    let shown = async |state: &str| {
        let client = store.sales();
        client.get(&format!("/places/{state}/local-rates?date={DAY}")).await.expect(200)
    };
    let shipped = shown("KS").await;
    assert_eq!((&shipped["origin"], shipped["counties"].as_array().unwrap().len()), (&json!("shipped"), 105));
    assert_eq!(shown("TX").await["origin"], "none");
    let file = "county,area,level,name,rate,effective\nAllen,,county,Allen tax,0.01,2026-01-01\n\
                Allen,Iola,city,Iola tax,0.02,2026-01-01\n";
    let plain = store.import("TX", "csv", file).await;
    let found = shown("TX").await;
    assert_eq!(
        (&found["origin"], &found["import"]["id"], &found["areas"]),
        (&json!("imported"), &plain["id"], &json!(1))
    );
    assert_eq!(found["counties"], json!([{ "name": "Allen", "areas": ["Iola"] }]));
    let _ = store.import("KS", "sstRate", RATES).await;
    let _ = store.import("KS", "sstBoundary", &record("Z", DAYS, ["66048", "", "66048", ""], CITY)).await;
    let coded = shown("KS").await;
    assert_eq!((&coded["areas"], &coded["boundaries"]["rows"]), (&json!(2), &json!(1)));
    let names: Vec<_> = coded["counties"].as_array().unwrap().iter().map(|county| county["name"].clone()).collect();
    assert_eq!(names, ["Leavenworth", "Wyandotte"]);
    store.sales().get(&format!("/places/XX/local-rates?date={DAY}")).await.expect_problem(404, "state-unknown");
}
