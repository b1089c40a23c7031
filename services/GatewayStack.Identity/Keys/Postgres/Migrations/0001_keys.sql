-- The key rings, each wrapped by the master key, which is never here.
CREATE TABLE key_rings(
  name text PRIMARY KEY,
  version bigint NOT NULL,
  content bytea NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE ON key_rings TO $runtime$;
