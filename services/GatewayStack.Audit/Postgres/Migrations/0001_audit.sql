-- One row for each thing that happened. The exact bytes are the record; every other column is derived from them, and cut where it would not fit an index.
-- By retention class, then by month: what is past its retention goes as a whole. A default on both levels takes what has no partition yet, so that nothing is refused.
CREATE TABLE audit_event (
    idx bigint NOT NULL,
    producer text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    time timestamptz NOT NULL,
    type text COLLATE "C" NOT NULL,
    request_id text COLLATE "C" NOT NULL,
    person_id text COLLATE "C",
    user_hash bytea,
    action text COLLATE "C",
    model text COLLATE "C",
    backend text COLLATE "C",
    decision text COLLATE "C",
    client_id text COLLATE "C",
    client_name text COLLATE "C",
    parent_request_id text COLLATE "C",
    run_id text COLLATE "C",
    session_id text COLLATE "C",
    purpose text COLLATE "C",
    actor text COLLATE "C",
    retention text COLLATE "C" NOT NULL,
    outcome text COLLATE "C",
    bytes bytea NOT NULL
) PARTITION BY LIST (retention);

-- By index alone nobody asks yet; the rows stand in its order, so that the smallest kind will do.
CREATE INDEX audit_event_idx ON audit_event USING brin (idx);
CREATE INDEX audit_event_tenant ON audit_event (tenant, idx);
CREATE INDEX audit_event_user ON audit_event (user_hash, idx) WHERE user_hash IS NOT NULL;
CREATE INDEX audit_event_person ON audit_event (person_id, idx) WHERE person_id IS NOT NULL;
CREATE INDEX audit_event_request ON audit_event (request_id, idx);
CREATE INDEX audit_event_parent ON audit_event (parent_request_id, idx) WHERE parent_request_id IS NOT NULL;
CREATE INDEX audit_event_run ON audit_event (run_id, idx) WHERE run_id IS NOT NULL;
CREATE TABLE audit_event_rest PARTITION OF audit_event DEFAULT;

-- What an event is about: it stands and goes with the event.
CREATE TABLE audit_resource (
    idx bigint NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    time timestamptz NOT NULL,
    retention text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    id_hash bytea
) PARTITION BY LIST (retention);
CREATE INDEX audit_resource_idx ON audit_resource (idx);
CREATE INDEX audit_resource_id ON audit_resource (id_hash, idx) WHERE id_hash IS NOT NULL;
CREATE TABLE audit_resource_rest PARTITION OF audit_resource DEFAULT;

-- The end of the log: its row is locked by whoever appends, until the commit. Indexes are contiguous and in the order of the commits.
-- The producer is the store itself, for what it does on its own.
CREATE TABLE audit_log (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    last_idx bigint NOT NULL,
    producer text COLLATE "C" NOT NULL,
    last_seq bigint NOT NULL
);
INSERT INTO audit_log (last_idx, producer, last_seq) VALUES (0, replace(gen_random_uuid()::text, '-', ''), 0);

-- Which events are stored, as ranges of numbers. A unique key of a partitioned table must contain the partition's, and could not say what is missing;
-- these rows outlive the partitions, and are one or two per producer instead of one per event.
CREATE TABLE audit_seen (
    producer text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL CHECK (last >= first),
    since bigint NOT NULL,
    PRIMARY KEY (producer, epoch, first)
) WITH (fillfactor = 50);

CREATE TABLE audit_watermark (
    producer text COLLATE "C" NOT NULL,
    feed text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (producer, feed)
) WITH (fillfactor = 50);

CREATE TABLE audit_position (
    topic text COLLATE "C" NOT NULL,
    part integer NOT NULL,
    next bigint NOT NULL,
    claim bigint NOT NULL,
    PRIMARY KEY (topic, part)
) WITH (fillfactor = 50);

-- What could not be read, as it came: events of a producer, and messages of a log that were none.
CREATE TABLE audit_dead_letter (
    producer text COLLATE "C",
    epoch bigint,
    seq bigint,
    topic text COLLATE "C",
    part integer,
    position bigint,
    error text NOT NULL,
    time timestamptz NOT NULL,
    bytes bytea NOT NULL,
    CHECK ((producer IS NULL) <> (topic IS NULL))
);
CREATE UNIQUE INDEX audit_dead_letter_event ON audit_dead_letter (producer, epoch, seq) WHERE producer IS NOT NULL;
CREATE UNIQUE INDEX audit_dead_letter_message ON audit_dead_letter (topic, part, position) WHERE topic IS NOT NULL;

CREATE TABLE audit_hash_key (key_id text COLLATE "C" PRIMARY KEY);

-- How many rows each tenant has in a month of a class: what a dropped partition held is known without reading it.
CREATE TABLE audit_count (
    retention text COLLATE "C" NOT NULL,
    month date NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (retention, month, tenant)
) WITH (fillfactor = 50);

CREATE TABLE audit_class (retention text COLLATE "C" PRIMARY KEY, number integer NOT NULL UNIQUE);
CREATE TABLE audit_partition (
    retention text COLLATE "C" NOT NULL REFERENCES audit_class,
    month date NOT NULL,
    PRIMARY KEY (retention, month)
);

