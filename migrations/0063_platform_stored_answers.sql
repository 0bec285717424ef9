-- Answers under an idempotency key are written once, seldom read and deleted after a day: compressing them costs more than
-- their place does.
alter table idempotency_key alter column body set storage external;
