//! A consent: to be contacted in one way, or to have one's data shared.

use autolytiq_kernel::{PersonId, typed_id};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

typed_id! {
    /// An entry of the consent ledger.
    ConsentId = "consent",
}

/// Declares an enum of words with their stored form, which is also the wire's.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        $vis enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every one.
            $vis const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that is stored and sent.
            #[must_use]
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The one with this word.
            #[must_use]
            $vis fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What a consent is for.
    pub Channel {
        /// Advertising by mail and e-mail.
        Email = "email",
        /// Text messages.
        Sms = "sms",
        /// Calls.
        Phone = "phone",
        /// Sharing of nonpublic personal information with third parties beyond what the law allows without asking.
        Sharing = "sharing",
    }
}

words! {
    /// How the customer said it.
    pub ConsentSource {
        /// Face to face.
        InPerson = "in_person",
        /// On the telephone.
        Phone = "phone",
        /// On a web page or in a message.
        Web = "web",
        /// On a signed paper.
        Paper = "paper",
        /// By the link in a mail; only the customer does that.
        UnsubscribeLink = "unsubscribe_link",
    }
}

/// An entry to be made by somebody of the store.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentForm {
    /// Made by the client, version 7.
    pub id: ConsentId,
    /// What it is for.
    pub channel: Channel,
    /// Given, or taken back.
    pub given: bool,
    /// How the customer said it.
    pub source: ConsentSource,
    /// What the customer was shown or told, word for word.
    #[schema(min_length = 1, max_length = 2000)]
    pub wording: String,
}

/// An entry of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: ConsentId,
    pub(crate) channel: Channel,
    pub(crate) given: bool,
    pub(crate) source: ConsentSource,
    pub(crate) wording: Option<String>,
    pub(crate) recorded_at: Timestamp,
    pub(crate) recorded_by: Option<PersonId>,
}

/// The newest entry of each channel, from entries that stand newest first.
pub(crate) fn newest(entries: &[Entry], channel: Channel) -> Option<&Entry> {
    entries.iter().find(|entry| entry.channel == channel)
}

#[cfg(test)]
mod tests {
    use super::{Channel, ConsentSource};

    #[test]
    fn what_is_stored_is_what_is_sent() {
        for channel in Channel::ALL {
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.as_str());
        }
        for source in ConsentSource::ALL {
            assert_eq!(serde_json::to_value(source).unwrap(), source.as_str());
        }
    }
}
