-- A store's tax settings beside its desk defaults: where a customer without an address on file is taken to register, and
-- what the store chooses where a state's law leaves a choice.

alter table desk_settings
    -- {state, county?, city?, zip?}; null: where the store stands.
    add column registration_place jsonb check (jsonb_typeof(registration_place) = 'object'),
    -- {state: {choice: option}}, by the names of the tax rules.
    add column elections jsonb not null default '{}' check (jsonb_typeof(elections) = 'object');
