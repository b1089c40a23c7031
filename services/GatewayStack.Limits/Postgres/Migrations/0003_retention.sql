-- Takes requests that no window can count any more, with what they used, at most so many at once; says how many. Runs as the owner: whoever runs the
-- service can let go of what is old, and can delete nothing else.
CREATE FUNCTION ledger_forget(before timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = gatewaystack, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
    gone bigint;
BEGIN
    IF before > now() - interval '60 days' THEN
        RAISE EXCEPTION 'requests since % may still be counted', before;
    END IF;

    PERFORM set_config('app.scope', 'all', true);
    WITH due AS (
        SELECT r.request_id FROM requests r WHERE r.reserved_at < before ORDER BY r.reserved_at LIMIT most FOR UPDATE SKIP LOCKED),
    used AS (
        DELETE FROM ledger l USING due WHERE l.request_id = due.request_id),
    asked AS (
        DELETE FROM requests r USING due WHERE r.request_id = due.request_id RETURNING 1)
    SELECT count(*) INTO gone FROM asked;
    RETURN gone;
END
$$;

REVOKE ALL ON FUNCTION ledger_forget(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_forget(timestamptz, integer) TO $runtime$;
