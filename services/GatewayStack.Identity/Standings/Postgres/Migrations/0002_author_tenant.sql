-- The tenant whose administrator took a measure; null: one of all tenants did, or a version that did not say.
ALTER TABLE standings ADD COLUMN author_tenant text;
