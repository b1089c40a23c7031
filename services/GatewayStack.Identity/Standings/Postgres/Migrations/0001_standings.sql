-- The revision of all measures. Whoever changes one raises it first: changes come one after the other, and a reader sees them in that order.
CREATE TABLE standing_state(
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  revision bigint NOT NULL
);

INSERT INTO standing_state(revision) VALUES(1);

-- Measures in force (ended_at is null) and of the past. What a measure says never changes; it ends.
CREATE TABLE standings(
  id text PRIMARY KEY,
  origin smallint NOT NULL, -- 1 administrator, 2 person, 3 issuer
  author_person text,
  request_key text UNIQUE,
  request_digest text,
  measure jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text,
  end_reason text
);

CREATE INDEX standings_in_force ON standings(origin, until) WHERE ended_at IS NULL;
CREATE INDEX standings_ended ON standings(ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX standings_newest ON standings(created_at DESC);

GRANT SELECT, UPDATE (revision) ON standing_state TO $runtime$;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, end_reason), DELETE ON standings TO $runtime$;
