-- The rows of the comparison, the same for every peer.
truncate peer.customers restart identity cascade;
insert into peer.customers (name, email, status, city, country, credit_limit, created_by, updated_by)
select 'Customer ' || lpad(i::text, 6, '0'),
       'customer' || i || '@example.com',
       (array ['active', 'inactive', 'prospect', 'blocked'])[1 + i % 4],
       (array ['Berlin', 'Paris', 'Madrid', 'Lisbon', 'Rome', 'Vienna', 'Oslo'])[1 + i % 7],
       (array ['DE', 'FR', 'ES', 'PT', 'IT', 'AT', 'NO'])[1 + i % 7],
       (i % 5000) + 0.5,
       'prepare', 'prepare'
from generate_series(1, 10000) i;
analyze peer.customers;
