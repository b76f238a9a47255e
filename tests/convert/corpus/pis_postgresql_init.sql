-- A photo-sharing application as it is set up on its own PostgreSQL: written after pis.md, section 1 (nothing of it is PIS's text)
SET client_encoding = 'UTF8';
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS vector;
EXCEPTION
  WHEN OTHERS THEN
    RAISE NOTICE 'vector is not installed, faces are off: %', SQLERRM;
END $$;

CREATE TABLE IF NOT EXISTS users (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  email VARCHAR(255) UNIQUE NOT NULL,
  password_hash VARCHAR(500), -- NULL until the first login
  role VARCHAR(50) DEFAULT 'admin',
  is_active BOOLEAN DEFAULT true,
  last_login_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  deleted_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS idx_users_email ON users(email);
CREATE INDEX IF NOT EXISTS idx_users_deleted_at ON users(deleted_at) WHERE deleted_at IS NULL;

CREATE TABLE IF NOT EXISTS albums (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  title VARCHAR(255) NOT NULL,
  slug VARCHAR(255) UNIQUE NOT NULL,
  description TEXT,
  cover_photo_id UUID,
  photo_count INTEGER DEFAULT 0,
  selected_count INTEGER DEFAULT 0,
  view_count INTEGER DEFAULT 0,
  layout VARCHAR(50) DEFAULT 'masonry', -- masonry, grid, carousel
  watermark_config JSONB DEFAULT '{}',
  template_id VARCHAR(100) DEFAULT NULL,
  title_translations JSONB DEFAULT '{}',
  owner_id UUID REFERENCES users(id),
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  deleted_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS idx_albums_slug ON albums(slug);
CREATE INDEX IF NOT EXISTS idx_albums_created_at ON albums(created_at DESC);
CREATE INDEX IF NOT EXISTS idx_albums_title_translations ON albums USING GIN (title_translations);

CREATE TABLE IF NOT EXISTS photos (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  album_id UUID NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  filename VARCHAR(255) NOT NULL,
  original_key VARCHAR(500) NOT NULL,
  file_size BIGINT,
  hash VARCHAR(64),
  exif JSONB DEFAULT '{}',
  rotation INTEGER DEFAULT 0,
  status VARCHAR(50) DEFAULT 'pending',
  is_selected BOOLEAN DEFAULT false,
  captured_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  deleted_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS idx_photos_album_status ON photos(album_id, status) WHERE deleted_at IS NULL;

CREATE TABLE IF NOT EXISTS face_embeddings (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  photo_id UUID NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
  album_id UUID NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  embedding vector(512),
  face_location JSONB,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);
CREATE TABLE IF NOT EXISTS package_downloads (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  album_id UUID NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  photo_ids UUID[] NOT NULL,
  status VARCHAR(50) DEFAULT 'pending',
  expires_at TIMESTAMP WITH TIME ZONE DEFAULT (NOW() + INTERVAL '15 days'),
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);
CREATE TABLE IF NOT EXISTS customers (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  name VARCHAR(255) NOT NULL,
  email VARCHAR(255),
  tags TEXT[] DEFAULT '{}',
  created_by UUID REFERENCES users(id),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);
CREATE INDEX IF NOT EXISTS idx_customers_tags ON customers USING GIN (tags);
CREATE TABLE IF NOT EXISTS system_settings (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  key VARCHAR(100) UNIQUE NOT NULL,
  value JSONB NOT NULL DEFAULT '{}',
  category VARCHAR(50) NOT NULL,
  description TEXT,
  is_public BOOLEAN DEFAULT false,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);
CREATE TABLE IF NOT EXISTS permissions (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  code VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(200) NOT NULL,
  category VARCHAR(50) NOT NULL,
  is_system BOOLEAN DEFAULT false
);
CREATE TABLE IF NOT EXISTS role_permissions (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  role VARCHAR(50) NOT NULL,
  permission_id UUID NOT NULL REFERENCES permissions(id) ON DELETE CASCADE,
  granted_by UUID REFERENCES users(id),
  UNIQUE (role, permission_id)
);
CREATE TABLE IF NOT EXISTS daily_stats (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  album_id UUID REFERENCES albums(id) ON DELETE CASCADE,
  stat_date DATE NOT NULL,
  views INTEGER DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  UNIQUE (album_id, stat_date)
);

CREATE OR REPLACE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
    NEW.updated_at = NOW();
    RETURN NEW;
END;
$$ language 'plpgsql';
DROP TRIGGER IF EXISTS update_users_updated_at ON users;
CREATE TRIGGER update_users_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
DROP TRIGGER IF EXISTS update_albums_updated_at ON albums;
CREATE TRIGGER update_albums_updated_at BEFORE UPDATE ON albums FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
DROP TRIGGER IF EXISTS update_customers_updated_at ON customers;
CREATE TRIGGER update_customers_updated_at BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE OR REPLACE FUNCTION increment_photo_count(album_id UUID) RETURNS VOID AS $$
BEGIN
  UPDATE albums SET photo_count = (SELECT COUNT(*) FROM photos WHERE photos.album_id = $1 AND status = 'completed' AND deleted_at IS NULL)
  WHERE id = $1;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION search_faces(query_embedding vector(512), match_threshold FLOAT, match_count INT, filter_album_id UUID)
RETURNS TABLE (photo_id UUID, similarity FLOAT) AS $$
BEGIN
  RETURN QUERY SELECT fe.photo_id, 1 - (fe.embedding <=> query_embedding) AS similarity FROM face_embeddings fe
  WHERE fe.album_id = filter_album_id AND 1 - (fe.embedding <=> query_embedding) > match_threshold
  ORDER BY fe.embedding <=> query_embedding LIMIT match_count;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION get_localized_text(translations JSONB, fallback TEXT, locale TEXT DEFAULT 'zh-CN') RETURNS TEXT AS $$
BEGIN
  RETURN COALESCE(NULLIF(translations->>locale, ''), NULLIF(translations->>'zh-CN', ''), fallback);
END;
$$ LANGUAGE plpgsql IMMUTABLE;
CREATE OR REPLACE FUNCTION cleanup_old_audit_logs() RETURNS INTEGER AS $$
DECLARE gone INTEGER;
BEGIN
  DELETE FROM daily_stats WHERE stat_date < CURRENT_DATE - INTERVAL '90 days';
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END;
$$ LANGUAGE plpgsql;

INSERT INTO users (email, password_hash, role, is_active) VALUES
  ('admin@example.com', NULL, 'admin', true), ('guest@example.com', NULL, 'guest', true)
ON CONFLICT (email) DO NOTHING;
INSERT INTO system_settings (key, value, category, description, is_public) VALUES
  ('brand_name', '"影像 Photography"', 'brand', '品牌名称', true),
  ('brand_logo', 'null', 'brand', NULL, true),
  ('polling_interval', '3000', 'feature', 'it''s in ms \ really', false),
  ('allow_public_home', 'true'::jsonb, 'feature', E'two\nlines', false)
ON CONFLICT (key) DO NOTHING;
INSERT INTO permissions (code, name, category, is_system) VALUES
  ('album:view', '查看相册', 'album', true), ('album:edit', '编辑相册', 'album', true), ('photo:view', '查看照片', 'photo', true)
ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name;
INSERT INTO role_permissions (role, permission_id)
SELECT 'admin', id FROM permissions
ON CONFLICT (role, permission_id) DO NOTHING;
INSERT INTO role_permissions (role, permission_id)
SELECT 'viewer', p.id FROM permissions p WHERE p.code IN ('album:view', 'photo:view')
ON CONFLICT DO NOTHING;
COMMENT ON COLUMN users.password_hash IS '密码哈希; NULL = "set at the first login"';
DO $$
BEGIN
  RAISE NOTICE '==========';
  RAISE NOTICE 'done: % tables', (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public');
END $$;
