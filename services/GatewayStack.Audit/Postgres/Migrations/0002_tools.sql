-- The MCP server and the tool that an event is about; partitions, and the tables that become some, get them at the end like this one.
ALTER TABLE audit_event ADD COLUMN server text, ADD COLUMN tool text;
CREATE INDEX audit_event_tool ON audit_event (tool, idx) WHERE tool IS NOT NULL;
