-- The schema of PIS for postgresql, made from the models in pis_data/schema.
-- Do not edit: pis-data schema dump --dialect postgresql

SET client_encoding = 'UTF8';
BEGIN;

CREATE FUNCTION pis_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := statement_timestamp();
  RETURN NEW;
END
$$;

CREATE FUNCTION pis_default_for_null() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given jsonb := to_jsonb(NEW);
  query text;
  defaults jsonb;
BEGIN
  SELECT 'SELECT jsonb_build_object('
         || string_agg(format('%L, %s', a.attname, pg_get_expr(d.adbin, d.adrelid)), ', ') || ')'
    INTO query
    FROM pg_attribute AS a
    JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = TG_RELID AND a.attnotnull AND NOT a.attisdropped
     AND given -> a.attname = 'null'::jsonb;
  EXECUTE query INTO defaults;
  RETURN jsonb_populate_record(NEW, defaults);
END
$$;

-- Presets of album settings.
CREATE TABLE album_templates (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  name VARCHAR(255) COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  is_public BOOLEAN DEFAULT false NOT NULL,
  layout VARCHAR(50) COLLATE "C" DEFAULT 'masonry' NOT NULL,
  sort_rule VARCHAR(50) COLLATE "C" DEFAULT 'capture_desc' NOT NULL,
  allow_download BOOLEAN DEFAULT true NOT NULL,
  allow_batch_download BOOLEAN DEFAULT false NOT NULL,
  show_exif BOOLEAN DEFAULT true NOT NULL,
  -- in clear, as PIS keeps it
  password VARCHAR(255) COLLATE "C",
  expires_at TIMESTAMP WITH TIME ZONE,
  watermark_enabled BOOLEAN DEFAULT false NOT NULL,
  watermark_type VARCHAR(50) COLLATE "C",
  watermark_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT album_templates_pkey PRIMARY KEY (id),
  CONSTRAINT album_templates_layout_check CHECK (layout IN ('masonry', 'grid', 'carousel')),
  CONSTRAINT album_templates_sort_rule_check CHECK (sort_rule IN ('capture_desc', 'capture_asc', 'manual')),
  CONSTRAINT album_templates_watermark_type_check CHECK (watermark_type IN ('text', 'logo'))
);

CREATE TRIGGER album_templates_updated_at BEFORE UPDATE ON album_templates
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER album_templates_defaults BEFORE INSERT OR UPDATE ON album_templates
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.is_public IS NULL OR NEW.layout IS NULL OR NEW.sort_rule IS NULL OR NEW.allow_download IS NULL OR NEW.allow_batch_download IS NULL OR NEW.show_exif IS NULL OR NEW.watermark_enabled IS NULL OR NEW.watermark_config IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Overrides of user interface texts.
CREATE TABLE custom_translations (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  locale VARCHAR(10) COLLATE "C" NOT NULL,
  namespace VARCHAR(100) COLLATE "C" NOT NULL,
  -- dotted, without the namespace
  key VARCHAR(255) COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  is_active BOOLEAN DEFAULT true NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT custom_translations_pkey PRIMARY KEY (id),
  CONSTRAINT custom_translations_locale_namespace_key_key UNIQUE (locale, namespace, key)
);

CREATE TRIGGER custom_translations_updated_at BEFORE UPDATE ON custom_translations
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER custom_translations_defaults BEFORE INSERT OR UPDATE ON custom_translations
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.is_active IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- The mail account; the newest active row counts.
CREATE TABLE email_config (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  smtp_host VARCHAR(255) COLLATE "C" NOT NULL,
  smtp_port INTEGER DEFAULT '587' NOT NULL,
  smtp_secure BOOLEAN DEFAULT true NOT NULL,
  smtp_user VARCHAR(255) COLLATE "C",
  -- in clear, as PIS keeps it
  smtp_pass VARCHAR(255) COLLATE "C",
  from_email VARCHAR(255) COLLATE "C" NOT NULL,
  from_name VARCHAR(255) COLLATE "C",
  is_active BOOLEAN DEFAULT true NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT email_config_pkey PRIMARY KEY (id)
);

CREATE TRIGGER email_config_updated_at BEFORE UPDATE ON email_config
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER email_config_defaults BEFORE INSERT OR UPDATE ON email_config
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.smtp_port IS NULL OR NEW.smtp_secure IS NULL OR NEW.is_active IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- The permissions there are; code is category:verb.
CREATE TABLE permissions (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  code VARCHAR(100) COLLATE "C" NOT NULL,
  name VARCHAR(200) COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  category VARCHAR(50) COLLATE "C" NOT NULL,
  is_system BOOLEAN DEFAULT false NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT permissions_pkey PRIMARY KEY (id),
  CONSTRAINT permissions_code_key UNIQUE (code)
);

CREATE TRIGGER permissions_defaults BEFORE INSERT OR UPDATE ON permissions
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.is_system IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Notes by key.
-- baseline: the revision at which an existing database was adopted, below which no downgrade goes.
-- quiet: SQLite's quiet switch, there only inside a transaction.
CREATE TABLE pis_meta (
  key VARCHAR(100) COLLATE "C" NOT NULL,
  value VARCHAR(500) COLLATE "C" NOT NULL,
  CONSTRAINT pis_meta_pkey PRIMARY KEY (key)
);

-- Settings: any JSON value under a key.
CREATE TABLE system_settings (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  key VARCHAR(100) COLLATE "C" NOT NULL,
  value JSONB DEFAULT '{}'::jsonb NOT NULL,
  category VARCHAR(50) COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  -- readable without login
  is_public BOOLEAN DEFAULT false NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT system_settings_pkey PRIMARY KEY (id),
  CONSTRAINT system_settings_key_key UNIQUE (key)
);

CREATE TRIGGER system_settings_updated_at BEFORE UPDATE ON system_settings
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER system_settings_defaults BEFORE INSERT OR UPDATE ON system_settings
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.value IS NULL OR NEW.is_public IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Accounts; full_name and avatar_url are Supabase's.
CREATE TABLE users (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  -- lower case; also taken by deleted accounts
  email VARCHAR(255) COLLATE "C" NOT NULL,
  -- None: must set a password at first login
  password_hash VARCHAR(500) COLLATE "C",
  role VARCHAR(50) COLLATE "C" DEFAULT 'guest' NOT NULL,
  is_active BOOLEAN DEFAULT true NOT NULL,
  last_login_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE,
  full_name TEXT COLLATE "C",
  avatar_url TEXT COLLATE "C",
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_email_key UNIQUE (email),
  CONSTRAINT users_role_check CHECK (role IN ('admin', 'photographer', 'retoucher', 'guest', 'viewer'))
);

