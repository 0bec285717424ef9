//! Requests and answers, one file per area.

mod answer;
mod api_keys;
mod auth;
mod codes;
mod cookie;
mod custom_roles;
mod dealerships;
mod desk;
mod factors;
mod features;
mod forms;
mod group_people;
mod invitations;
mod jwks;
mod links;
mod locks;
mod numbering;
mod passkeys;
mod passwords;
mod qr;
mod registrations;
mod roles;
mod service_accounts;
mod sessions;
mod set_up;
mod setting_versions;
mod single_sign_on;
mod store_card;
mod teams;
mod user_imports;
mod users;
mod with_version;

use autolytiq_http::{RateClass, Routes, op};
use autolytiq_kernel::Feature;

/// Set-up, sign-in, sessions, and the keys that verify tokens.
pub(crate) fn auth() -> Routes {
    Routes::api("auth")
        .add(op!(set_up::get_set_up))
        .add(op!(set_up::set_up).limit(RateClass::LogIn))
        .add(op!(auth::login).limit(RateClass::LogIn))
        .add(op!(single_sign_on::begin).limit(RateClass::LogIn))
        .add(op!(single_sign_on::complete).limit(RateClass::LogIn))
        .add(op!(passwords::replace_password).limit(RateClass::LogIn))
        .add(op!(passwords::change_password).limit(RateClass::LogIn))
        .add(op!(links::forgotten_password).limit(RateClass::LogIn))
        .add(op!(links::look_at_link).limit(RateClass::LogIn))
        .add(op!(links::follow_link).limit(RateClass::LogIn))
        .add(op!(registrations::get_registration_door))
        .add(op!(registrations::request_access).limit(RateClass::LogIn))
        .add(op!(registrations::confirm_address).limit(RateClass::LogIn))
        .add(op!(factors::prove_factor))
        .add(op!(factors::confirm))
        .add(op!(factors::list_factors))
        .add(op!(factors::begin_totp))
        .add(op!(factors::confirm_totp))
        .add(op!(passkeys::begin_passkey))
        .add(op!(passkeys::confirm_passkey))
        .add(op!(passkeys::challenge_passkey))
        .add(op!(codes::send_code))
        .add(op!(codes::begin_code))
        .add(op!(codes::confirm_code))
        .add(op!(factors::delete_factor).confirmed())
        .add(op!(factors::renew_recovery_codes).confirmed())
        .add(op!(sessions::list_sessions))
        .add(op!(sessions::end_session))
        .add(op!(auth::refresh))
        .add(op!(auth::logout))
        .add(op!(auth::logout_everywhere))
        .add(op!(auth::switch_store))
        .add(op!(auth::validate_token))
        .add(op!(api_keys::list_own))
        .add(op!(api_keys::create_own).confirmed().part_of(Feature::PersonalKeys))
        .add(op!(api_keys::revoke_own))
        .and(Routes::root("auth").add(op!(jwks::jwks)))
}

/// Users, stores, roles and settings.
pub(crate) fn admin() -> Routes {
    Routes::api("admin")
        .add(op!(users::list_users))
        .add(op!(users::create_user).idempotent().confirmed())
        .add(op!(users::get_user))
        .add(op!(invitations::invite_user).idempotent())
        .add(op!(invitations::list_invitations))
        .add(op!(registrations::get_door))
        .add(op!(registrations::put_door).confirmed())
        .add(op!(registrations::list_registrations))
        .add(op!(registrations::approve_registration).idempotent().confirmed())
        .add(op!(registrations::decline_registration).idempotent())
        .add(op!(user_imports::list_user_imports))
        .add(op!(user_imports::preview_user_import).part_of(Feature::PeopleImport))
        .add(op!(user_imports::create_user_import).idempotent().confirmed().part_of(Feature::PeopleImport))
        .add(op!(user_imports::undo_user_import).confirmed())
        .add(op!(users::put_user_name))
        .add(op!(users::put_user_role).confirmed())
        .add(op!(teams::put_user_team).confirmed())
        .add(op!(teams::list_teams))
        .add(op!(teams::create_team).idempotent())
        .add(op!(teams::put_team))
        .add(op!(teams::delete_team))
        .add(op!(users::deactivate_user).confirmed())
        .add(op!(users::reactivate_user).confirmed())
        .add(op!(locks::list_locked))
        .add(op!(locks::unlock_user).confirmed())
        .add(op!(api_keys::list_all))
        .add(op!(api_keys::revoke_any))
        .add(op!(service_accounts::list_service_accounts))
        .add(op!(service_accounts::create_service_account).idempotent().confirmed())
        .add(op!(api_keys::create_for_service).confirmed())
        .add(op!(dealerships::list_dealerships))
        .add(op!(group_people::list_group_people))
        .add(op!(group_people::end_group_access).confirmed())
        .add(op!(roles::list_roles))
        .add(op!(sessions::end_store_sessions).confirmed())
        .add(op!(sessions::get_session_settings))
        .add(op!(sessions::put_session_settings).confirmed())
        .add(op!(single_sign_on::get_single_sign_on))
        .add(op!(single_sign_on::put_single_sign_on).confirmed())
        .add(op!(single_sign_on::try_single_sign_on))
        .add(op!(custom_roles::list_custom_roles))
        .add(op!(custom_roles::create_custom_role).idempotent().confirmed())
        .add(op!(custom_roles::put_custom_role).confirmed())
        .add(op!(custom_roles::delete_custom_role).confirmed())
        .add(op!(desk::get_desk_settings))
        .add(op!(desk::put_desk_settings))
        .add(op!(store_card::get_store_profile))
        .add(op!(store_card::put_store_profile))
        .add(op!(store_card::create_store_logo))
        .add(op!(store_card::get_letterhead))
        .add(op!(numbering::get_numbering))
        .add(op!(numbering::put_numbering))
        .add(op!(features::get_features))
        .add(op!(features::put_features).confirmed())
        .add(op!(setting_versions::list_setting_versions))
        .add(op!(setting_versions::restore_setting_version).confirmed())
}
