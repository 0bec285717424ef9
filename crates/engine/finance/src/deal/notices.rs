//! What a reader must know beside the figures.

use autolytiq_tax::{Notice, Severity};
use std::borrow::Cow;

/// The notices of a deal. What several columns have to say alike is said once.
#[derive(Debug, Default)]
pub(super) struct Notices(Vec<Notice>);

impl Notices {
    pub(super) fn add(&mut self, notice: Notice) {
        if !self.0.contains(&notice) {
            self.0.push(notice);
        }
    }

    pub(super) fn extend(&mut self, notices: Vec<Notice>) {
        for notice in notices {
            self.add(notice);
        }
    }

    pub(super) fn warn(
        &mut self,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
        pointer: impl Into<Cow<'static, str>>,
    ) {
        self.say(Severity::Warning, code, detail, pointer);
    }

    pub(super) fn info(
        &mut self,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
        pointer: impl Into<Cow<'static, str>>,
    ) {
        self.say(Severity::Info, code, detail, pointer);
    }

    fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
        pointer: impl Into<Cow<'static, str>>,
    ) {
        self.add(Notice {
            code: Cow::Borrowed(code),
            severity,
            detail: detail.into(),
            pointer: Some(pointer.into()),
            source: None,
        });
    }

    pub(super) fn into_vec(self) -> Vec<Notice> {
        self.0
    }
}
