-- A search answers with a page. Told so, the planner looks the customers of the page up one by one; left with the thousand
-- rows it takes a function for, it reads the whole list of a large store for them.
alter function crm_search_customers rows 50;
