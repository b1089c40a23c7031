DO $$
BEGIN
  EXECUTE 'ALTER TABLE things ADD COLUMN note text';
END
$$;
