//! Tables of `service/mail`: messages to people, and what they are made from.

use super::{
    Class::{Internal, Secret, Staff},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("mail", Internal, "dealership_id id kind state attempts last_error useful_until created_at done_at"),
    ("mail", Staff, "to_name to_email subject body"),
    ("mail", Secret, "sealed"),
    ("mail_template", Internal, "dealership_id kind version subject body saved_at"),
    ("mail_template", Staff, "saved_by"),
];
