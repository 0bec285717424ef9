//! What other modules, the demonstration and tests may use: the use cases of the desk. Each takes an open transaction,
//! decides for the person the transaction acts for, and notes what happened; the caller commits.

pub use crate::{
    domain::{
        counts::DealCounts,
        policy::Refusal,
        state::{DealAction, DealState, WrongState},
    },
    error::DeskError,
    ops::{
        act::{approve_deal, cancel_deal, close_deal, reject_deal, reopen_deal, submit_deal},
        copy_deal::{CopyForm, copy_deal},
        of_customer::{DealOfCustomer, deal_files, deals_of_customer, erase_words},
        open_deal::open_deal,
        pencil_deal::{PencilForm, pencil_deal},
        rooftops::deal_counts,
        summary::{DealSummary, deal_summary},
    },
};
