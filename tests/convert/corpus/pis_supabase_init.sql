-- A photo-sharing application as it is set up on Supabase: written after pis.md, section 1 (nothing of it is PIS's text)
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- accounts: a profile beside Supabase's own auth.users
CREATE TABLE IF NOT EXISTS users (
  id UUID PRIMARY KEY REFERENCES auth.users(id) ON DELETE CASCADE,
  email TEXT,
  full_name TEXT,
  avatar_url TEXT,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE IF NOT EXISTS albums (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  title TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE, -- the public address
  description TEXT,
  cover_photo_id UUID,
  photo_count INTEGER DEFAULT 0,
  password TEXT,
  expires_at TIMESTAMPTZ,
  is_public BOOLEAN DEFAULT false,
  layout TEXT DEFAULT 'masonry' CHECK (layout IN ('masonry', 'grid', 'carousel')),
  sort_rule TEXT DEFAULT 'capture_desc' CHECK (sort_rule IN ('capture_desc', 'capture_asc', 'manual')),
  allow_download BOOLEAN DEFAULT true,
  allow_batch_download BOOLEAN DEFAULT false,
  show_exif BOOLEAN DEFAULT true,
  allow_share BOOLEAN DEFAULT true,
  watermark_enabled BOOLEAN DEFAULT false,
  watermark_type TEXT CHECK (watermark_type IN ('text', 'logo')),
  watermark_config JSONB DEFAULT '{}'::jsonb,
  color_grading JSONB DEFAULT '{}'::jsonb,
  share_title TEXT,
  share_description TEXT,
  share_image_url TEXT,
  poster_image_url TEXT,
  event_date TIMESTAMPTZ,
  location TEXT,
  is_live BOOLEAN DEFAULT false,
  selected_count INTEGER DEFAULT 0,
  view_count INTEGER DEFAULT 0,
  metadata JSONB DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW(),
  deleted_at TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS idx_albums_slug ON albums(slug);
CREATE INDEX IF NOT EXISTS idx_albums_is_public ON albums(is_public) WHERE is_public = true AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS idx_albums_is_live ON albums(is_live) WHERE is_live = true AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS idx_albums_event_date ON albums(event_date) WHERE event_date IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_albums_deleted_at ON albums(deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS idx_albums_created_at ON albums(created_at DESC);

CREATE TABLE IF NOT EXISTS photos (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  album_id UUID NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  filename TEXT NOT NULL,
  original_key TEXT NOT NULL,
  thumb_key TEXT,
  preview_key TEXT,
  width INTEGER,
  height INTEGER,
  file_size BIGINT,
  mime_type TEXT,
  blur_data TEXT,
  exif JSONB DEFAULT '{}'::jsonb,
  rotation INTEGER DEFAULT 0 CHECK (rotation IS NULL OR rotation IN (0, 90, 180, 270)),
  sort_order INTEGER DEFAULT 0,
  status TEXT DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
  is_selected BOOLEAN DEFAULT false,
  captured_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW(),
  deleted_at TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS idx_photos_album_id ON photos(album_id);
CREATE INDEX IF NOT EXISTS idx_photos_status ON photos(status);
CREATE INDEX IF NOT EXISTS idx_photos_album_status ON photos(album_id, status) WHERE deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS idx_photos_is_selected ON photos(is_selected) WHERE is_selected = true AND deleted_at IS NULL;
CREATE INDEX IF NOT EXISTS idx_photos_captured_at ON photos(captured_at DESC);

CREATE TABLE IF NOT EXISTS album_templates (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  name TEXT NOT NULL,
  description TEXT,
  is_public BOOLEAN DEFAULT false,
  layout TEXT DEFAULT 'masonry' CHECK (layout IN ('masonry', 'grid', 'carousel')),
  sort_rule TEXT DEFAULT 'capture_desc' CHECK (sort_rule IN ('capture_desc', 'capture_asc', 'manual')),
  watermark_type TEXT CHECK (watermark_type IN ('text', 'logo')),
  watermark_config JSONB DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE INDEX IF NOT EXISTS idx_album_templates_name ON album_templates(name);

CREATE TABLE IF NOT EXISTS package_downloads (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  album_id UUID NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  photo_ids UUID[] NOT NULL,
  include_watermarked BOOLEAN DEFAULT true,
  include_original BOOLEAN DEFAULT false,
  status TEXT DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
  zip_key TEXT,
  file_size BIGINT,
  download_url TEXT,
  expires_at TIMESTAMPTZ,
  completed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE TABLE IF NOT EXISTS photo_groups (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  album_id UUID NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  description TEXT,
  sort_order INTEGER DEFAULT 0,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE INDEX IF NOT EXISTS idx_photo_groups_sort_order ON photo_groups(album_id, sort_order);
CREATE TABLE IF NOT EXISTS photo_group_assignments (
  photo_id UUID NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
  group_id UUID NOT NULL REFERENCES photo_groups(id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  PRIMARY KEY (photo_id, group_id),
  UNIQUE (group_id, photo_id)
);

CREATE OR REPLACE FUNCTION update_updated_at()
RETURNS TRIGGER AS $$
BEGIN
  NEW.updated_at = NOW();
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

-- counts the album's photos anew, whatever its name says
CREATE OR REPLACE FUNCTION increment_photo_count(album_id UUID)
RETURNS VOID AS $$
BEGIN
  UPDATE albums
  SET photo_count = (
    SELECT COUNT(*) FROM photos
    WHERE photos.album_id = increment_photo_count.album_id AND status = 'completed' AND deleted_at IS NULL
  )
  WHERE id = increment_photo_count.album_id;
END;
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION decrement_photo_count(p_album_id UUID)
RETURNS VOID AS $$
BEGIN
  UPDATE albums
  SET photo_count = GREATEST(0, (
    SELECT COUNT(*) FROM photos p
    WHERE p.album_id = p_album_id AND p.status = 'completed' AND p.deleted_at IS NULL
  ))
  WHERE id = p_album_id;
END;
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION increment_album_view_count(album_id UUID)
RETURNS VOID AS $$
BEGIN
  UPDATE albums SET view_count = view_count + 1 WHERE id = album_id;
END;
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION trigger_increment_photo_count()
RETURNS TRIGGER AS $$
BEGIN
  IF NEW.status = 'completed' AND NEW.deleted_at IS NULL THEN
    PERFORM increment_photo_count(NEW.album_id);
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION trigger_decrement_photo_count()
RETURNS TRIGGER AS $$
BEGIN
  IF OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN
    PERFORM decrement_photo_count(NEW.album_id);
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION update_album_selected_count()
RETURNS TRIGGER AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.is_selected = true THEN
      UPDATE albums SET selected_count = selected_count + 1 WHERE id = NEW.album_id;
    END IF;
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' THEN
    IF OLD.is_selected = false AND NEW.is_selected = true THEN
      UPDATE albums SET selected_count = selected_count + 1 WHERE id = NEW.album_id;
    ELSIF OLD.is_selected = true AND NEW.is_selected = false THEN
      UPDATE albums SET selected_count = GREATEST(0, selected_count - 1) WHERE id = NEW.album_id;
    END IF;
    RETURN NEW;
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD.is_selected = true THEN
      UPDATE albums SET selected_count = GREATEST(0, selected_count - 1) WHERE id = OLD.album_id;
    END IF;
    RETURN OLD;
  END IF;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER update_users_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION update_updated_at();
CREATE TRIGGER update_albums_updated_at BEFORE UPDATE ON albums FOR EACH ROW EXECUTE FUNCTION update_updated_at();
CREATE TRIGGER update_photos_updated_at BEFORE UPDATE ON photos FOR EACH ROW EXECUTE FUNCTION update_updated_at();
CREATE TRIGGER update_album_templates_updated_at BEFORE UPDATE ON album_templates FOR EACH ROW EXECUTE FUNCTION update_updated_at();
CREATE TRIGGER update_photo_groups_updated_at BEFORE UPDATE ON photo_groups FOR EACH ROW EXECUTE FUNCTION update_updated_at();
CREATE TRIGGER update_package_downloads_updated_at BEFORE UPDATE ON package_downloads FOR EACH ROW EXECUTE FUNCTION update_updated_at();
CREATE TRIGGER increment_photo_count_trigger AFTER INSERT ON photos FOR EACH ROW EXECUTE FUNCTION trigger_increment_photo_count();
CREATE TRIGGER decrement_photo_count_trigger AFTER UPDATE ON photos FOR EACH ROW EXECUTE FUNCTION trigger_decrement_photo_count();
CREATE TRIGGER update_selected_count_trigger AFTER INSERT OR UPDATE OR DELETE ON photos FOR EACH ROW EXECUTE FUNCTION update_album_selected_count();

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE albums ENABLE ROW LEVEL SECURITY;
ALTER TABLE photos ENABLE ROW LEVEL SECURITY;
ALTER TABLE album_templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE package_downloads ENABLE ROW LEVEL SECURITY;
ALTER TABLE photo_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE photo_group_assignments ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own profile" ON users FOR SELECT USING (auth.uid() = id);
CREATE POLICY "Users can update own profile" ON users FOR UPDATE USING (auth.uid() = id);
CREATE POLICY "Public albums are viewable by everyone" ON albums FOR SELECT
  USING (is_public = true AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > NOW()));
CREATE POLICY "Authenticated users can view all albums" ON albums FOR SELECT USING (auth.role() = 'authenticated');
CREATE POLICY "Authenticated users can create albums" ON albums FOR INSERT WITH CHECK (auth.role() = 'authenticated');
CREATE POLICY "Photos of public albums" ON photos FOR SELECT USING (
  status = 'completed' AND deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM albums WHERE albums.id = photos.album_id AND albums.is_public = true AND albums.deleted_at IS NULL)
);
CREATE POLICY "Authenticated users manage groups" ON photo_groups FOR ALL USING (auth.role() = 'authenticated') WITH CHECK (auth.role() = 'authenticated');

COMMENT ON TABLE albums IS '相册';
COMMENT ON COLUMN albums.slug IS '访问地址 🎉';
COMMENT ON FUNCTION increment_photo_count(UUID) IS 'counts anew';
