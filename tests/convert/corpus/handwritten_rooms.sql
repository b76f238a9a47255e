-- rooms: written by hand
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

CREATE OR REPLACE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
  NEW.updated_at = NOW();
  RETURN NEW;
END;
$$ language 'plpgsql';

-- hosts
CREATE TABLE IF NOT EXISTS hosts (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  email VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(255) NOT NULL,
  verified TIMESTAMPTZ DEFAULT NOW(),
  rating NUMERIC(12,2) DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_hosts_email ON hosts(email);
CREATE INDEX IF NOT EXISTS idx_hosts_verified ON hosts(verified DESC);
DROP TRIGGER IF EXISTS update_updated_at ON hosts;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON hosts
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE hosts IS 'The rooms''s hosts';

-- guests
CREATE TABLE IF NOT EXISTS guests (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  email VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(255) NOT NULL,
  passport TEXT,
  locale TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_guests_email ON guests(email);
DROP TRIGGER IF EXISTS update_updated_at ON guests;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON guests
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE guests IS 'The rooms''s guests';

-- cities
CREATE TABLE IF NOT EXISTS cities (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  slug VARCHAR(100) UNIQUE NOT NULL,
  title VARCHAR(255) NOT NULL,
  country VARCHAR(255) NOT NULL,
  timezone TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_cities_slug ON cities(slug);
DROP TRIGGER IF EXISTS update_updated_at ON cities;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON cities
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE cities IS 'The rooms''s cities';

-- homes
CREATE TABLE IF NOT EXISTS homes (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  host_id UUID REFERENCES hosts(id) ON DELETE CASCADE,
  city_id UUID REFERENCES cities(id) ON DELETE CASCADE,
  title VARCHAR(255) NOT NULL,
  description TEXT,
  beds INTEGER DEFAULT 0,
  price NUMERIC(12,2) DEFAULT 0,
  amenities TEXT[] DEFAULT '{}',
  rules JSONB DEFAULT '{}',
  is_listed BOOLEAN DEFAULT FALSE,
  created TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_homes_host_id ON homes(host_id);
CREATE INDEX IF NOT EXISTS idx_homes_city_id ON homes(city_id);
CREATE INDEX IF NOT EXISTS idx_homes_amenities ON homes USING GIN (amenities);
CREATE INDEX IF NOT EXISTS idx_homes_rules ON homes USING GIN (rules);
CREATE INDEX IF NOT EXISTS idx_homes_is_listed ON homes(id) WHERE is_listed;
CREATE INDEX IF NOT EXISTS idx_homes_created ON homes(created DESC);
DROP TRIGGER IF EXISTS update_updated_at ON homes;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON homes
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE homes IS 'The rooms''s homes';

-- photos
CREATE TABLE IF NOT EXISTS photos (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  key VARCHAR(100) UNIQUE NOT NULL,
  position INTEGER DEFAULT 0,
  caption TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_photos_home_id ON photos(home_id);
CREATE INDEX IF NOT EXISTS idx_photos_key ON photos(key);
DROP TRIGGER IF EXISTS update_updated_at ON photos;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON photos
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE photos IS 'The rooms''s photos';

-- seasons
CREATE TABLE IF NOT EXISTS seasons (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  title VARCHAR(255) NOT NULL,
  starts DATE,
  ends DATE,
  price NUMERIC(12,2) DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_seasons_home_id ON seasons(home_id);
DROP TRIGGER IF EXISTS update_updated_at ON seasons;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON seasons
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE seasons IS 'The rooms''s seasons';

-- bookings
CREATE TABLE IF NOT EXISTS bookings (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  guest_id UUID REFERENCES guests(id) ON DELETE CASCADE,
  reference VARCHAR(100) UNIQUE NOT NULL,
  starts DATE,
  ends DATE,
  people INTEGER DEFAULT 0,
  total NUMERIC(12,2) DEFAULT 0,
  state VARCHAR(20) DEFAULT 'held' CHECK (state IN ('held', 'confirmed', 'cancelled', 'done')),
  created TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_bookings_home_id ON bookings(home_id);
CREATE INDEX IF NOT EXISTS idx_bookings_guest_id ON bookings(guest_id);
CREATE INDEX IF NOT EXISTS idx_bookings_reference ON bookings(reference);
CREATE INDEX IF NOT EXISTS idx_bookings_created ON bookings(created DESC);
DROP TRIGGER IF EXISTS update_updated_at ON bookings;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON bookings
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE bookings IS 'The rooms''s bookings';

-- booking events
CREATE TABLE IF NOT EXISTS booking_events (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  booking_id UUID REFERENCES bookings(id) ON DELETE CASCADE,
  kind VARCHAR(255) NOT NULL,
  details JSONB DEFAULT '{}',
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_booking_events_booking_id ON booking_events(booking_id);
CREATE INDEX IF NOT EXISTS idx_booking_events_details ON booking_events USING GIN (details);
CREATE INDEX IF NOT EXISTS idx_booking_events_at ON booking_events(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON booking_events;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON booking_events
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE booking_events IS 'The rooms''s booking events';

-- payments
CREATE TABLE IF NOT EXISTS payments (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  booking_id UUID REFERENCES bookings(id) ON DELETE CASCADE,
  amount NUMERIC(12,2) DEFAULT 0,
  provider VARCHAR(255) NOT NULL,
  reference VARCHAR(100) UNIQUE NOT NULL,
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_payments_booking_id ON payments(booking_id);
CREATE INDEX IF NOT EXISTS idx_payments_reference ON payments(reference);
CREATE INDEX IF NOT EXISTS idx_payments_at ON payments(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON payments;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE payments IS 'The rooms''s payments';

-- payouts
CREATE TABLE IF NOT EXISTS payouts (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  host_id UUID REFERENCES hosts(id) ON DELETE CASCADE,
  amount NUMERIC(12,2) DEFAULT 0,
  state VARCHAR(20) DEFAULT 'pending' CHECK (state IN ('pending', 'paid')),
  paid TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_payouts_host_id ON payouts(host_id);
CREATE INDEX IF NOT EXISTS idx_payouts_paid ON payouts(paid DESC);
DROP TRIGGER IF EXISTS update_updated_at ON payouts;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON payouts
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE payouts IS 'The rooms''s payouts';

-- reviews
CREATE TABLE IF NOT EXISTS reviews (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  booking_id UUID REFERENCES bookings(id) ON DELETE CASCADE,
  stars INTEGER DEFAULT 0,
  body TEXT,
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_reviews_booking_id ON reviews(booking_id);
CREATE INDEX IF NOT EXISTS idx_reviews_at ON reviews(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON reviews;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON reviews
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE reviews IS 'The rooms''s reviews';

-- replies
CREATE TABLE IF NOT EXISTS replies (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  review_id UUID REFERENCES reviews(id) ON DELETE CASCADE,
  body TEXT,
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_replies_review_id ON replies(review_id);
CREATE INDEX IF NOT EXISTS idx_replies_at ON replies(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON replies;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON replies
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE replies IS 'The rooms''s replies';

-- threads
CREATE TABLE IF NOT EXISTS threads (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  guest_id UUID REFERENCES guests(id) ON DELETE CASCADE,
  opened TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_threads_home_id ON threads(home_id);
CREATE INDEX IF NOT EXISTS idx_threads_guest_id ON threads(guest_id);
CREATE INDEX IF NOT EXISTS idx_threads_opened ON threads(opened DESC);
DROP TRIGGER IF EXISTS update_updated_at ON threads;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON threads
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE threads IS 'The rooms''s threads';

-- messages
CREATE TABLE IF NOT EXISTS messages (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  thread_id UUID REFERENCES threads(id) ON DELETE CASCADE,
  sender_is_host BOOLEAN DEFAULT FALSE,
  body TEXT,
  sent TIMESTAMPTZ DEFAULT NOW(),
  read TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_messages_thread_id ON messages(thread_id);
CREATE INDEX IF NOT EXISTS idx_messages_sender_is_host ON messages(id) WHERE sender_is_host;
CREATE INDEX IF NOT EXISTS idx_messages_sent ON messages(sent DESC);
CREATE INDEX IF NOT EXISTS idx_messages_read ON messages(read DESC);
DROP TRIGGER IF EXISTS update_updated_at ON messages;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE messages IS 'The rooms''s messages';

-- blocked days
CREATE TABLE IF NOT EXISTS blocked_days (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  day DATE,
  reason TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_blocked_days_home_id ON blocked_days(home_id);
DROP TRIGGER IF EXISTS update_updated_at ON blocked_days;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON blocked_days
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE blocked_days IS 'The rooms''s blocked days';

-- cleaners
CREATE TABLE IF NOT EXISTS cleaners (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  phone VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(255) NOT NULL,
  city_id UUID REFERENCES cities(id) ON DELETE CASCADE,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_cleaners_phone ON cleaners(phone);
CREATE INDEX IF NOT EXISTS idx_cleaners_city_id ON cleaners(city_id);
DROP TRIGGER IF EXISTS update_updated_at ON cleaners;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON cleaners
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE cleaners IS 'The rooms''s cleaners';

-- cleanings
CREATE TABLE IF NOT EXISTS cleanings (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  booking_id UUID REFERENCES bookings(id) ON DELETE CASCADE,
  cleaner_id UUID REFERENCES cleaners(id) ON DELETE CASCADE,
  at TIMESTAMPTZ DEFAULT NOW(),
  done BOOLEAN DEFAULT FALSE,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_cleanings_booking_id ON cleanings(booking_id);
CREATE INDEX IF NOT EXISTS idx_cleanings_cleaner_id ON cleanings(cleaner_id);
CREATE INDEX IF NOT EXISTS idx_cleanings_at ON cleanings(at DESC);
CREATE INDEX IF NOT EXISTS idx_cleanings_done ON cleanings(id) WHERE done;
DROP TRIGGER IF EXISTS update_updated_at ON cleanings;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON cleanings
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE cleanings IS 'The rooms''s cleanings';

-- keys given
CREATE TABLE IF NOT EXISTS keys_given (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  booking_id UUID REFERENCES bookings(id) ON DELETE CASCADE,
  code VARCHAR(255) NOT NULL,
  valid_until TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_keys_given_booking_id ON keys_given(booking_id);
CREATE INDEX IF NOT EXISTS idx_keys_given_valid_until ON keys_given(valid_until DESC);
DROP TRIGGER IF EXISTS update_updated_at ON keys_given;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON keys_given
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE keys_given IS 'The rooms''s keys given';

-- searches
CREATE TABLE IF NOT EXISTS searches (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  city_id UUID REFERENCES cities(id) ON DELETE CASCADE,
  query JSONB DEFAULT '{}',
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_searches_city_id ON searches(city_id);
CREATE INDEX IF NOT EXISTS idx_searches_query ON searches USING GIN (query);
CREATE INDEX IF NOT EXISTS idx_searches_at ON searches(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON searches;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON searches
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE searches IS 'The rooms''s searches';

-- favourites
CREATE TABLE IF NOT EXISTS favourites (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  guest_id UUID REFERENCES guests(id) ON DELETE CASCADE,
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  since TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_favourites_guest_id ON favourites(guest_id);
CREATE INDEX IF NOT EXISTS idx_favourites_home_id ON favourites(home_id);
CREATE INDEX IF NOT EXISTS idx_favourites_since ON favourites(since DESC);
DROP TRIGGER IF EXISTS update_updated_at ON favourites;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON favourites
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE favourites IS 'The rooms''s favourites';

-- promotions
CREATE TABLE IF NOT EXISTS promotions (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  code VARCHAR(100) UNIQUE NOT NULL,
  percent INTEGER DEFAULT 0,
  ends DATE,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_promotions_code ON promotions(code);
DROP TRIGGER IF EXISTS update_updated_at ON promotions;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON promotions
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE promotions IS 'The rooms''s promotions';

-- promotion uses
CREATE TABLE IF NOT EXISTS promotion_uses (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  promotion_id UUID REFERENCES promotions(id) ON DELETE CASCADE,
  booking_id UUID REFERENCES bookings(id) ON DELETE CASCADE,
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_promotion_uses_promotion_id ON promotion_uses(promotion_id);
CREATE INDEX IF NOT EXISTS idx_promotion_uses_booking_id ON promotion_uses(booking_id);
CREATE INDEX IF NOT EXISTS idx_promotion_uses_at ON promotion_uses(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON promotion_uses;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON promotion_uses
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE promotion_uses IS 'The rooms''s promotion uses';

-- reports
CREATE TABLE IF NOT EXISTS reports (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  home_id UUID REFERENCES homes(id) ON DELETE CASCADE,
  guest_id UUID REFERENCES guests(id) ON DELETE CASCADE,
  reason VARCHAR(255) NOT NULL,
  state VARCHAR(20) DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_reports_home_id ON reports(home_id);
CREATE INDEX IF NOT EXISTS idx_reports_guest_id ON reports(guest_id);
CREATE INDEX IF NOT EXISTS idx_reports_at ON reports(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON reports;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON reports
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE reports IS 'The rooms''s reports';

INSERT INTO hosts (id, email, name) VALUES
  ('00000000-0000-4000-8000-000000000001', 'email 1 it''s', 'name 1 it''s'),
  ('00000000-0000-4000-8000-000000000002', 'email 2 it''s', 'name 2 it''s'),
  ('00000000-0000-4000-8000-000000000003', 'email 3 it''s', 'name 3 it''s')
ON CONFLICT (email) DO NOTHING;
-- 23 tables