CREATE TRIGGER users_updated_at BEFORE UPDATE ON users
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER users_defaults BEFORE INSERT OR UPDATE ON users
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.role IS NULL OR NEW.is_active IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Albums. photo_count and selected_count are kept by triggers and are read-only.
CREATE TABLE albums (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  title VARCHAR(255) COLLATE "C" NOT NULL,
  -- the public address
  slug VARCHAR(255) COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  cover_photo_id UUID,
  -- completed, live photos
  photo_count INTEGER DEFAULT '0' NOT NULL,
  -- what visitors type, in clear, as PIS keeps it
  password VARCHAR(255) COLLATE "C",
  -- the FTP password, in clear
  upload_token VARCHAR(255) COLLATE "C",
  expires_at TIMESTAMP WITH TIME ZONE,
  is_public BOOLEAN DEFAULT false NOT NULL,
  layout VARCHAR(50) COLLATE "C" DEFAULT 'masonry' NOT NULL,
  sort_rule VARCHAR(50) COLLATE "C" DEFAULT 'capture_desc' NOT NULL,
  allow_download BOOLEAN DEFAULT true NOT NULL,
  allow_batch_download BOOLEAN DEFAULT false NOT NULL,
  show_exif BOOLEAN DEFAULT true NOT NULL,
  -- false: the public pages answer 404
  allow_share BOOLEAN DEFAULT true NOT NULL,
  watermark_enabled BOOLEAN DEFAULT false NOT NULL,
  watermark_type VARCHAR(50) COLLATE "C" DEFAULT 'text',
  watermark_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  -- {"preset": …}, or None
  color_grading JSONB DEFAULT '{}'::jsonb,
  enable_human_retouch BOOLEAN DEFAULT false NOT NULL,
  enable_ai_retouch BOOLEAN DEFAULT false NOT NULL,
  ai_retouch_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  share_title VARCHAR(255) COLLATE "C",
  share_description TEXT COLLATE "C",
  share_image_url VARCHAR(500) COLLATE "C",
  poster_image_url VARCHAR(500) COLLATE "C",
  event_date TIMESTAMP WITH TIME ZONE,
  location TEXT COLLATE "C",
  is_live BOOLEAN DEFAULT false NOT NULL,
  -- the key of a built-in style, or the id of a row of style_templates
  template_id VARCHAR(100) COLLATE "C",
  template_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  -- {locale: text}, like the three below
  title_translations JSONB DEFAULT '{}'::jsonb NOT NULL,
  description_translations JSONB DEFAULT '{}'::jsonb NOT NULL,
  share_title_translations JSONB DEFAULT '{}'::jsonb NOT NULL,
  share_description_translations JSONB DEFAULT '{}'::jsonb NOT NULL,
  -- selected, live photos
  selected_count INTEGER DEFAULT '0' NOT NULL,
  view_count INTEGER DEFAULT '0' NOT NULL,
  metadata JSONB DEFAULT '{}'::jsonb NOT NULL,
  owner_id UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT albums_pkey PRIMARY KEY (id),
  CONSTRAINT albums_slug_key UNIQUE (slug),
  CONSTRAINT albums_layout_check CHECK (layout IN ('masonry', 'grid', 'carousel')),
  CONSTRAINT albums_sort_rule_check CHECK (sort_rule IN ('capture_desc', 'capture_asc', 'manual')),
  CONSTRAINT albums_watermark_type_check CHECK (watermark_type IN ('text', 'logo')),
  CONSTRAINT albums_owner_id_fkey FOREIGN KEY(owner_id) REFERENCES users (id)
);
CREATE INDEX idx_albums_cover_photo_id ON albums (cover_photo_id);
CREATE INDEX idx_albums_live_created ON albums (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_albums_owner_id ON albums (owner_id);
CREATE INDEX idx_albums_public_created ON albums (is_public, created_at, id) WHERE is_public AND deleted_at IS NULL;
CREATE INDEX idx_albums_trash ON albums (deleted_at NULLS FIRST, id) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER albums_updated_at BEFORE UPDATE ON albums
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on' AND current_setting('pis.counting', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER albums_defaults BEFORE INSERT OR UPDATE ON albums
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.photo_count IS NULL OR NEW.is_public IS NULL OR NEW.layout IS NULL OR NEW.sort_rule IS NULL OR NEW.allow_download IS NULL OR NEW.allow_batch_download IS NULL OR NEW.show_exif IS NULL OR NEW.allow_share IS NULL OR NEW.watermark_enabled IS NULL OR NEW.watermark_config IS NULL OR NEW.enable_human_retouch IS NULL OR NEW.enable_ai_retouch IS NULL OR NEW.ai_retouch_config IS NULL OR NEW.is_live IS NULL OR NEW.template_config IS NULL OR NEW.title_translations IS NULL OR NEW.description_translations IS NULL OR NEW.share_title_translations IS NULL OR NEW.share_description_translations IS NULL OR NEW.selected_count IS NULL OR NEW.view_count IS NULL OR NEW.metadata IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- One row per action worth remembering.
CREATE TABLE audit_logs (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  user_id UUID,
  user_email VARCHAR(255) COLLATE "C",
  user_role VARCHAR(50) COLLATE "C",
  action VARCHAR(100) COLLATE "C" NOT NULL,
  -- album, photo, user, customer, template …
  resource_type VARCHAR(100) COLLATE "C" NOT NULL,
  resource_id VARCHAR(255) COLLATE "C",
  resource_name VARCHAR(500) COLLATE "C",
  description TEXT COLLATE "C",
  -- {"before": …, "after": …}
  changes JSONB DEFAULT '{}'::jsonb NOT NULL,
  metadata JSONB DEFAULT '{}'::jsonb NOT NULL,
  ip_address VARCHAR(45) COLLATE "C",
  user_agent TEXT COLLATE "C",
  request_method VARCHAR(10) COLLATE "C",
  request_path TEXT COLLATE "C",
  status VARCHAR(20) COLLATE "C" DEFAULT 'success' NOT NULL,
  error_message TEXT COLLATE "C",
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT audit_logs_pkey PRIMARY KEY (id),
  CONSTRAINT audit_logs_status_check CHECK (status IN ('success', 'failed', 'pending')),
  CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX idx_audit_logs_action_created ON audit_logs (action, created_at, id);
CREATE INDEX idx_audit_logs_created ON audit_logs (created_at, id);
CREATE INDEX idx_audit_logs_resource_created ON audit_logs (resource_type, resource_id, created_at, id);
CREATE INDEX idx_audit_logs_user_created ON audit_logs (user_id, created_at, id);

CREATE TRIGGER audit_logs_defaults BEFORE INSERT OR UPDATE ON audit_logs
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.changes IS NULL OR NEW.metadata IS NULL OR NEW.status IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Customers; soft-deleted.
CREATE TABLE customers (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  name VARCHAR(100) COLLATE "C" NOT NULL,
  phone VARCHAR(20) COLLATE "C",
  email VARCHAR(255) COLLATE "C",
  wechat VARCHAR(100) COLLATE "C",
  company VARCHAR(200) COLLATE "C",
  address TEXT COLLATE "C",
  notes TEXT COLLATE "C",
  tags TEXT[] COLLATE "C",
  source VARCHAR(50) COLLATE "C",
  status VARCHAR(20) COLLATE "C" DEFAULT 'active' NOT NULL,
  created_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT customers_pkey PRIMARY KEY (id),
  CONSTRAINT customers_status_check CHECK (status IN ('active', 'inactive', 'archived')),
  CONSTRAINT customers_created_by_fkey FOREIGN KEY(created_by) REFERENCES users (id)
);
CREATE INDEX idx_customers_created_by ON customers (created_by);
CREATE INDEX idx_customers_email ON customers (email);
CREATE INDEX idx_customers_live_created ON customers (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_customers_live_name ON customers (name, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_customers_phone ON customers (phone);
CREATE INDEX idx_customers_tags ON customers USING gin (tags);

CREATE TRIGGER customers_updated_at BEFORE UPDATE ON customers
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER customers_defaults BEFORE INSERT OR UPDATE ON customers
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.status IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Which permissions a role has.
CREATE TABLE role_permissions (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  role VARCHAR(50) COLLATE "C" NOT NULL,
  permission_id UUID NOT NULL,
  granted_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT role_permissions_pkey PRIMARY KEY (id),
  CONSTRAINT role_permissions_role_permission_id_key UNIQUE (role, permission_id),
  CONSTRAINT role_permissions_role_check CHECK (role IN ('admin', 'photographer', 'retoucher', 'guest', 'viewer')),
  CONSTRAINT role_permissions_permission_id_fkey FOREIGN KEY(permission_id) REFERENCES permissions (id) ON DELETE CASCADE,
  CONSTRAINT role_permissions_granted_by_fkey FOREIGN KEY(granted_by) REFERENCES users (id)
);
CREATE INDEX idx_role_permissions_granted_by ON role_permissions (granted_by);
CREATE INDEX idx_role_permissions_permission ON role_permissions (permission_id);

CREATE TRIGGER role_permissions_defaults BEFORE INSERT OR UPDATE ON role_permissions
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Visual styles made by users; the built-in ones live in PIS's code.
CREATE TABLE style_templates (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  name VARCHAR(200) COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  category VARCHAR(50) COLLATE "C" DEFAULT 'general' NOT NULL,
  theme_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  typography_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  layout_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  hero_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  hover_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  animation_config JSONB DEFAULT '{}'::jsonb NOT NULL,
  thumbnail_url TEXT COLLATE "C",
  is_builtin BOOLEAN DEFAULT false NOT NULL,
  is_public BOOLEAN DEFAULT true NOT NULL,
  sort_order INTEGER DEFAULT '0' NOT NULL,
  created_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT style_templates_pkey PRIMARY KEY (id),
  CONSTRAINT style_templates_created_by_fkey FOREIGN KEY(created_by) REFERENCES users (id)
);
CREATE INDEX idx_style_templates_category_order ON style_templates (category, sort_order, created_at, id);
CREATE INDEX idx_style_templates_created_by ON style_templates (created_by);

CREATE TRIGGER style_templates_updated_at BEFORE UPDATE ON style_templates
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER style_templates_defaults BEFORE INSERT OR UPDATE ON style_templates
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.category IS NULL OR NEW.theme_config IS NULL OR NEW.typography_config IS NULL OR NEW.layout_config IS NULL OR NEW.hero_config IS NULL OR NEW.hover_config IS NULL OR NEW.animation_config IS NULL OR NEW.is_builtin IS NULL OR NEW.is_public IS NULL OR NEW.sort_order IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Upgrades of the application (not of this schema: that is Alembic's).
CREATE TABLE upgrade_history (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  from_version VARCHAR(50) COLLATE "C" NOT NULL,
  to_version VARCHAR(50) COLLATE "C" NOT NULL,
  status VARCHAR(20) COLLATE "C" DEFAULT 'pending' NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  completed_at TIMESTAMP WITH TIME ZONE,
  executed_by UUID,
  notes TEXT COLLATE "C",
  error_message TEXT COLLATE "C",
  rebuild_performed BOOLEAN DEFAULT false NOT NULL,
  rollback_available BOOLEAN DEFAULT true NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT upgrade_history_pkey PRIMARY KEY (id),
  CONSTRAINT upgrade_history_status_check CHECK (status IN ('pending', 'running', 'success', 'failed', 'rolled_back')),
  CONSTRAINT upgrade_history_executed_by_fkey FOREIGN KEY(executed_by) REFERENCES users (id)
);
CREATE INDEX idx_upgrade_history_executed_by ON upgrade_history (executed_by);
CREATE INDEX idx_upgrade_history_started ON upgrade_history (started_at, id);

CREATE TRIGGER upgrade_history_defaults BEFORE INSERT OR UPDATE ON upgrade_history
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.status IS NULL OR NEW.started_at IS NULL OR NEW.rebuild_performed IS NULL OR NEW.rollback_available IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- What one user has beside the role's set, or has not.
CREATE TABLE user_permissions (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  user_id UUID NOT NULL,
  permission_id UUID NOT NULL,
  -- true grants, false revokes
  granted BOOLEAN DEFAULT true NOT NULL,
  granted_by UUID,
  -- ignored after this moment
  expires_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT user_permissions_pkey PRIMARY KEY (id),
  CONSTRAINT user_permissions_user_id_permission_id_key UNIQUE (user_id, permission_id),
  CONSTRAINT user_permissions_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT user_permissions_permission_id_fkey FOREIGN KEY(permission_id) REFERENCES permissions (id) ON DELETE CASCADE,
  CONSTRAINT user_permissions_granted_by_fkey FOREIGN KEY(granted_by) REFERENCES users (id)
);
CREATE INDEX idx_user_permissions_granted_by ON user_permissions (granted_by);
CREATE INDEX idx_user_permissions_permission ON user_permissions (permission_id);

CREATE TRIGGER user_permissions_updated_at BEFORE UPDATE ON user_permissions
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER user_permissions_defaults BEFORE INSERT OR UPDATE ON user_permissions
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.granted IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Who may do what in an album.
CREATE TABLE album_collaborators (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  album_id UUID NOT NULL,
  user_id UUID NOT NULL,
  role VARCHAR(50) COLLATE "C" DEFAULT 'editor' NOT NULL,
  can_upload BOOLEAN DEFAULT true NOT NULL,
  can_edit BOOLEAN DEFAULT true NOT NULL,
  can_delete BOOLEAN DEFAULT false NOT NULL,
  can_manage BOOLEAN DEFAULT false NOT NULL,
  can_invite BOOLEAN DEFAULT false NOT NULL,
  invited_by UUID,
  invited_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  accepted_at TIMESTAMP WITH TIME ZONE,
  status VARCHAR(20) COLLATE "C" DEFAULT 'pending' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT album_collaborators_pkey PRIMARY KEY (id),
  CONSTRAINT album_collaborators_album_id_user_id_key UNIQUE (album_id, user_id),
  CONSTRAINT album_collaborators_role_check CHECK (role IN ('owner', 'editor', 'viewer')),
  CONSTRAINT album_collaborators_status_check CHECK (status IN ('pending', 'accepted', 'rejected', 'removed')),
  CONSTRAINT album_collaborators_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE,
  CONSTRAINT album_collaborators_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT album_collaborators_invited_by_fkey FOREIGN KEY(invited_by) REFERENCES users (id)
);
CREATE INDEX idx_album_collaborators_invited_by ON album_collaborators (invited_by);
CREATE INDEX idx_album_collaborators_user ON album_collaborators (user_id);

CREATE TRIGGER album_collaborators_updated_at BEFORE UPDATE ON album_collaborators
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER album_collaborators_defaults BEFORE INSERT OR UPDATE ON album_collaborators
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.role IS NULL OR NEW.can_upload IS NULL OR NEW.can_edit IS NULL OR NEW.can_delete IS NULL OR NEW.can_manage IS NULL OR NEW.can_invite IS NULL OR NEW.invited_at IS NULL OR NEW.status IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- One row per visit to an album.
CREATE TABLE album_views (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  album_id UUID NOT NULL,
  viewer_ip VARCHAR(45) COLLATE "C",
  viewer_ua TEXT COLLATE "C",
  viewer_referer TEXT COLLATE "C",
  viewer_country VARCHAR(100) COLLATE "C",
  viewer_city VARCHAR(100) COLLATE "C",
  device_type VARCHAR(20) COLLATE "C",
  browser VARCHAR(50) COLLATE "C",
  os VARCHAR(50) COLLATE "C",
  -- chosen by the visitor's browser
  session_id VARCHAR(100) COLLATE "C",
  viewed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT album_views_pkey PRIMARY KEY (id),
  CONSTRAINT album_views_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
);
CREATE INDEX idx_album_views_album_viewed ON album_views (album_id, viewed_at, id);
CREATE INDEX idx_album_views_session_viewed ON album_views (album_id, session_id, viewed_at);
CREATE INDEX idx_album_views_viewed_at ON album_views (viewed_at);

CREATE TRIGGER album_views_defaults BEFORE INSERT OR UPDATE ON album_views
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.viewed_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Invitations to work on an album.
CREATE TABLE collaboration_invites (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  album_id UUID NOT NULL,
  invite_type VARCHAR(20) COLLATE "C" DEFAULT 'email' NOT NULL,
  email VARCHAR(255) COLLATE "C",
  -- whoever has it may redeem it
  invite_code VARCHAR(32) COLLATE "C",
  role VARCHAR(50) COLLATE "C" DEFAULT 'editor' NOT NULL,
  can_upload BOOLEAN DEFAULT true NOT NULL,
  can_edit BOOLEAN DEFAULT true NOT NULL,
  can_delete BOOLEAN DEFAULT false NOT NULL,
  can_manage BOOLEAN DEFAULT false NOT NULL,
  can_invite BOOLEAN DEFAULT false NOT NULL,
  invited_by UUID NOT NULL,
  status VARCHAR(20) COLLATE "C" DEFAULT 'pending' NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE,
  used_at TIMESTAMP WITH TIME ZONE,
  used_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT collaboration_invites_pkey PRIMARY KEY (id),
  CONSTRAINT collaboration_invites_invite_code_key UNIQUE (invite_code),
  CONSTRAINT collaboration_invites_invite_type_check CHECK (invite_type IN ('email', 'link')),
  CONSTRAINT collaboration_invites_role_check CHECK (role IN ('owner', 'editor', 'viewer')),
  CONSTRAINT collaboration_invites_status_check CHECK (status IN ('pending', 'accepted', 'expired', 'cancelled')),
  CONSTRAINT collaboration_invites_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE,
  CONSTRAINT collaboration_invites_invited_by_fkey FOREIGN KEY(invited_by) REFERENCES users (id),
  CONSTRAINT collaboration_invites_used_by_fkey FOREIGN KEY(used_by) REFERENCES users (id)
);
CREATE INDEX idx_collaboration_invites_album ON collaboration_invites (album_id);
CREATE INDEX idx_collaboration_invites_email ON collaboration_invites (email);
CREATE INDEX idx_collaboration_invites_invited_by ON collaboration_invites (invited_by);
CREATE INDEX idx_collaboration_invites_used_by ON collaboration_invites (used_by);

CREATE TRIGGER collaboration_invites_defaults BEFORE INSERT OR UPDATE ON collaboration_invites
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.invite_type IS NULL OR NEW.role IS NULL OR NEW.can_upload IS NULL OR NEW.can_edit IS NULL OR NEW.can_delete IS NULL OR NEW.can_manage IS NULL OR NEW.can_invite IS NULL OR NEW.status IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Which albums belong to which customer.
CREATE TABLE customer_albums (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  customer_id UUID NOT NULL,
  album_id UUID NOT NULL,
  role VARCHAR(50) COLLATE "C" DEFAULT 'client' NOT NULL,
  notes TEXT COLLATE "C",
  notified_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT customer_albums_pkey PRIMARY KEY (id),
  CONSTRAINT customer_albums_customer_id_album_id_key UNIQUE (customer_id, album_id),
  CONSTRAINT customer_albums_role_check CHECK (role IN ('client', 'guest', 'photographer')),
  CONSTRAINT customer_albums_customer_id_fkey FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT customer_albums_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
);
CREATE INDEX idx_customer_albums_album ON customer_albums (album_id);

CREATE TRIGGER customer_albums_defaults BEFORE INSERT OR UPDATE ON customer_albums
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.role IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- The sums of one day: of one album, or of the whole site (album_id NULL).
CREATE TABLE daily_stats (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  stat_date DATE NOT NULL,
  album_id UUID,
  view_count INTEGER DEFAULT '0' NOT NULL,
  unique_visitors INTEGER DEFAULT '0' NOT NULL,
  photo_view_count INTEGER DEFAULT '0' NOT NULL,
  download_count INTEGER DEFAULT '0' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT daily_stats_pkey PRIMARY KEY (id),
  CONSTRAINT daily_stats_stat_date_album_id_key UNIQUE (stat_date, album_id),
  CONSTRAINT daily_stats_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
);
CREATE INDEX idx_daily_stats_album_date ON daily_stats (album_id, stat_date);

CREATE TRIGGER daily_stats_updated_at BEFORE UPDATE ON daily_stats
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER daily_stats_defaults BEFORE INSERT OR UPDATE ON daily_stats
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.view_count IS NULL OR NEW.unique_visitors IS NULL OR NEW.photo_view_count IS NULL OR NEW.download_count IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Messages to customers.
CREATE TABLE notifications (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  customer_id UUID,
  album_id UUID,
  type VARCHAR(50) COLLATE "C" NOT NULL,
  channel VARCHAR(20) COLLATE "C" NOT NULL,
  recipient VARCHAR(255) COLLATE "C" NOT NULL,
  subject VARCHAR(500) COLLATE "C",
  content TEXT COLLATE "C",
  status VARCHAR(20) COLLATE "C" DEFAULT 'pending' NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE,
  error_message TEXT COLLATE "C",
  metadata JSONB DEFAULT '{}'::jsonb NOT NULL,
  created_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT notifications_pkey PRIMARY KEY (id),
  CONSTRAINT notifications_type_check CHECK (type IN ('album_ready', 'reminder', 'custom')),
  CONSTRAINT notifications_channel_check CHECK (channel IN ('email', 'sms')),
  CONSTRAINT notifications_status_check CHECK (status IN ('pending', 'sent', 'failed')),
  CONSTRAINT notifications_customer_id_fkey FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE SET NULL,
  CONSTRAINT notifications_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE SET NULL,
  CONSTRAINT notifications_created_by_fkey FOREIGN KEY(created_by) REFERENCES users (id)
);
CREATE INDEX idx_notifications_album_created ON notifications (album_id, created_at, id);
CREATE INDEX idx_notifications_created ON notifications (created_at, id);
CREATE INDEX idx_notifications_created_by ON notifications (created_by);
CREATE INDEX idx_notifications_customer_created ON notifications (customer_id, created_at, id);
CREATE INDEX idx_notifications_status_created ON notifications (status, created_at, id);

CREATE TRIGGER notifications_defaults BEFORE INSERT OR UPDATE ON notifications
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.status IS NULL OR NEW.metadata IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- ZIP jobs and their results.
CREATE TABLE package_downloads (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  album_id UUID NOT NULL,
  photo_ids UUID[] NOT NULL,
  include_watermarked BOOLEAN DEFAULT true NOT NULL,
  include_original BOOLEAN DEFAULT false NOT NULL,
  status VARCHAR(50) COLLATE "C" DEFAULT 'pending' NOT NULL,
  zip_key VARCHAR(500) COLLATE "C",
  file_size BIGINT,
  -- path and query of a presigned GET: whoever has it may download
  download_url TEXT COLLATE "C",
  expires_at TIMESTAMP WITH TIME ZONE,
  completed_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT package_downloads_pkey PRIMARY KEY (id),
  CONSTRAINT package_downloads_status_check CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
  CONSTRAINT package_downloads_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
);
CREATE INDEX idx_package_downloads_album_created ON package_downloads (album_id, created_at, id);
CREATE INDEX idx_package_downloads_expires ON package_downloads (expires_at NULLS FIRST, id);
CREATE INDEX idx_package_downloads_status_created ON package_downloads (status, created_at, id);

CREATE TRIGGER package_downloads_updated_at BEFORE UPDATE ON package_downloads
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER package_downloads_defaults BEFORE INSERT OR UPDATE ON package_downloads
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.include_watermarked IS NULL OR NEW.include_original IS NULL OR NEW.status IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Groups of an album's photos.
CREATE TABLE photo_groups (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  album_id UUID NOT NULL,
  name VARCHAR(255) COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  sort_order INTEGER DEFAULT '0' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT photo_groups_pkey PRIMARY KEY (id),
  CONSTRAINT photo_groups_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
);
CREATE INDEX idx_photo_groups_album_order ON photo_groups (album_id, sort_order, created_at, id);

CREATE TRIGGER photo_groups_updated_at BEFORE UPDATE ON photo_groups
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER photo_groups_defaults BEFORE INSERT OR UPDATE ON photo_groups
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.sort_order IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Photos. A soft-deleted one (deleted_at) is purged with its files after 30 days.
CREATE TABLE photos (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  album_id UUID NOT NULL,
  filename VARCHAR(255) COLLATE "C" NOT NULL,
  original_key VARCHAR(500) COLLATE "C" NOT NULL,
  thumb_key VARCHAR(500) COLLATE "C",
  preview_key VARCHAR(500) COLLATE "C",
  width INTEGER,
  height INTEGER,
  -- bytes of the original
  file_size BIGINT,
  mime_type VARCHAR(100) COLLATE "C",
  -- BlurHash, 4 × 4
  blur_data TEXT COLLATE "C",
  -- SHA-256 of the original, hexadecimal
  hash VARCHAR(64) COLLATE "C",
  exif JSONB DEFAULT '{}'::jsonb,
  rotation INTEGER DEFAULT '0',
  -- place in the album's manual order
  sort_order INTEGER DEFAULT '0' NOT NULL,
  status VARCHAR(50) COLLATE "C" DEFAULT 'pending' NOT NULL,
  retoucher_id UUID,
  -- picked by a visitor: one flag for all of them
  is_selected BOOLEAN DEFAULT false NOT NULL,
  captured_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT photos_pkey PRIMARY KEY (id),
  CONSTRAINT photos_rotation_check CHECK (rotation IN (0, 90, 180, 270)),
  CONSTRAINT photos_status_check CHECK (status IN ('pending', 'pending_retouch', 'retouching', 'processing', 'completed', 'failed')),
  CONSTRAINT photos_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE,
  CONSTRAINT photos_retoucher_id_fkey FOREIGN KEY(retoucher_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX idx_photos_album_captured ON photos (album_id, captured_at NULLS FIRST, id, status) WHERE deleted_at IS NULL;
CREATE INDEX idx_photos_album_created ON photos (album_id, created_at, id, status) WHERE deleted_at IS NULL;
CREATE INDEX idx_photos_album_filename ON photos (album_id, filename, file_size) WHERE deleted_at IS NULL;
CREATE INDEX idx_photos_album_hash ON photos (album_id, hash) WHERE hash IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_photos_album_manual ON photos (album_id, sort_order, id, status) WHERE deleted_at IS NULL;
CREATE INDEX idx_photos_album_selected ON photos (album_id, is_selected, sort_order, id) WHERE is_selected AND deleted_at IS NULL;
CREATE INDEX idx_photos_album_status ON photos (album_id, status) WHERE deleted_at IS NULL;
CREATE INDEX idx_photos_album_trash ON photos (album_id, deleted_at NULLS FIRST, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_photos_album_updated ON photos (album_id, updated_at, id);
CREATE INDEX idx_photos_retoucher_id ON photos (retoucher_id);
CREATE INDEX idx_photos_trash ON photos (deleted_at NULLS FIRST, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_photos_work ON photos (status, created_at, id) WHERE status <> 'completed' AND deleted_at IS NULL;

CREATE TRIGGER photos_updated_at BEFORE UPDATE ON photos
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_touch();

CREATE TRIGGER photos_defaults BEFORE INSERT OR UPDATE ON photos
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.sort_order IS NULL OR NEW.status IS NULL OR NEW.is_selected IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- One row per download.
CREATE TABLE download_logs (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  photo_id UUID,
  album_id UUID,
  download_type VARCHAR(20) COLLATE "C" NOT NULL,
  file_count INTEGER DEFAULT '1' NOT NULL,
  total_size BIGINT,
  downloader_ip VARCHAR(45) COLLATE "C",
  session_id VARCHAR(100) COLLATE "C",
  downloaded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT download_logs_pkey PRIMARY KEY (id),
  CONSTRAINT download_logs_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE SET NULL,
  CONSTRAINT download_logs_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE SET NULL
);
CREATE INDEX idx_download_logs_album_downloaded ON download_logs (album_id, downloaded_at);
CREATE INDEX idx_download_logs_downloaded_at ON download_logs (downloaded_at);
CREATE INDEX idx_download_logs_photo_id ON download_logs (photo_id);

CREATE TRIGGER download_logs_defaults BEFORE INSERT OR UPDATE ON download_logs
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.file_count IS NULL OR NEW.downloaded_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- One row per face.
CREATE TABLE face_embeddings (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  photo_id UUID NOT NULL,
  album_id UUID NOT NULL,
  -- 512 float32, InsightFace's buffalo_l
  embedding BYTEA,
  -- {"x", "y", "w", "h"} in pixels of a rendition 800 wide
  face_location JSONB,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT face_embeddings_pkey PRIMARY KEY (id),
  CONSTRAINT face_embeddings_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
  CONSTRAINT face_embeddings_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
);
CREATE INDEX idx_face_embeddings_album_id ON face_embeddings (album_id);
CREATE INDEX idx_face_embeddings_photo_id ON face_embeddings (photo_id);

CREATE TRIGGER face_embeddings_defaults BEFORE INSERT OR UPDATE ON face_embeddings
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- Which photo is in which group.
CREATE TABLE photo_group_assignments (
  photo_id UUID NOT NULL,
  group_id UUID NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT photo_group_assignments_pkey PRIMARY KEY (photo_id, group_id),
  CONSTRAINT photo_group_assignments_group_id_photo_id_key UNIQUE (group_id, photo_id),
  CONSTRAINT photo_group_assignments_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
  CONSTRAINT photo_group_assignments_group_id_fkey FOREIGN KEY(group_id) REFERENCES photo_groups (id) ON DELETE CASCADE
);

CREATE TRIGGER photo_group_assignments_defaults BEFORE INSERT OR UPDATE ON photo_group_assignments
FOR EACH ROW
WHEN (NEW.created_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

-- One row per look at a photo.
CREATE TABLE photo_views (
  id UUID DEFAULT gen_random_uuid() NOT NULL,
  photo_id UUID NOT NULL,
  album_id UUID,
  viewer_ip VARCHAR(45) COLLATE "C",
  session_id VARCHAR(100) COLLATE "C",
  viewed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT photo_views_pkey PRIMARY KEY (id),
  CONSTRAINT photo_views_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
  CONSTRAINT photo_views_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE SET NULL
);
CREATE INDEX idx_photo_views_album_viewed ON photo_views (album_id, viewed_at);
CREATE INDEX idx_photo_views_photo_viewed ON photo_views (photo_id, viewed_at);
CREATE INDEX idx_photo_views_viewed_at ON photo_views (viewed_at);

CREATE TRIGGER photo_views_defaults BEFORE INSERT OR UPDATE ON photo_views
FOR EACH ROW
WHEN (NEW.id IS NULL OR NEW.viewed_at IS NULL)
EXECUTE FUNCTION pis_default_for_null();

ALTER TABLE albums ADD CONSTRAINT albums_cover_photo_id_fkey FOREIGN KEY(cover_photo_id) REFERENCES photos (id) ON DELETE SET NULL;

CREATE FUNCTION pis_count_insert() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  album_ids uuid[];
  completed_by integer[];
  selected_by integer[];
BEGIN
  SELECT array_agg(d.album_id), array_agg(d.completed), array_agg(d.selected)
    INTO album_ids, completed_by, selected_by
    FROM (SELECT p.album_id, sum(p.completed) AS completed, sum(p.selected) AS selected
            FROM (
          SELECT album_id, (status = 'completed')::integer AS completed, is_selected::integer AS selected FROM added WHERE deleted_at IS NULL
          ) AS p
           GROUP BY p.album_id
          HAVING sum(p.completed) <> 0 OR sum(p.selected) <> 0) AS d;
  IF album_ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF cardinality(album_ids) > 1 THEN
    PERFORM FROM albums WHERE id = ANY (album_ids) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  PERFORM set_config('pis.counting', 'on', true);
  UPDATE albums AS a
     SET photo_count = a.photo_count + d.completed, selected_count = a.selected_count + d.selected
    FROM unnest(album_ids, completed_by, selected_by) AS d (album_id, completed, selected)
   WHERE a.id = d.album_id;
  PERFORM set_config('pis.counting', 'off', true);
  RETURN NULL;
END
$$;

CREATE TRIGGER photos_counters_insert AFTER INSERT ON photos
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_count_insert();

CREATE FUNCTION pis_count_update() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  album_ids uuid[];
  completed_by integer[];
  selected_by integer[];
BEGIN
  SELECT array_agg(d.album_id), array_agg(d.completed), array_agg(d.selected)
    INTO album_ids, completed_by, selected_by
    FROM (SELECT p.album_id, sum(p.completed) AS completed, sum(p.selected) AS selected
            FROM (
          SELECT album_id, (status = 'completed')::integer AS completed, is_selected::integer AS selected FROM added WHERE deleted_at IS NULL
          UNION ALL
          SELECT album_id, -(status = 'completed')::integer AS completed, -is_selected::integer AS selected FROM removed WHERE deleted_at IS NULL
          ) AS p
           GROUP BY p.album_id
          HAVING sum(p.completed) <> 0 OR sum(p.selected) <> 0) AS d;
  IF album_ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF cardinality(album_ids) > 1 THEN
    PERFORM FROM albums WHERE id = ANY (album_ids) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  PERFORM set_config('pis.counting', 'on', true);
  UPDATE albums AS a
     SET photo_count = a.photo_count + d.completed, selected_count = a.selected_count + d.selected
    FROM unnest(album_ids, completed_by, selected_by) AS d (album_id, completed, selected)
   WHERE a.id = d.album_id;
  PERFORM set_config('pis.counting', 'off', true);
  RETURN NULL;
END
$$;

CREATE TRIGGER photos_counters_update AFTER UPDATE ON photos
REFERENCING OLD TABLE AS removed NEW TABLE AS added
FOR EACH STATEMENT
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_count_update();

CREATE FUNCTION pis_count_delete() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  album_ids uuid[];
  completed_by integer[];
  selected_by integer[];
BEGIN
  SELECT array_agg(d.album_id), array_agg(d.completed), array_agg(d.selected)
    INTO album_ids, completed_by, selected_by
    FROM (SELECT p.album_id, sum(p.completed) AS completed, sum(p.selected) AS selected
            FROM (
          SELECT album_id, -(status = 'completed')::integer AS completed, -is_selected::integer AS selected FROM removed WHERE deleted_at IS NULL
          ) AS p
           GROUP BY p.album_id
          HAVING sum(p.completed) <> 0 OR sum(p.selected) <> 0) AS d;
  IF album_ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF cardinality(album_ids) > 1 THEN
    PERFORM FROM albums WHERE id = ANY (album_ids) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  PERFORM set_config('pis.counting', 'on', true);
  UPDATE albums AS a
     SET photo_count = a.photo_count + d.completed, selected_count = a.selected_count + d.selected
    FROM unnest(album_ids, completed_by, selected_by) AS d (album_id, completed, selected)
   WHERE a.id = d.album_id;
  PERFORM set_config('pis.counting', 'off', true);
  RETURN NULL;
END
$$;

CREATE TRIGGER photos_counters_delete AFTER DELETE ON photos
REFERENCING OLD TABLE AS removed
FOR EACH STATEMENT
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION pis_count_delete();

CREATE FUNCTION pis_keep_counters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.photo_count := 0;
    NEW.selected_count := 0;
  ELSE
    NEW.photo_count := OLD.photo_count;
    NEW.selected_count := OLD.selected_count;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER albums_counters_insert BEFORE INSERT ON albums
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on' AND (NEW.photo_count IS DISTINCT FROM 0 OR NEW.selected_count IS DISTINCT FROM 0))
EXECUTE FUNCTION pis_keep_counters();

CREATE TRIGGER albums_counters_update BEFORE UPDATE ON albums
FOR EACH ROW
WHEN (current_setting('pis.quiet', true) IS DISTINCT FROM 'on' AND current_setting('pis.counting', true) IS DISTINCT FROM 'on' AND (NEW.photo_count IS DISTINCT FROM OLD.photo_count OR NEW.selected_count IS DISTINCT FROM OLD.selected_count))
EXECUTE FUNCTION pis_keep_counters();

INSERT INTO system_settings (id, key, value, category, description, is_public) VALUES
  ('7d662ce7-0756-50ad-8ab9-4adfc9441dde', 'brand_name', '"PIS Photography"', 'brand', '品牌名称', true),
  ('5ba7fae0-5c0a-5c70-b2b2-5cd71af5e247', 'brand_tagline', '"让每个瞬间都值得珍藏"', 'brand', '品牌标语', true),
  ('d597b044-1849-559e-a07c-add04ead0754', 'brand_logo', 'null', 'brand', '品牌标志', true),
  ('22631648-1b18-5212-a453-f0c1bff56e7f', 'brand_favicon', 'null', 'brand', '网站图标', true),
  ('35c7ba89-832f-58a8-8224-6791610cd1bf', 'logo_url', 'null', 'brand', '上传的品牌标志的地址', true),
  ('161d45aa-0644-5e68-85a9-cc8ab926c1ab', 'favicon_url', 'null', 'brand', '上传的网站图标的地址', true),
  ('fef172a6-cdfc-5c73-8c61-c83b7b404b5b', 'copyright_text', '""', 'brand', '版权文字', true),
  ('522b3b2c-a5d2-5958-8262-ca997581457f', 'icp_number', '""', 'brand', 'ICP 备案号', true),
  ('2860f99d-f0fb-564c-b3c5-2568413977ea', 'police_number', '""', 'brand', '公安备案号', true),
  ('e578f427-ad1a-594e-8a34-dfe79e178355', 'site_title', '"PIS 私有化照片分享"', 'site', '网站标题', true),
  ('07840ba6-a662-5f39-b9db-889136b7a02d', 'site_description', '"面向摄影师的私有化照片即时分享系统"', 'site', '网站描述', true),
  ('35485351-8129-59d7-816b-09c293f1c6c6', 'site_keywords', '"摄影,照片分享,相册,私有化部署"', 'site', '网站关键词', true),
  ('a989a617-c4b8-57e4-b5c5-aa739ea9a467', 'allow_public_home', 'true', 'feature', '是否开放公开首页', false),
  ('35cd7af1-f1ae-52c4-af00-a69ebc37a151', 'default_watermark_enabled', 'false', 'feature', '新相册默认启用水印', false),
  ('e944b945-851f-53f0-a865-0e1bdd75ea05', 'default_allow_download', 'true', 'feature', '新相册默认允许下载', false),
  ('68de0bb3-1a1f-5531-b891-1ecaa99569a0', 'default_show_exif', 'true', 'feature', '新相册默认显示拍摄参数', false),
  ('83d37920-450b-5a80-a335-9f8d1ac8efa7', 'polling_interval', '3000', 'feature', '页面轮询间隔(毫秒)', false),
  ('9ac0b992-a58e-56d1-aa73-7ea584626264', 'social_wechat_qrcode', 'null', 'social', '微信二维码', true),
  ('b520c362-70c1-50bb-8a66-1e5b17d90abf', 'wechat_qrcode_url', 'null', 'social', '上传的微信二维码的地址', true),
  ('a372e86e-0870-5e46-bd17-c5149f3467cc', 'social_weibo', '""', 'social', '微博', true),
  ('629f42a4-c39c-5194-b49c-8e0f42eb9adb', 'social_instagram', '""', 'social', 'Instagram', true),
  ('a5967327-6b1e-582e-8748-f18f03ba9da8', 'social_email', '""', 'social', '联系邮箱', true),
  ('5ac28c7a-f406-5ba0-8d3b-33f5a862712d', 'social_phone', '""', 'social', '联系电话', true),
  ('b5d99110-852a-57e2-b9d2-6a81b8e7b8bc', 'theme_mode', '"system"', 'theme', '主题模式:跟随系统、浅色或深色', true),
  ('46f9d5cb-0ce9-52ae-9e06-5e2bdfae6ebe', 'theme_primary_color', '"#D4AF37"', 'theme', '主色调', true),
  ('bdb5aa6b-511b-56e4-9662-5ac99efa8bdc', 'theme_border_radius', 'null', 'theme', '圆角大小', true)
ON CONFLICT DO NOTHING;

INSERT INTO permissions (id, code, name, description, category, is_system) VALUES
  ('23a7c808-fe16-5bc9-aaeb-879094b8fe57', 'album:view', '查看相册', '浏览相册列表与详情', 'album', true),
  ('7fafab10-0d41-5166-97dc-93cee2aee2b8', 'album:create', '创建相册', '新建相册', 'album', true),
  ('db95e99d-330f-5e81-a51c-baee7604fd88', 'album:edit', '编辑相册', '修改相册的资料与设置', 'album', true),
  ('c339f680-be3f-5e3f-9ddf-ecad92be076c', 'album:delete', '删除相册', '把相册移入回收站', 'album', true),
  ('907b494b-923a-525d-9322-f67fb152339a', 'album:publish', '发布相册', '设置相册是否公开与直播', 'album', true),
  ('24da5d55-0b7f-56e5-ac84-c1d7df67ad2f', 'album:share', '分享相册', '生成分享链接、海报与二维码', 'album', true),
  ('5001cf31-eea3-5d22-9f0c-3b9e161a8653', 'photo:view', '查看照片', '浏览照片及其拍摄参数', 'photo', true),
  ('56fbac2e-5267-5342-b027-055a49ba4ec6', 'photo:upload', '上传照片', '向相册上传照片', 'photo', true),
  ('865295d9-14d9-5941-b40c-e241610af8ab', 'photo:edit', '编辑照片', '旋转、排序、分组与选片', 'photo', true),
  ('51a49494-105e-5006-a2d6-55cec3f4c348', 'photo:delete', '删除照片', '把照片移入回收站或彻底删除', 'photo', true),
  ('6d681ad7-cfeb-55ec-9c4b-de3bcf1cce35', 'photo:download', '下载照片', '下载照片原图', 'photo', true),
  ('fb9f687a-8cdb-52b2-a53b-a621ea47bd9a', 'photo:retouch', '修图', '领取修图任务并上传成片', 'photo', true),
  ('dc239491-dd8d-59da-9143-f797babc9258', 'customer:view', '查看客户', '浏览客户资料', 'customer', true),
  ('eea53e1e-a7a7-5f90-8541-caf6047429fd', 'customer:create', '创建客户', '新建客户资料', 'customer', true),
  ('3599d976-72d9-539a-a69e-925ccfa0cf22', 'customer:edit', '编辑客户', '修改客户资料及其相册', 'customer', true),
  ('62c129b6-8191-5edf-b6b0-bc4f00fff064', 'customer:delete', '删除客户', '删除客户资料', 'customer', true),
  ('3f94e82a-237b-5240-b5e6-d5f3d72bb286', 'customer:notify', '通知客户', '向客户发送通知', 'customer', true),
  ('c0f3f554-7b80-5ac2-872c-57c2ed6dc8e4', 'analytics:view', '查看统计', '浏览访问与下载统计', 'analytics', true),
  ('5579ef6b-2cd5-5ac4-930d-c4918abe28b2', 'analytics:export', '导出统计', '导出统计数据', 'analytics', true),
  ('39a3927b-ea11-5ebc-824b-80624b02f711', 'system:settings', '系统设置', '修改系统设置', 'system', true),
  ('b35ff96f-259d-5f06-b709-b34131f7c111', 'system:upgrade', '系统升级', '执行升级与回滚', 'system', true),
  ('b5539dde-1466-590e-981b-284a1fb75513', 'system:users', '用户管理', '管理后台账号', 'system', true),
  ('371db741-deaa-5438-9a4d-cddfb7397d51', 'system:permissions', '权限管理', '管理角色与用户的权限', 'system', true),
  ('7af52d61-5260-5e81-8a07-fafc56140e3c', 'system:audit', '审计日志', '查看与导出操作日志', 'system', true),
  ('ad580617-a351-516a-844a-241173baad62', 'system:backup', '数据备份', '导出与恢复数据', 'system', true)
ON CONFLICT DO NOTHING;

INSERT INTO role_permissions (id, role, permission_id) VALUES
  ('d6ef99c1-8c24-5c4d-b4a4-96214eff6318', 'admin', '23a7c808-fe16-5bc9-aaeb-879094b8fe57'),
  ('cd3cb489-de87-5d51-8795-e1fb604e0a9b', 'admin', '7fafab10-0d41-5166-97dc-93cee2aee2b8'),
  ('dd449c6c-a546-5d4e-8adf-8edcc5dbc271', 'admin', 'db95e99d-330f-5e81-a51c-baee7604fd88'),
  ('f4f5e9ef-f869-5c27-8f1f-87d3efa98dcb', 'admin', 'c339f680-be3f-5e3f-9ddf-ecad92be076c'),
  ('fe07b990-b81d-57d3-80ea-dbd762818032', 'admin', '907b494b-923a-525d-9322-f67fb152339a'),
  ('3c11d1e9-a00f-5a6c-8b95-17c65ef037f5', 'admin', '24da5d55-0b7f-56e5-ac84-c1d7df67ad2f'),
  ('195ab05d-810e-53c0-a436-36ccfb1c61ad', 'admin', '5001cf31-eea3-5d22-9f0c-3b9e161a8653'),
  ('9ca05e92-b874-5570-8b32-c7a94a92f3ca', 'admin', '56fbac2e-5267-5342-b027-055a49ba4ec6'),
  ('c66b3fbb-a872-579a-b264-9627c849e18e', 'admin', '865295d9-14d9-5941-b40c-e241610af8ab'),
  ('15951052-3384-560a-9220-9eb3ed81abdf', 'admin', '51a49494-105e-5006-a2d6-55cec3f4c348'),
  ('f6bf6feb-fdc6-5715-8aa0-355104332154', 'admin', '6d681ad7-cfeb-55ec-9c4b-de3bcf1cce35'),
  ('72e1da81-5bd0-5126-86b7-de424001048d', 'admin', 'fb9f687a-8cdb-52b2-a53b-a621ea47bd9a'),
  ('2abaf885-7dfc-5a76-8566-f9a917bee986', 'admin', 'dc239491-dd8d-59da-9143-f797babc9258'),
  ('a6a62629-4371-5785-8ad7-72088a34bf8c', 'admin', 'eea53e1e-a7a7-5f90-8541-caf6047429fd'),
  ('9aaa4179-56e9-55de-92ce-2edab339a2f6', 'admin', '3599d976-72d9-539a-a69e-925ccfa0cf22'),
  ('425e318e-52ed-54ad-a4f0-d03390f59635', 'admin', '62c129b6-8191-5edf-b6b0-bc4f00fff064'),
  ('93a74008-d12e-574e-8992-c15be56ba46c', 'admin', '3f94e82a-237b-5240-b5e6-d5f3d72bb286'),
  ('63506be9-3f6f-5d31-bb3a-4d49bee6bb59', 'admin', 'c0f3f554-7b80-5ac2-872c-57c2ed6dc8e4'),
  ('605b9888-cf1e-57b9-b21e-2064097fd44b', 'admin', '5579ef6b-2cd5-5ac4-930d-c4918abe28b2'),
  ('c6e2d8d8-d9ab-5768-95c4-b8f67d35546c', 'admin', '39a3927b-ea11-5ebc-824b-80624b02f711'),
  ('e7b73b78-aa3f-576b-a0ea-2336f5a13758', 'admin', 'b35ff96f-259d-5f06-b709-b34131f7c111'),
  ('a0b9c2b3-cbbe-5eee-9aa5-b9a929d6a925', 'admin', 'b5539dde-1466-590e-981b-284a1fb75513'),
  ('5f3af6df-638a-5252-be1b-25c2883be278', 'admin', '371db741-deaa-5438-9a4d-cddfb7397d51'),
  ('b6124f08-171f-54cb-9875-c765b0694709', 'admin', '7af52d61-5260-5e81-8a07-fafc56140e3c'),
  ('d400bab3-ee25-547c-beeb-9ecf400949fe', 'admin', 'ad580617-a351-516a-844a-241173baad62'),
  ('31761ccb-ce38-5d53-810f-f57d42f40078', 'photographer', '23a7c808-fe16-5bc9-aaeb-879094b8fe57'),
  ('96be2f3f-2e06-5259-975d-2121c59671b1', 'photographer', '7fafab10-0d41-5166-97dc-93cee2aee2b8'),
  ('c0286cfa-9c61-511b-adf9-ac76e586b8d9', 'photographer', 'db95e99d-330f-5e81-a51c-baee7604fd88'),
  ('92f10e48-3533-5f29-b487-be5df7178d30', 'photographer', '907b494b-923a-525d-9322-f67fb152339a'),
  ('0c639377-e555-5072-9159-5c8d3ff6af14', 'photographer', '24da5d55-0b7f-56e5-ac84-c1d7df67ad2f'),
  ('87e5a7e8-8ea5-5e00-9bb0-a3331870fe30', 'photographer', '5001cf31-eea3-5d22-9f0c-3b9e161a8653'),
  ('13332ec7-4c39-5697-af45-befe33ca61bb', 'photographer', '56fbac2e-5267-5342-b027-055a49ba4ec6'),
  ('6390e30c-0bac-51cc-b0ec-c53e2fc3f241', 'photographer', '865295d9-14d9-5941-b40c-e241610af8ab'),
  ('1f2ab432-9302-5683-bc42-acd46b973580', 'photographer', '51a49494-105e-5006-a2d6-55cec3f4c348'),
  ('a4f07d77-b37d-528d-8d7a-7e1ae57dcd4a', 'photographer', '6d681ad7-cfeb-55ec-9c4b-de3bcf1cce35'),
  ('b2e623be-e314-58e7-b87d-37c43f18f719', 'photographer', 'dc239491-dd8d-59da-9143-f797babc9258'),
  ('893c402d-05ff-5624-8cbf-a268527cfb01', 'photographer', 'eea53e1e-a7a7-5f90-8541-caf6047429fd'),
  ('c3e0eadb-56d4-59d1-b5b0-82d09d0edc91', 'photographer', '3599d976-72d9-539a-a69e-925ccfa0cf22'),
  ('28525a8d-20ef-5090-bd0e-beb2c2a43a1c', 'photographer', '3f94e82a-237b-5240-b5e6-d5f3d72bb286'),
  ('7e942609-fa08-5a0f-9dd6-40a10b87d527', 'photographer', 'c0f3f554-7b80-5ac2-872c-57c2ed6dc8e4'),
  ('8554071e-74de-5e4e-a7b4-f97e2b8512fc', 'retoucher', '23a7c808-fe16-5bc9-aaeb-879094b8fe57'),
  ('ef3c95fd-b570-5524-82a0-9d420d0d4fc8', 'retoucher', '5001cf31-eea3-5d22-9f0c-3b9e161a8653'),
  ('68223fc0-a7c3-5066-9450-87dd46065b52', 'retoucher', '865295d9-14d9-5941-b40c-e241610af8ab'),
  ('596618f7-a1f4-5391-8353-0070be7cd41d', 'retoucher', 'fb9f687a-8cdb-52b2-a53b-a621ea47bd9a'),
  ('21058ebc-c27a-5884-af13-33619b48a7d2', 'retoucher', '6d681ad7-cfeb-55ec-9c4b-de3bcf1cce35'),
  ('65660db1-8b75-543c-93d6-74e7a87211ef', 'viewer', '23a7c808-fe16-5bc9-aaeb-879094b8fe57'),
  ('97166d0a-88fb-5c32-83ab-91a2dbdd11c1', 'viewer', '5001cf31-eea3-5d22-9f0c-3b9e161a8653'),
  ('d25152b6-e441-5765-8237-447a15f1f246', 'viewer', 'c0f3f554-7b80-5ac2-872c-57c2ed6dc8e4')
ON CONFLICT DO NOTHING;

-- The revision of this schema, for pis-data db upgrade
CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version (version_num) VALUES ('0012');

COMMIT;
