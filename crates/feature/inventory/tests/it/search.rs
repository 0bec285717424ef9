//! The list and the search.

use serde_json::{Value, json};

use crate::{add, app, new_id, outback, vin};

fn stock_numbers(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["stockNumber"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn vehicles_are_found_by_what_stands_on_them() {
    let (app, floor) = app().await;
    let elsewhere = app.test().floor().await;
    let (manager, sales) = (app.client(&floor.sales_manager), app.client(&floor.salesperson));
    for (stock, serial, model, condition) in [
        ("N101", 100_101, "Outback", "new"),
        ("N102", 100_102, "Forester", "new"),
        ("U4471", 104_471, "Outback", "used"),
    ] {
        let mut body = outback(new_id(&app), stock, serial);
        (body["model"], body["condition"]) = (json!(model), json!(condition));
        add(&manager, &body).await;
    }
    add(&app.client(&elsewhere.sales_manager), &outback(new_id(&app), "N101", 100_101)).await;
    for (query, expected) in [
        ("", vec!["N101", "N102", "U4471"]),
        ("q=u4471", vec!["U4471"]),
        ("q=outback", vec!["N101", "U4471"]),
        ("q=2025%20subaru%20forester", vec!["N102"]),
        (&format!("q={}", vin(100_102)), vec!["N102"]),
        ("q=100102", vec!["N102"]),
        ("q=S3104471", vec!["U4471"]),
        ("q=outback&condition=used", vec!["U4471"]),
        ("condition=new", vec!["N101", "N102"]),
        ("status=sold", vec![]),
        ("q=%25%25", vec![]),
    ] {
        let page = sales.get(&format!("/inventory?{query}")).await.expect(200);
        assert_eq!(stock_numbers(&page), expected, "{query}");
    }
    sales.get("/inventory?condition=old").await.expect_problem(422, "invalid-field");
    sales.get("/inventory?limit=0").await.expect_problem(422, "invalid-field");

    let first = sales.get("/inventory?limit=2").await.expect(200);
    let next = first["nextCursor"].as_str().unwrap();
    let second = sales.get(&format!("/inventory?limit=2&cursor={next}")).await.expect(200);
    assert_eq!((stock_numbers(&second), second.get("nextCursor")), (vec!["U4471"], None));
}
