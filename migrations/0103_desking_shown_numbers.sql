-- A deal's number as the desk says it, in the way the store numbered its deals when it was opened. It stands on papers that
-- somebody has signed, so it stays as it was. Deals of before are called D- and their number.

alter table deal add column shown_number text check (char_length(shown_number) between 1 and 40);
comment on column deal.shown_number is 'The number as it is shown and searched; null: D- and the number.';
