ALTER TABLE things ADD COLUMN half text;
ALTER TABLE nothing ADD COLUMN half text;
