-- AlterTable
ALTER TABLE "idempotency_keys" ADD COLUMN     "user_id" TEXT;

-- As before, but recorded answers go by whose they are: they can hold a name, a title, a text.
CREATE OR REPLACE FUNCTION erase_person(person text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  stranger text := 'erased_' || gen_random_uuid();
BEGIN
  PERFORM 1 FROM users WHERE id = person FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO erased_people (id_hash) VALUES (sha256(convert_to(person, 'UTF8'))) ON CONFLICT DO NOTHING;
  PERFORM set_config('penora.erasing', person, true);
  UPDATE credit_transactions SET user_id = stranger, description = '', metadata = NULL, project_code = NULL
    WHERE user_id = person;
  PERFORM set_config('penora.erasing', '', true);
  UPDATE app_usage SET user_id = stranger, details = NULL WHERE user_id = person;
  DELETE FROM idempotency_keys WHERE user_id = person OR scope = 'user:' || person;
  DELETE FROM users WHERE id = person;
  RETURN stranger;
END $$;
