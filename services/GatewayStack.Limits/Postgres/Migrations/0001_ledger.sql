-- One row for each request that held or used something.
CREATE TABLE requests(
  request_id text PRIMARY KEY,
  parent_request_id text,
  tenant text NOT NULL,
  person_id text NOT NULL,
  kind smallint NOT NULL,
  org_id text,
  team text,
  plan text,
  roles text NOT NULL, -- a JSON array: it keeps what no text of the server can
  action text,
  reserved_at timestamptz NOT NULL,
  counts boolean NOT NULL,
  state smallint NOT NULL, -- 0 open, 1 released, 2 closed
  hold_tokens bigint NOT NULL,
  hold_cost bigint NOT NULL, -- micro-units
  lease_ends_at timestamptz NOT NULL
) WITH (fillfactor = 90);
CREATE INDEX requests_by_time ON requests(reserved_at);
CREATE INDEX requests_open ON requests(request_id) WHERE state < 2;

-- One row for each request and attempt: what it used. Attempt 0 is a hold that was charged whole.
CREATE TABLE ledger(
  request_id text NOT NULL,
  attempt integer NOT NULL,
  tenant text NOT NULL,
  provider text,
  model text,
  tokens bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  cost bigint, -- micro-units
  estimated boolean NOT NULL,
  price_table text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY(request_id, attempt)
);

-- The last event of each producer's feed that is stored.
CREATE TABLE watermarks(
  producer text NOT NULL,
  feed text NOT NULL,
  epoch bigint NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY(producer, feed)
);

-- Where the consumer stands in each partition of a log, and under which claim.
CREATE TABLE offsets(
  topic text NOT NULL,
  partition integer NOT NULL,
  next bigint NOT NULL,
  claim bigint NOT NULL,
  PRIMARY KEY(topic, partition)
);

ALTER TABLE requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE requests FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requests USING (tenant = current_setting('app.tenant', true) OR current_setting('app.scope', true) = 'all');
ALTER TABLE ledger ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger USING (tenant = current_setting('app.tenant', true) OR current_setting('app.scope', true) = 'all');

GRANT SELECT, INSERT, UPDATE (state) ON requests TO $runtime$;
GRANT SELECT, INSERT ON ledger TO $runtime$;
GRANT SELECT, INSERT, UPDATE (epoch, seq) ON watermarks TO $runtime$;
GRANT SELECT, INSERT, UPDATE (next, claim) ON offsets TO $runtime$;
