-- To be run in Asterisk's database by the tables' owner, who must be allowed to make roles.
CREATE ROLE sipstack_cdc WITH LOGIN REPLICATION PASSWORD 'change me';
GRANT USAGE ON SCHEMA public TO sipstack_cdc;
GRANT SELECT ON public.cdr, public.cel TO sipstack_cdc;
-- Without it an update does not send long values that it left alone, and a table without a primary key can neither be
-- updated nor deleted from once it is published.
ALTER TABLE public.cdr REPLICA IDENTITY FULL;
ALTER TABLE public.cel REPLICA IDENTITY FULL;
-- Made here, or else the role would have to own the tables.
CREATE PUBLICATION sipstack FOR TABLE public.cdr, public.cel;