-- A reader sees the rows of the tenant that its transaction names; one that names none sees none. Whoever appends need not name any, and reads nothing back.
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_event_read ON audit_event FOR SELECT USING (tenant = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY audit_event_append ON audit_event FOR INSERT WITH CHECK (true);
ALTER TABLE audit_resource ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_resource FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_resource_read ON audit_resource FOR SELECT USING (tenant = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY audit_resource_append ON audit_resource FOR INSERT WITH CHECK (true);
-- Partitions are reached through their table only: nothing is granted on them, and no policy lets anybody but their owner in.
ALTER TABLE audit_event_rest ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_resource_rest ENABLE ROW LEVEL SECURITY;

-- Makes the partition of a month, and of the class where it is new; false where there are too many classes: then the default takes it.
-- Runs as the owner. The rows that the default took meanwhile move. A partition is attached, not created in place: that would wait for readers of all the others.
CREATE FUNCTION audit_add_partition(class text, month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = gatewaystack, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
    start date := date_trunc('month', audit_add_partition.month::timestamp);
    finish date := start + interval '1 month';
    id integer;
    base text;
    parent text;
    leaf text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('gatewaystack.audit_partition'));
    IF EXISTS (SELECT FROM audit_partition p WHERE p.retention = class AND p.month = start) THEN
        RETURN true;
    END IF;

    SELECT number INTO id FROM audit_class WHERE retention = class;
    IF id IS NULL THEN
        SELECT count(*) + 1 INTO id FROM audit_class;
        IF id > 32 THEN
            RETURN false;
        END IF;
        INSERT INTO audit_class (retention, number) VALUES (class, id);
        FOREACH base IN ARRAY ARRAY['audit_event', 'audit_resource'] LOOP
            parent := format('%s_%s', base, id);
            EXECUTE format('CREATE TABLE %I (LIKE %I) PARTITION BY RANGE (time)', parent, base);
            EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', parent || '_rest', parent);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', parent);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', parent || '_rest');
            EXECUTE format('WITH moved AS (DELETE FROM %I WHERE retention = $1 RETURNING *) INSERT INTO %I SELECT * FROM moved', base || '_rest', parent || '_rest') USING class;
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%L)', base, parent, class);
        END LOOP;
    END IF;

    FOREACH base IN ARRAY ARRAY['audit_event', 'audit_resource'] LOOP
        parent := format('%s_%s', base, id);
        leaf := format('%s_%s', parent, to_char(start, 'YYYYMM'));
        EXECUTE format('CREATE TABLE %I (LIKE %I)', leaf, base);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', leaf);
        EXECUTE format('WITH moved AS (DELETE FROM %I WHERE time >= $1 AND time < $2 RETURNING *) INSERT INTO %I SELECT * FROM moved', parent || '_rest', leaf)
            USING start::timestamp AT TIME ZONE 'UTC', finish::timestamp AT TIME ZONE 'UTC';
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, leaf,
            start::timestamp AT TIME ZONE 'UTC', finish::timestamp AT TIME ZONE 'UTC');
    END LOOP;
    INSERT INTO audit_partition (retention, month) VALUES (class, start);
    RETURN true;
END
$$;

-- Removes a past month of a class, and says how many rows each tenant had there. Runs as the owner, in the transaction that stores the event of it.
CREATE FUNCTION audit_drop_partition(class text, month date) RETURNS TABLE (tenant text, rows bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = gatewaystack, pg_temp SET lock_timeout = '3s' AS $$
#variable_conflict use_column
DECLARE
    start date := date_trunc('month', audit_drop_partition.month::timestamp);
    finish date := start + interval '1 month';
    id integer;
    base text;
    parent text;
BEGIN
    IF finish::timestamp AT TIME ZONE 'UTC' > now() THEN
        RAISE EXCEPTION 'the month % is not over', start;
    END IF;

    PERFORM pg_advisory_xact_lock(hashtext('gatewaystack.audit_partition'));
    SELECT number INTO id FROM audit_class WHERE retention = class;
    FOREACH base IN ARRAY ARRAY['audit_event', 'audit_resource'] LOOP
        parent := CASE WHEN id IS NULL THEN base ELSE format('%s_%s', base, id) END;
        IF EXISTS (SELECT FROM audit_partition p WHERE p.retention = class AND p.month = start) THEN
            EXECUTE format('DROP TABLE %I', format('%s_%s', parent, to_char(start, 'YYYYMM')));
        END IF;
        EXECUTE format('DELETE FROM %I WHERE retention = $1 AND time >= $2 AND time < $3', parent || '_rest')
            USING class, start::timestamp AT TIME ZONE 'UTC', finish::timestamp AT TIME ZONE 'UTC';
    END LOOP;
    DELETE FROM audit_partition p WHERE p.retention = class AND p.month = start;
    RETURN QUERY DELETE FROM audit_count c WHERE c.retention = class AND c.month = start RETURNING c.tenant, c.rows;
END
$$;

REVOKE ALL ON FUNCTION audit_add_partition(text, date), audit_drop_partition(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_add_partition(text, date), audit_drop_partition(text, date) TO $runtime$;
GRANT SELECT, INSERT ON audit_event, audit_resource, audit_hash_key TO $runtime$;
GRANT SELECT, UPDATE ON audit_log TO $runtime$;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_seen TO $runtime$;
GRANT SELECT, INSERT, UPDATE ON audit_watermark, audit_position, audit_count TO $runtime$;
GRANT SELECT ON audit_class, audit_partition TO $runtime$;
-- Whose a dead letter is, is not known: how many there are and what was wrong is for the administration, their bytes are for the owner.
GRANT INSERT ON audit_dead_letter TO $runtime$;
GRANT SELECT (producer, epoch, seq, topic, part, position, error, time) ON audit_dead_letter TO $runtime$;
