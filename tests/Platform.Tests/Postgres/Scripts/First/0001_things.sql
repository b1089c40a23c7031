CREATE TABLE things(
  tenant text NOT NULL,
  id bigint NOT NULL,
  PRIMARY KEY(tenant, id)
);
ALTER TABLE things ENABLE ROW LEVEL SECURITY;
ALTER TABLE things FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON things USING (tenant = current_setting('app.tenant', true) OR current_setting('app.scope', true) = 'all');
GRANT SELECT, INSERT ON things TO $runtime$;
