-- The MCP server and the tool that a request called. At the end: rows are inserted by position.
ALTER TABLE requests ADD COLUMN server text, ADD COLUMN tool text;
