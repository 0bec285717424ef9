-- The ten predefined roles. What each may do is a table in crates/platform/authz.

alter table membership drop constraint membership_role_check;
alter table membership add constraint membership_role_check check (role in (
    'salesperson', 'bdc', 'inventory_manager', 'sales_manager', 'fni_manager', 'controller', 'general_manager', 'auditor',
    'administrator', 'group_administrator'));
