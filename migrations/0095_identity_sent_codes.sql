-- Codes that are sent, by mail or as a text message, as second factors. A number to which texts go is sealed like an
-- authenticator app's secret; a code that sets a factor up is none that proves it.

alter table factor drop constraint factor_kind_check;
alter table factor add constraint factor_kind_check check (kind in ('totp', 'passkey', 'email', 'sms'));
alter table factor drop constraint factor_check;
alter table factor add constraint factor_secret_check check ((kind in ('totp', 'sms')) = (secret is not null));
-- One's address is one, and so is one's phone.
create unique index factor_sent_once on factor (person_id, kind) where kind in ('email', 'sms') and confirmed_at is not null;

alter table factor_challenge drop constraint factor_challenge_kind_check;
alter table factor_challenge add constraint factor_challenge_kind_check
    check (kind in ('passkey', 'passkey_enrolment', 'email', 'sms', 'email_enrolment', 'sms_enrolment'));
