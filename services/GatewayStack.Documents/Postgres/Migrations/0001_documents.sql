-- Every version of every document of this owner. A version is never changed.
CREATE TABLE documents(
  name text NOT NULL,
  version bigint NOT NULL,
  revision text NOT NULL, -- SHA-256 of the canonical form
  content bytea NOT NULL, -- UTF-8, as it was written: JSON or YAML
  source text NOT NULL,
  imported_by text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY(name, version)
);

-- The version in force.
CREATE TABLE active_documents(
  name text PRIMARY KEY,
  version bigint NOT NULL,
  FOREIGN KEY(name, version) REFERENCES documents(name, version)
);

GRANT SELECT, INSERT ON documents TO $runtime$;
GRANT SELECT, INSERT, UPDATE (version) ON active_documents TO $runtime$;
