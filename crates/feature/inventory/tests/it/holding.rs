//! Holding, selling, giving back: what deals do with a vehicle.

use autolytiq_inventory::{
    InventoryError,
    api::{VehicleStatus, hold_vehicle, release_vehicle, sell_vehicle, vehicle},
};
use autolytiq_kernel::VehicleId;
use uuid::Uuid;

use crate::{add, app, new_id, outback};

#[tokio::test]
async fn one_vehicle_is_held_and_sold_once() {
    let (app, floor) = app().await;
    let id = new_id(&app);
    add(&app.client(&floor.sales_manager), &outback(id, "U1", 1)).await;
    let id = VehicleId::from_uuid(id);
    let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut tx = app.test().db().tenant(&floor.sales_manager).await.unwrap();

    let early = sell_vehicle(&mut tx, id, first).await;
    assert!(matches!(early, Err(InventoryError::NotAvailable { status: VehicleStatus::InStock, .. })), "{early:?}");
    hold_vehicle(&mut tx, id, first).await.unwrap();
    hold_vehicle(&mut tx, id, first).await.unwrap();
    assert!(matches!(hold_vehicle(&mut tx, id, second).await, Err(InventoryError::NotAvailable { .. })));
    assert!(matches!(sell_vehicle(&mut tx, id, second).await, Err(InventoryError::NotAvailable { .. })));
    // Who does not hold it gives nothing back.
    release_vehicle(&mut tx, id, second).await.unwrap();
    assert_eq!(vehicle(&mut tx, id).await.unwrap().status, VehicleStatus::Pending);
    sell_vehicle(&mut tx, id, first).await.unwrap();
    assert!(matches!(hold_vehicle(&mut tx, id, second).await, Err(InventoryError::NotAvailable { .. })));
    release_vehicle(&mut tx, id, first).await.unwrap();
    let back = vehicle(&mut tx, id).await.unwrap();
    // Taken in, held, sold, released.
    assert_eq!((back.status, back.held_by, back.version), (VehicleStatus::InStock, None, 4));
    hold_vehicle(&mut tx, id, second).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_sold_vehicle_that_came_back_is_not_given_back_twice() {
    let (app, floor) = app().await;
    let manager = app.client(&floor.sales_manager);
    let (id, again) = (new_id(&app), new_id(&app));
    add(&manager, &outback(id, "N1", 1)).await;
    let deal = Uuid::from_u128(1);
    let mut tx = app.test().db().tenant(&floor.sales_manager).await.unwrap();
    hold_vehicle(&mut tx, VehicleId::from_uuid(id), deal).await.unwrap();
    sell_vehicle(&mut tx, VehicleId::from_uuid(id), deal).await.unwrap();
    tx.commit().await.unwrap();
    // A year later it is a trade, under another stock number.
    add(&manager, &outback(again, "U1", 1)).await;
    let mut tx = app.test().db().tenant(&floor.sales_manager).await.unwrap();
    let refused = release_vehicle(&mut tx, VehicleId::from_uuid(id), deal).await;
    assert!(matches!(refused, Err(InventoryError::VinInStock)), "{refused:?}");
}
