-- what people write in PL/pgSQL
CREATE TABLE boards (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), slug TEXT NOT NULL UNIQUE, cards INT NOT NULL DEFAULT 0, open_cards INT DEFAULT 0, updated_at TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE TABLE cards (
  id BIGSERIAL PRIMARY KEY, board_id UUID NOT NULL REFERENCES boards(id), title TEXT, slug VARCHAR(80), state TEXT NOT NULL DEFAULT 'open',
  version INT NOT NULL DEFAULT 1, updated_at TIMESTAMP DEFAULT now(), touched TIMESTAMPTZ
);
CREATE TABLE history (id BIGSERIAL PRIMARY KEY, card_id BIGINT NOT NULL, was TEXT, is_now TEXT, at TIMESTAMPTZ NOT NULL DEFAULT now());

CREATE FUNCTION touch() RETURNS TRIGGER AS $$ BEGIN NEW.updated_at = NOW(); RETURN NEW; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER touch BEFORE UPDATE ON boards FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch();
CREATE TRIGGER touch BEFORE UPDATE ON cards FOR EACH ROW EXECUTE PROCEDURE touch();

CREATE FUNCTION "set_current_timestamp_touched"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  _new record;
BEGIN
  _new := NEW;
  _new."touched" = NOW();
  RETURN _new;
END;
$$;
CREATE TRIGGER set_touched BEFORE UPDATE ON cards FOR EACH ROW EXECUTE FUNCTION "set_current_timestamp_touched"();

CREATE FUNCTION count_cards() RETURNS trigger AS $body$
BEGIN
  IF (TG_OP = 'INSERT') THEN
    UPDATE boards SET cards = cards + 1, open_cards = COALESCE(open_cards, 0) + CASE WHEN NEW.state = 'open' THEN 1 ELSE 0 END WHERE id = NEW.board_id;
    RETURN NEW;
  ELSIF (TG_OP = 'UPDATE') THEN
    IF NEW.state IS DISTINCT FROM OLD.state THEN
      IF NEW.state = 'open' THEN
        UPDATE boards SET open_cards = open_cards + 1 WHERE id = NEW.board_id;
      ELSIF OLD.state = 'open' THEN
        UPDATE boards SET open_cards = GREATEST(open_cards - 1, 0) WHERE id = NEW.board_id;
      END IF;
    END IF;
    RETURN NEW;
  ELSE
    UPDATE boards b SET cards = b.cards - 1 WHERE b.id = OLD.board_id;
    RETURN OLD;
  END IF;
END;
$body$ LANGUAGE plpgsql;
CREATE TRIGGER count_cards AFTER INSERT OR UPDATE OR DELETE ON cards FOR EACH ROW EXECUTE FUNCTION count_cards();

CREATE FUNCTION guard() RETURNS trigger AS $$
BEGIN
  IF NEW.state NOT IN ('open', 'done') THEN
    RAISE EXCEPTION 'no such state: %', NEW.state;
  END IF;
  NEW.slug := lower(replace(coalesce(NEW.title, 'untitled'), ' ', '-'));
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER guard BEFORE UPDATE OF title, state ON cards FOR EACH ROW EXECUTE FUNCTION guard();

CREATE FUNCTION remember() RETURNS trigger AS $$
BEGIN
  INSERT INTO history (card_id, was, is_now) VALUES (NEW.id, OLD.state, NEW.state);
  RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER remember AFTER UPDATE ON cards FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION remember();

CREATE FUNCTION recount() RETURNS trigger AS $$
DECLARE total INT;
BEGIN
  SELECT count(*) INTO total FROM cards;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER recount AFTER INSERT ON cards FOR EACH STATEMENT EXECUTE FUNCTION recount();
CREATE FUNCTION unused() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE FUNCTION add(a INT, b INT) RETURNS INT AS 'SELECT a + b' LANGUAGE sql IMMUTABLE;
CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM history; END $$;
ALTER FUNCTION add(INT, INT) OWNER TO someone;
UPDATE boards SET cards = 0;
SELECT cron.schedule('nightly', '0 3 * * *', 'CALL tidy()');
