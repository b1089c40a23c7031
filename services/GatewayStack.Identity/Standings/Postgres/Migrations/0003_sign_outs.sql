-- Finds the sign-outs of an issuer that are in force.
CREATE INDEX standings_sign_outs ON standings((measure->'subject'->>'issuer'), created_at) WHERE ended_at IS NULL AND origin = 3;
