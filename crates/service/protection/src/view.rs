//! What the API answers.

use autolytiq_db::catalogue::{Class, MappedColumn, MappedTable};
use autolytiq_secrets::Rotation;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::UnderKey;

/// The master keys, and how far their rotation is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeysView {
    /// Where they come from: `file` or `environment`.
    source: KeySource,
    /// Every master key this process has, the newest first, and those it lacks.
    keys: Vec<KeyView>,
    /// People of the store whose key was destroyed: what was protected of them is unreadable for good.
    erased: u64,
    /// The newest rotation, of all stores of the installation.
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation: Option<RotationView>,
}

/// Where master keys come from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum KeySource {
    /// The key file of the data folder.
    File,
    /// The environment of the process.
    Environment,
}

/// One version of the master key.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct KeyView {
    /// Its name.
    id: String,
    /// Whether new data keys are wrapped under it.
    newest: bool,
    /// Whether this process has it.
    present: bool,
    /// People of the store whose data key stands under it.
    subjects: u64,
}

/// How far a rotation is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RotationView {
    /// The master key that takes over.
    master_key_id: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Data keys to bring over.
    total: u64,
    /// Those that were.
    done: u64,
    /// When the last one was.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// When none was left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    /// Why it does not go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

impl KeysView {
    pub(crate) fn new(in_file: bool, ids: &[String], under: Vec<UnderKey>, rotation: Option<Rotation>) -> Self {
        let mut view = Self {
            source: if in_file { KeySource::File } else { KeySource::Environment },
            keys: Vec::new(),
            erased: 0,
            rotation: rotation.map(RotationView::from),
        };
        let key = |id: &str, present| KeyView { id: id.to_owned(), newest: false, present, subjects: 0 };
        view.keys.extend(ids.iter().map(|id| key(id, true)));
        if let Some(newest) = view.keys.first_mut() {
            newest.newest = true;
        }
        for UnderKey { master_key_id, subjects } in under {
            let subjects = subjects.unsigned_abs();
            let Some(id) = master_key_id else {
                view.erased = subjects;
                continue;
            };
            match view.keys.iter_mut().find(|key| key.id == id) {
                Some(key) => key.subjects = subjects,
                None => view.keys.push(KeyView { subjects, ..key(&id, false) }),
            }
        }
        view
    }
}

impl From<Rotation> for RotationView {
    fn from(rotation: Rotation) -> Self {
        let Rotation { master_key_id, started_at, total, done, updated_at, finished_at, failure } = rotation;
        // Keys that were made under an older master key meanwhile come on top.
        Self { master_key_id, started_at, total: total.max(done), done, updated_at, finished_at, failure }
    }
}

/// What is stored, of which class and in which form.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DataMapView {
    /// The classes, from what anybody may read to what nobody may.
    classes: Vec<ClassView>,
    /// The tables, in the order of the alphabet.
    tables: Vec<TableView>,
}

/// One class of data.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ClassView {
    /// Its name.
    name: &'static str,
    /// What it means and how it is kept.
    meaning: &'static str,
    /// Whether it is stored as ciphertext and in no other way.
    sealed: bool,
    /// How many columns are of it.
    columns: usize,
}

/// One table.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TableView {
    /// Its name.
    name: String,
    /// What it holds.
    holds: String,
    /// Whether its rows belong to a store.
    of_a_store: bool,
    /// Its columns.
    columns: Vec<MappedColumnView>,
}

/// One column.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MappedColumnView {
    /// Its name.
    name: String,
    /// Its type.
    #[serde(rename = "type")]
    kind: String,
    /// The name of its class; absent when nobody has said it yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    /// How it stands there when it is not in clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'static str>,
}

impl From<Vec<MappedTable>> for DataMapView {
    fn from(tables: Vec<MappedTable>) -> Self {
        let count = |class| {
            let columns = tables.iter().flat_map(|table| &table.columns);
            columns.filter(|column| column.class == Some(class)).count()
        };
        let classes = Class::ALL.map(|class| ClassView {
            name: class.name(),
            meaning: class.meaning(),
            sealed: class.is_sealed(),
            columns: count(class),
        });
        Self { classes: classes.into(), tables: tables.into_iter().map(TableView::from).collect() }
    }
}

impl From<MappedTable> for TableView {
    fn from(MappedTable { name, holds, of_a_store, columns }: MappedTable) -> Self {
        let column = |MappedColumn { name, kind, class, form }| MappedColumnView {
            name,
            kind,
            class: class.map(Class::name),
            form,
        };
        Self { name, holds, of_a_store, columns: columns.into_iter().map(column).collect() }
    }
}
