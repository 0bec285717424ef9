-- Search walks the list of customers in an index that holds the words too, as that of vehicles does (0107): three pages for
-- a hundred customers, where each was a page of its own. The function reads it as it is.

create index customer_in_order_covered on customer (dealership_id, sort_name, id) include (search_text);
drop index customer_in_order;
alter index customer_in_order_covered rename to customer_in_order;
