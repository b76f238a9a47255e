-- database/full_schema.sql, converted for MySQL 8.0.19 and later.
-- Do not edit: pis-data schema convert database/full_schema.sql --to mysql

SET NAMES utf8mb4;
SET time_zone = '+00:00';

CREATE TABLE album_templates (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  is_public BOOL NOT NULL DEFAULT false,
  layout VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'masonry',
  sort_rule VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'capture_desc',
  allow_download BOOL NOT NULL DEFAULT true,
  allow_batch_download BOOL NOT NULL DEFAULT false,
  show_exif BOOL NOT NULL DEFAULT true,
  password VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  expires_at DATETIME(6),
  watermark_enabled BOOL NOT NULL DEFAULT false,
  watermark_type VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  watermark_config JSON NOT NULL DEFAULT ('{}'),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT album_templates_pkey PRIMARY KEY (id),
  CONSTRAINT album_templates_layout_check CHECK (layout IN ('masonry', 'grid', 'carousel')),
  CONSTRAINT album_templates_sort_rule_check CHECK (sort_rule IN ('capture_desc', 'capture_asc', 'manual')),
  CONSTRAINT album_templates_watermark_type_check CHECK (watermark_type IN ('text', 'logo'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE custom_translations (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  locale VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  namespace VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  `key` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  value MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  is_active BOOL NOT NULL DEFAULT true,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT custom_translations_pkey PRIMARY KEY (id),
  CONSTRAINT custom_translations_locale_namespace_key_key UNIQUE (locale, namespace, `key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE email_config (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  smtp_host VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  smtp_port INTEGER NOT NULL DEFAULT '587',
  smtp_secure BOOL NOT NULL DEFAULT true,
  smtp_user VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  smtp_pass VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  from_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  from_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  is_active BOOL NOT NULL DEFAULT true,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT email_config_pkey PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE permissions (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  code VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  category VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  is_system BOOL NOT NULL DEFAULT false,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT permissions_pkey PRIMARY KEY (id),
  CONSTRAINT permissions_code_key UNIQUE (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE pis_meta (
  `key` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  value VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  CONSTRAINT pis_meta_pkey PRIMARY KEY (`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE system_settings (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  `key` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  value JSON NOT NULL DEFAULT ('{}'),
  category VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  is_public BOOL NOT NULL DEFAULT false,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT system_settings_pkey PRIMARY KEY (id),
  CONSTRAINT system_settings_key_key UNIQUE (`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE users (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  password_hash VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  `role` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'guest',
  is_active BOOL NOT NULL DEFAULT true,
  last_login_at DATETIME(6),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  deleted_at DATETIME(6),
  full_name MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  avatar_url MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_email_key UNIQUE (email),
  CONSTRAINT users_role_check CHECK (`role` IN ('admin', 'photographer', 'retoucher', 'guest', 'viewer'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE photos (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  album_id BINARY(16) NOT NULL,
  filename VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  original_key VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  thumb_key VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  preview_key VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  width INTEGER,
  height INTEGER,
  file_size BIGINT,
  mime_type VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  blur_data MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  hash VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  exif JSON DEFAULT ('{}'),
  rotation INTEGER DEFAULT '0',
  sort_order INTEGER NOT NULL DEFAULT '0',
  status VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'pending',
  retoucher_id BINARY(16),
  is_selected BOOL NOT NULL DEFAULT false,
  captured_at DATETIME(6),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  deleted_at DATETIME(6),
  CONSTRAINT photos_pkey PRIMARY KEY (id),
  CONSTRAINT photos_rotation_check CHECK (rotation IN (0, 90, 180, 270)),
  CONSTRAINT photos_status_check CHECK (status IN ('pending', 'pending_retouch', 'retouching', 'processing', 'completed', 'failed')),
  CONSTRAINT photos_retoucher_id_fkey FOREIGN KEY(retoucher_id) REFERENCES users (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_photos_album_created ON photos (album_id, created_at, id, status);
CREATE INDEX idx_photos_album_captured ON photos (album_id, captured_at, id, status);
CREATE INDEX idx_photos_album_filename ON photos (album_id, filename, file_size);
CREATE INDEX idx_photos_album_hash ON photos (album_id, hash);
CREATE INDEX idx_photos_album_manual ON photos (album_id, sort_order, id, status);
CREATE INDEX idx_photos_album_selected ON photos (album_id, is_selected, sort_order, id);
CREATE INDEX idx_photos_album_status ON photos (album_id, status);
CREATE INDEX idx_photos_album_trash ON photos (album_id, deleted_at, id);
CREATE INDEX idx_photos_album_updated ON photos (album_id, updated_at, id);
CREATE INDEX idx_photos_retoucher_id ON photos (retoucher_id);
CREATE INDEX idx_photos_trash ON photos (deleted_at, id);
CREATE INDEX idx_photos_work ON photos (status, created_at, id);

CREATE TABLE albums (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  slug VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  cover_photo_id BINARY(16),
  photo_count INTEGER NOT NULL DEFAULT '0',
  password VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  upload_token VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  expires_at DATETIME(6),
  is_public BOOL NOT NULL DEFAULT false,
  layout VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'masonry',
  sort_rule VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'capture_desc',
  allow_download BOOL NOT NULL DEFAULT true,
  allow_batch_download BOOL NOT NULL DEFAULT false,
  show_exif BOOL NOT NULL DEFAULT true,
  allow_share BOOL NOT NULL DEFAULT true,
  watermark_enabled BOOL NOT NULL DEFAULT false,
  watermark_type VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin DEFAULT 'text',
  watermark_config JSON NOT NULL DEFAULT ('{}'),
  color_grading JSON DEFAULT ('{}'),
  enable_human_retouch BOOL NOT NULL DEFAULT false,
  enable_ai_retouch BOOL NOT NULL DEFAULT false,
  ai_retouch_config JSON NOT NULL DEFAULT ('{}'),
  share_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  share_description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  share_image_url VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  poster_image_url VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  event_date DATETIME(6),
  location MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  is_live BOOL NOT NULL DEFAULT false,
  template_id VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  template_config JSON NOT NULL DEFAULT ('{}'),
  title_translations JSON NOT NULL DEFAULT ('{}'),
  description_translations JSON NOT NULL DEFAULT ('{}'),
  share_title_translations JSON NOT NULL DEFAULT ('{}'),
  share_description_translations JSON NOT NULL DEFAULT ('{}'),
  selected_count INTEGER NOT NULL DEFAULT '0',
  view_count INTEGER NOT NULL DEFAULT '0',
  metadata JSON NOT NULL DEFAULT ('{}'),
  owner_id BINARY(16),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  deleted_at DATETIME(6),
  CONSTRAINT albums_pkey PRIMARY KEY (id),
  CONSTRAINT albums_slug_key UNIQUE (slug),
  CONSTRAINT albums_layout_check CHECK (layout IN ('masonry', 'grid', 'carousel')),
  CONSTRAINT albums_sort_rule_check CHECK (sort_rule IN ('capture_desc', 'capture_asc', 'manual')),
  CONSTRAINT albums_watermark_type_check CHECK (watermark_type IN ('text', 'logo')),
  CONSTRAINT albums_owner_id_fkey FOREIGN KEY(owner_id) REFERENCES users (id),
  CONSTRAINT albums_cover_photo_id_fkey FOREIGN KEY(cover_photo_id) REFERENCES photos (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_albums_cover_photo_id ON albums (cover_photo_id);
CREATE INDEX idx_albums_live_created ON albums (created_at, id);
CREATE INDEX idx_albums_owner_id ON albums (owner_id);
CREATE INDEX idx_albums_public_created ON albums (is_public, created_at, id);
CREATE INDEX idx_albums_trash ON albums (deleted_at, id);

CREATE TABLE audit_logs (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  user_id BINARY(16),
  user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  user_role VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  action VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  resource_type VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  resource_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  resource_name VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  changes JSON NOT NULL DEFAULT ('{}'),
  metadata JSON NOT NULL DEFAULT ('{}'),
  ip_address VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  user_agent MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  request_method VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  request_path MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'success',
  error_message MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT audit_logs_pkey PRIMARY KEY (id),
  CONSTRAINT audit_logs_status_check CHECK (status IN ('success', 'failed', 'pending')),
  CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_audit_logs_action_created ON audit_logs (action, created_at, id);
CREATE INDEX idx_audit_logs_created ON audit_logs (created_at, id);
CREATE INDEX idx_audit_logs_resource_created ON audit_logs (resource_type, resource_id, created_at, id);
CREATE INDEX idx_audit_logs_user_created ON audit_logs (user_id, created_at, id);

CREATE TABLE customers (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  phone VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  wechat VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  company VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  address MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  notes MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  tags JSON,
  source VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'active',
  created_by BINARY(16),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  deleted_at DATETIME(6),
  CONSTRAINT customers_pkey PRIMARY KEY (id),
  CONSTRAINT customers_status_check CHECK (status IN ('active', 'inactive', 'archived')),
  CONSTRAINT customers_created_by_fkey FOREIGN KEY(created_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_customers_created_by ON customers (created_by);
CREATE INDEX idx_customers_email ON customers (email);
CREATE INDEX idx_customers_live_created ON customers (created_at, id);
CREATE INDEX idx_customers_live_name ON customers (name, id);
CREATE INDEX idx_customers_phone ON customers (phone);

CREATE TABLE role_permissions (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  `role` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  permission_id BINARY(16) NOT NULL,
  granted_by BINARY(16),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT role_permissions_pkey PRIMARY KEY (id),
  CONSTRAINT role_permissions_role_permission_id_key UNIQUE (`role`, permission_id),
  CONSTRAINT role_permissions_role_check CHECK (`role` IN ('admin', 'photographer', 'retoucher', 'guest', 'viewer')),
  CONSTRAINT role_permissions_permission_id_fkey FOREIGN KEY(permission_id) REFERENCES permissions (id) ON DELETE CASCADE,
  CONSTRAINT role_permissions_granted_by_fkey FOREIGN KEY(granted_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_role_permissions_granted_by ON role_permissions (granted_by);
CREATE INDEX idx_role_permissions_permission ON role_permissions (permission_id);

CREATE TABLE style_templates (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  category VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'general',
  theme_config JSON NOT NULL DEFAULT ('{}'),
  typography_config JSON NOT NULL DEFAULT ('{}'),
  layout_config JSON NOT NULL DEFAULT ('{}'),
  hero_config JSON NOT NULL DEFAULT ('{}'),
  hover_config JSON NOT NULL DEFAULT ('{}'),
  animation_config JSON NOT NULL DEFAULT ('{}'),
  thumbnail_url MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  is_builtin BOOL NOT NULL DEFAULT false,
  is_public BOOL NOT NULL DEFAULT true,
  sort_order INTEGER NOT NULL DEFAULT '0',
  created_by BINARY(16),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT style_templates_pkey PRIMARY KEY (id),
  CONSTRAINT style_templates_created_by_fkey FOREIGN KEY(created_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_style_templates_category_order ON style_templates (category, sort_order, created_at, id);
CREATE INDEX idx_style_templates_created_by ON style_templates (created_by);

CREATE TABLE upgrade_history (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  from_version VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  to_version VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'pending',
  started_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  completed_at DATETIME(6),
  executed_by BINARY(16),
  notes MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  error_message MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  rebuild_performed BOOL NOT NULL DEFAULT false,
  rollback_available BOOL NOT NULL DEFAULT true,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT upgrade_history_pkey PRIMARY KEY (id),
  CONSTRAINT upgrade_history_status_check CHECK (status IN ('pending', 'running', 'success', 'failed', 'rolled_back')),
  CONSTRAINT upgrade_history_executed_by_fkey FOREIGN KEY(executed_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_upgrade_history_executed_by ON upgrade_history (executed_by);
CREATE INDEX idx_upgrade_history_started ON upgrade_history (started_at, id);

CREATE TABLE user_permissions (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  user_id BINARY(16) NOT NULL,
  permission_id BINARY(16) NOT NULL,
  granted BOOL NOT NULL DEFAULT true,
  granted_by BINARY(16),
  expires_at DATETIME(6),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT user_permissions_pkey PRIMARY KEY (id),
  CONSTRAINT user_permissions_user_id_permission_id_key UNIQUE (user_id, permission_id),
  CONSTRAINT user_permissions_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT user_permissions_permission_id_fkey FOREIGN KEY(permission_id) REFERENCES permissions (id) ON DELETE CASCADE,
  CONSTRAINT user_permissions_granted_by_fkey FOREIGN KEY(granted_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_user_permissions_granted_by ON user_permissions (granted_by);
CREATE INDEX idx_user_permissions_permission ON user_permissions (permission_id);

CREATE TABLE album_collaborators (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  album_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  `role` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'editor',
  can_upload BOOL NOT NULL DEFAULT true,
  can_edit BOOL NOT NULL DEFAULT true,
  can_delete BOOL NOT NULL DEFAULT false,
  can_manage BOOL NOT NULL DEFAULT false,
  can_invite BOOL NOT NULL DEFAULT false,
  invited_by BINARY(16),
  invited_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  accepted_at DATETIME(6),
  status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'pending',
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT album_collaborators_pkey PRIMARY KEY (id),
  CONSTRAINT album_collaborators_album_id_user_id_key UNIQUE (album_id, user_id),
  CONSTRAINT album_collaborators_role_check CHECK (`role` IN ('owner', 'editor', 'viewer')),
  CONSTRAINT album_collaborators_status_check CHECK (status IN ('pending', 'accepted', 'rejected', 'removed')),
  CONSTRAINT album_collaborators_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE,
  CONSTRAINT album_collaborators_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT album_collaborators_invited_by_fkey FOREIGN KEY(invited_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_album_collaborators_invited_by ON album_collaborators (invited_by);
CREATE INDEX idx_album_collaborators_user ON album_collaborators (user_id);

CREATE TABLE album_views (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  album_id BINARY(16) NOT NULL,
  viewer_ip VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  viewer_ua MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  viewer_referer MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  viewer_country VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  viewer_city VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  device_type VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  browser VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  os VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  session_id VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  viewed_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT album_views_pkey PRIMARY KEY (id),
  CONSTRAINT album_views_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_album_views_album_viewed ON album_views (album_id, viewed_at, id);
CREATE INDEX idx_album_views_session_viewed ON album_views (album_id, session_id, viewed_at);
CREATE INDEX idx_album_views_viewed_at ON album_views (viewed_at);

CREATE TABLE collaboration_invites (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  album_id BINARY(16) NOT NULL,
  invite_type VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'email',
  email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  invite_code VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  `role` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'editor',
  can_upload BOOL NOT NULL DEFAULT true,
  can_edit BOOL NOT NULL DEFAULT true,
  can_delete BOOL NOT NULL DEFAULT false,
  can_manage BOOL NOT NULL DEFAULT false,
  can_invite BOOL NOT NULL DEFAULT false,
  invited_by BINARY(16) NOT NULL,
  status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'pending',
  expires_at DATETIME(6),
  used_at DATETIME(6),
  used_by BINARY(16),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT collaboration_invites_pkey PRIMARY KEY (id),
  CONSTRAINT collaboration_invites_invite_code_key UNIQUE (invite_code),
  CONSTRAINT collaboration_invites_invite_type_check CHECK (invite_type IN ('email', 'link')),
  CONSTRAINT collaboration_invites_role_check CHECK (`role` IN ('owner', 'editor', 'viewer')),
  CONSTRAINT collaboration_invites_status_check CHECK (status IN ('pending', 'accepted', 'expired', 'cancelled')),
  CONSTRAINT collaboration_invites_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE,
  CONSTRAINT collaboration_invites_invited_by_fkey FOREIGN KEY(invited_by) REFERENCES users (id),
  CONSTRAINT collaboration_invites_used_by_fkey FOREIGN KEY(used_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_collaboration_invites_album ON collaboration_invites (album_id);
CREATE INDEX idx_collaboration_invites_email ON collaboration_invites (email);
CREATE INDEX idx_collaboration_invites_invited_by ON collaboration_invites (invited_by);
CREATE INDEX idx_collaboration_invites_used_by ON collaboration_invites (used_by);

CREATE TABLE customer_albums (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  customer_id BINARY(16) NOT NULL,
  album_id BINARY(16) NOT NULL,
  `role` VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'client',
  notes MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  notified_at DATETIME(6),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT customer_albums_pkey PRIMARY KEY (id),
  CONSTRAINT customer_albums_customer_id_album_id_key UNIQUE (customer_id, album_id),
  CONSTRAINT customer_albums_role_check CHECK (`role` IN ('client', 'guest', 'photographer')),
  CONSTRAINT customer_albums_customer_id_fkey FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT customer_albums_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_customer_albums_album ON customer_albums (album_id);

CREATE TABLE daily_stats (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  stat_date DATE NOT NULL,
  album_id BINARY(16),
  view_count INTEGER NOT NULL DEFAULT '0',
  unique_visitors INTEGER NOT NULL DEFAULT '0',
  photo_view_count INTEGER NOT NULL DEFAULT '0',
  download_count INTEGER NOT NULL DEFAULT '0',
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT daily_stats_pkey PRIMARY KEY (id),
  CONSTRAINT daily_stats_stat_date_album_id_key UNIQUE (stat_date, album_id),
  CONSTRAINT daily_stats_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_daily_stats_album_date ON daily_stats (album_id, stat_date);

CREATE TABLE notifications (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  customer_id BINARY(16),
  album_id BINARY(16),
  type VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  channel VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  recipient VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  subject VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  content MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'pending',
  sent_at DATETIME(6),
  error_message MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  metadata JSON NOT NULL DEFAULT ('{}'),
  created_by BINARY(16),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT notifications_pkey PRIMARY KEY (id),
  CONSTRAINT notifications_type_check CHECK (type IN ('album_ready', 'reminder', 'custom')),
  CONSTRAINT notifications_channel_check CHECK (channel IN ('email', 'sms')),
  CONSTRAINT notifications_status_check CHECK (status IN ('pending', 'sent', 'failed')),
  CONSTRAINT notifications_customer_id_fkey FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE SET NULL,
  CONSTRAINT notifications_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE SET NULL,
  CONSTRAINT notifications_created_by_fkey FOREIGN KEY(created_by) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_notifications_album_created ON notifications (album_id, created_at, id);
CREATE INDEX idx_notifications_created ON notifications (created_at, id);
CREATE INDEX idx_notifications_created_by ON notifications (created_by);
CREATE INDEX idx_notifications_customer_created ON notifications (customer_id, created_at, id);
CREATE INDEX idx_notifications_status_created ON notifications (status, created_at, id);

CREATE TABLE package_downloads (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  album_id BINARY(16) NOT NULL,
  photo_ids JSON NOT NULL,
  include_watermarked BOOL NOT NULL DEFAULT true,
  include_original BOOL NOT NULL DEFAULT false,
  status VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL DEFAULT 'pending',
  zip_key VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  file_size BIGINT,
  download_url MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  expires_at DATETIME(6),
  completed_at DATETIME(6),
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT package_downloads_pkey PRIMARY KEY (id),
  CONSTRAINT package_downloads_status_check CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
  CONSTRAINT package_downloads_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_package_downloads_album_created ON package_downloads (album_id, created_at, id);
CREATE INDEX idx_package_downloads_expires ON package_downloads (expires_at, id);
CREATE INDEX idx_package_downloads_status_created ON package_downloads (status, created_at, id);

CREATE TABLE photo_groups (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  album_id BINARY(16) NOT NULL,
  name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  description MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  sort_order INTEGER NOT NULL DEFAULT '0',
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  updated_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT photo_groups_pkey PRIMARY KEY (id),
  CONSTRAINT photo_groups_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_photo_groups_album_order ON photo_groups (album_id, sort_order, created_at, id);

CREATE TABLE download_logs (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  photo_id BINARY(16),
  album_id BINARY(16),
  download_type VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  file_count INTEGER NOT NULL DEFAULT '1',
  total_size BIGINT,
  downloader_ip VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  session_id VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  downloaded_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT download_logs_pkey PRIMARY KEY (id),
  CONSTRAINT download_logs_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE SET NULL,
  CONSTRAINT download_logs_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_download_logs_album_downloaded ON download_logs (album_id, downloaded_at);
CREATE INDEX idx_download_logs_downloaded_at ON download_logs (downloaded_at);
CREATE INDEX idx_download_logs_photo_id ON download_logs (photo_id);

CREATE TABLE face_embeddings (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  photo_id BINARY(16) NOT NULL,
  album_id BINARY(16) NOT NULL,
  embedding BLOB,
  face_location JSON,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT face_embeddings_pkey PRIMARY KEY (id),
  CONSTRAINT face_embeddings_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
  CONSTRAINT face_embeddings_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_face_embeddings_album_id ON face_embeddings (album_id);
CREATE INDEX idx_face_embeddings_photo_id ON face_embeddings (photo_id);

CREATE TABLE photo_group_assignments (
  photo_id BINARY(16) NOT NULL,
  group_id BINARY(16) NOT NULL,
  created_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT photo_group_assignments_pkey PRIMARY KEY (photo_id, group_id),
  CONSTRAINT photo_group_assignments_group_id_photo_id_key UNIQUE (group_id, photo_id),
  CONSTRAINT photo_group_assignments_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
  CONSTRAINT photo_group_assignments_group_id_fkey FOREIGN KEY(group_id) REFERENCES photo_groups (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE photo_views (
  id BINARY(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  photo_id BINARY(16) NOT NULL,
  album_id BINARY(16),
  viewer_ip VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  session_id VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
  viewed_at DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
  CONSTRAINT photo_views_pkey PRIMARY KEY (id),
  CONSTRAINT photo_views_photo_id_fkey FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
  CONSTRAINT photo_views_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE INDEX idx_photo_views_album_viewed ON photo_views (album_id, viewed_at);
CREATE INDEX idx_photo_views_photo_viewed ON photo_views (photo_id, viewed_at);
CREATE INDEX idx_photo_views_viewed_at ON photo_views (viewed_at);

CREATE TABLE alembic_version (
  version_num VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_0900_bin;

DELIMITER //
CREATE TRIGGER album_templates_updated_at BEFORE UPDATE ON album_templates FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER custom_translations_updated_at BEFORE UPDATE ON custom_translations FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER email_config_updated_at BEFORE UPDATE ON email_config FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER system_settings_updated_at BEFORE UPDATE ON system_settings FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER users_updated_at BEFORE UPDATE ON users FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER albums_updated_at BEFORE UPDATE ON albums FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL AND NEW.photo_count = OLD.photo_count AND NEW.selected_count = OLD.selected_count THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER customers_updated_at BEFORE UPDATE ON customers FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER style_templates_updated_at BEFORE UPDATE ON style_templates FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER user_permissions_updated_at BEFORE UPDATE ON user_permissions FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER album_collaborators_updated_at BEFORE UPDATE ON album_collaborators FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER daily_stats_updated_at BEFORE UPDATE ON daily_stats FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER package_downloads_updated_at BEFORE UPDATE ON package_downloads FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photo_groups_updated_at BEFORE UPDATE ON photo_groups FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_updated_at BEFORE UPDATE ON photos FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    SET NEW.updated_at = utc_timestamp(6);
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_lock_insert BEFORE INSERT ON photos FOR EACH ROW
BEGIN
  DECLARE locked INT;
  IF @pis_quiet IS NULL THEN
    SELECT count(*) INTO locked FROM albums WHERE id = NEW.album_id FOR UPDATE;
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_counters_insert AFTER INSERT ON photos FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL AND ((NEW.deleted_at IS NULL AND NEW.status = 'completed') OR (NEW.deleted_at IS NULL AND NEW.is_selected)) THEN
    UPDATE albums SET photo_count = photo_count + (NEW.deleted_at IS NULL AND NEW.status = 'completed'),
      selected_count = selected_count + (NEW.deleted_at IS NULL AND NEW.is_selected) WHERE id = NEW.album_id;
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_lock_update BEFORE UPDATE ON photos FOR EACH ROW
BEGIN
  DECLARE locked INT;
  IF @pis_quiet IS NULL THEN
    IF NEW.album_id < OLD.album_id THEN
      SELECT count(*) INTO locked FROM albums WHERE id = NEW.album_id FOR UPDATE;
    END IF;
    IF NEW.album_id <> OLD.album_id OR (NEW.deleted_at IS NULL AND NEW.status = 'completed') <> (OLD.deleted_at IS NULL AND OLD.status = 'completed') OR (NEW.deleted_at IS NULL AND NEW.is_selected) <> (OLD.deleted_at IS NULL AND OLD.is_selected) THEN
      SELECT count(*) INTO locked FROM albums WHERE id = OLD.album_id FOR UPDATE;
    END IF;
    IF NEW.album_id > OLD.album_id THEN
      SELECT count(*) INTO locked FROM albums WHERE id = NEW.album_id FOR UPDATE;
    END IF;
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_counters_update AFTER UPDATE ON photos FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL THEN
    IF NEW.album_id <> OLD.album_id THEN
      UPDATE albums SET photo_count = photo_count + (0 - (OLD.deleted_at IS NULL AND OLD.status = 'completed')),
        selected_count = selected_count + (0 - (OLD.deleted_at IS NULL AND OLD.is_selected)) WHERE id = OLD.album_id;
      UPDATE albums SET photo_count = photo_count + (NEW.deleted_at IS NULL AND NEW.status = 'completed'),
        selected_count = selected_count + (NEW.deleted_at IS NULL AND NEW.is_selected) WHERE id = NEW.album_id;
    ELSEIF (NEW.deleted_at IS NULL AND NEW.status = 'completed') <> (OLD.deleted_at IS NULL AND OLD.status = 'completed') OR (NEW.deleted_at IS NULL AND NEW.is_selected) <> (OLD.deleted_at IS NULL AND OLD.is_selected) THEN
      UPDATE albums SET photo_count = photo_count + ((NEW.deleted_at IS NULL AND NEW.status = 'completed') - (OLD.deleted_at IS NULL AND OLD.status = 'completed')),
        selected_count = selected_count + ((NEW.deleted_at IS NULL AND NEW.is_selected) - (OLD.deleted_at IS NULL AND OLD.is_selected)) WHERE id = NEW.album_id;
    END IF;
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_lock_delete BEFORE DELETE ON photos FOR EACH ROW
BEGIN
  DECLARE locked INT;
  IF @pis_quiet IS NULL AND ((OLD.deleted_at IS NULL AND OLD.status = 'completed') OR (OLD.deleted_at IS NULL AND OLD.is_selected)) THEN
    SELECT count(*) INTO locked FROM albums WHERE id = OLD.album_id FOR UPDATE;
  END IF;
END //
DELIMITER ;

DELIMITER //
CREATE TRIGGER photos_counters_delete AFTER DELETE ON photos FOR EACH ROW
BEGIN
  IF @pis_quiet IS NULL AND ((OLD.deleted_at IS NULL AND OLD.status = 'completed') OR (OLD.deleted_at IS NULL AND OLD.is_selected)) THEN
    UPDATE albums SET photo_count = photo_count + (0 - (OLD.deleted_at IS NULL AND OLD.status = 'completed')),
      selected_count = selected_count + (0 - (OLD.deleted_at IS NULL AND OLD.is_selected)) WHERE id = OLD.album_id;
  END IF;
END //
DELIMITER ;

INSERT INTO system_settings (id, `key`, value, category, description, is_public) VALUES
  (X'7d662ce7075650ad8ab94adfc9441dde', 'brand_name', '"PIS Photography"', 'brand', '品牌名称', true),
  (X'5ba7fae05c0a5c70b2b25cd71af5e247', 'brand_tagline', '"让每个瞬间都值得珍藏"', 'brand', '品牌标语', true),
  (X'd597b0441849559ea07cadd04ead0754', 'brand_logo', 'null', 'brand', '品牌标志', true),
  (X'226316481b185212a453f0c1bff56e7f', 'brand_favicon', 'null', 'brand', '网站图标', true),
  (X'35c7ba89832f58a882246791610cd1bf', 'logo_url', 'null', 'brand', '上传的品牌标志的地址', true),
  (X'161d45aa06445e6885a9cc8ab926c1ab', 'favicon_url', 'null', 'brand', '上传的网站图标的地址', true),
  (X'fef172a6cdfc5c738c61c83b7b404b5b', 'copyright_text', '""', 'brand', '版权文字', true),
  (X'522b3b2ca5d259588262ca997581457f', 'icp_number', '""', 'brand', 'ICP 备案号', true),
  (X'2860f99df0fb564cb3c52568413977ea', 'police_number', '""', 'brand', '公安备案号', true),
  (X'e578f427ad1a594e8a34dfe79e178355', 'site_title', '"PIS 私有化照片分享"', 'site', '网站标题', true),
  (X'07840ba6a6625f39b9db889136b7a02d', 'site_description', '"面向摄影师的私有化照片即时分享系统"', 'site', '网站描述', true),
  (X'35485351812959d7816b09c293f1c6c6', 'site_keywords', '"摄影,照片分享,相册,私有化部署"', 'site', '网站关键词', true),
  (X'a989a617c4b857e4b5c5aa739ea9a467', 'allow_public_home', 'true', 'feature', '是否开放公开首页', false),
  (X'35cd7af1f1ae52c4af00a69ebc37a151', 'default_watermark_enabled', 'false', 'feature', '新相册默认启用水印', false),
  (X'e944b945851f53f0a8650e1bdd75ea05', 'default_allow_download', 'true', 'feature', '新相册默认允许下载', false),
  (X'68de0bb31a1f5531b8911ecaa99569a0', 'default_show_exif', 'true', 'feature', '新相册默认显示拍摄参数', false),
  (X'83d37920450b5a80a3359f8d1ac8efa7', 'polling_interval', '3000', 'feature', '页面轮询间隔(毫秒)', false),
  (X'9ac0b992a58e56d1aa737ea584626264', 'social_wechat_qrcode', 'null', 'social', '微信二维码', true),
  (X'b520c36270c150bb8a661e5b17d90abf', 'wechat_qrcode_url', 'null', 'social', '上传的微信二维码的地址', true),
  (X'a372e86e08705e46bd17c5149f3467cc', 'social_weibo', '""', 'social', '微博', true),
  (X'629f42a4c39c5194b49c8e0f42eb9adb', 'social_instagram', '""', 'social', 'Instagram', true),
  (X'a59673276b1e582e8748f18f03ba9da8', 'social_email', '""', 'social', '联系邮箱', true),
  (X'5ac28c7af4065ba08d3b33f5a862712d', 'social_phone', '""', 'social', '联系电话', true),
  (X'b5d99110852a57e2b9d26a81b8e7b8bc', 'theme_mode', '"system"', 'theme', '主题模式:跟随系统、浅色或深色', true),
  (X'46f9d5cb0ce952ae9e065e2bdfae6ebe', 'theme_primary_color', '"#D4AF37"', 'theme', '主色调', true),
  (X'bdb5aa6b511b56e496625ac99efa8bdc', 'theme_border_radius', 'null', 'theme', '圆角大小', true)
ON DUPLICATE KEY UPDATE id = system_settings.id;

INSERT INTO permissions (id, code, name, description, category, is_system) VALUES
  (X'23a7c808fe165bc9aaeb879094b8fe57', 'album:view', '查看相册', '浏览相册列表与详情', 'album', true),
  (X'7fafab100d41516697dc93cee2aee2b8', 'album:create', '创建相册', '新建相册', 'album', true),
  (X'db95e99d330f5e81a51cbaee7604fd88', 'album:edit', '编辑相册', '修改相册的资料与设置', 'album', true),
  (X'c339f680be3f5e3f9ddfecad92be076c', 'album:delete', '删除相册', '把相册移入回收站', 'album', true),
  (X'907b494b923a525d9322f67fb152339a', 'album:publish', '发布相册', '设置相册是否公开与直播', 'album', true),
  (X'24da5d550b7f56e5ac84c1d7df67ad2f', 'album:share', '分享相册', '生成分享链接、海报与二维码', 'album', true),
  (X'5001cf31eea35d229f0c3b9e161a8653', 'photo:view', '查看照片', '浏览照片及其拍摄参数', 'photo', true),
  (X'56fbac2e52675342b027055a49ba4ec6', 'photo:upload', '上传照片', '向相册上传照片', 'photo', true),
  (X'865295d914d95941b40ce241610af8ab', 'photo:edit', '编辑照片', '旋转、排序、分组与选片', 'photo', true),
  (X'51a49494105e5006a2d655cec3f4c348', 'photo:delete', '删除照片', '把照片移入回收站或彻底删除', 'photo', true),
  (X'6d681ad7cfeb55ec9c4bde3bcf1cce35', 'photo:download', '下载照片', '下载照片原图', 'photo', true),
  (X'fb9f687a8cdb52b2a53ba621ea47bd9a', 'photo:retouch', '修图', '领取修图任务并上传成片', 'photo', true),
  (X'dc239491dd8d59da9143f797babc9258', 'customer:view', '查看客户', '浏览客户资料', 'customer', true),
  (X'eea53e1ea7a75f908541caf6047429fd', 'customer:create', '创建客户', '新建客户资料', 'customer', true),
  (X'3599d97672d9539aa69e925ccfa0cf22', 'customer:edit', '编辑客户', '修改客户资料及其相册', 'customer', true),
  (X'62c129b681915edfb6b0bc4f00fff064', 'customer:delete', '删除客户', '删除客户资料', 'customer', true),
  (X'3f94e82a237b5240b5e6d5f3d72bb286', 'customer:notify', '通知客户', '向客户发送通知', 'customer', true),
  (X'c0f3f5547b805ac2872c57c2ed6dc8e4', 'analytics:view', '查看统计', '浏览访问与下载统计', 'analytics', true),
  (X'5579ef6b2cd55ac4930dc4918abe28b2', 'analytics:export', '导出统计', '导出统计数据', 'analytics', true),
  (X'39a3927bea115ebc824b80624b02f711', 'system:settings', '系统设置', '修改系统设置', 'system', true),
  (X'b35ff96f259d5f06b709b34131f7c111', 'system:upgrade', '系统升级', '执行升级与回滚', 'system', true),
  (X'b5539dde1466590e981b284a1fb75513', 'system:users', '用户管理', '管理后台账号', 'system', true),
  (X'371db741deaa54389a4dcddfb7397d51', 'system:permissions', '权限管理', '管理角色与用户的权限', 'system', true),
  (X'7af52d6152605e818a07fafc56140e3c', 'system:audit', '审计日志', '查看与导出操作日志', 'system', true),
  (X'ad580617a351516a844a241173baad62', 'system:backup', '数据备份', '导出与恢复数据', 'system', true)
ON DUPLICATE KEY UPDATE id = permissions.id;

INSERT INTO role_permissions (id, `role`, permission_id) VALUES
  (X'd6ef99c18c245c4db4a496214eff6318', 'admin', X'23a7c808fe165bc9aaeb879094b8fe57'),
  (X'cd3cb489de875d518795e1fb604e0a9b', 'admin', X'7fafab100d41516697dc93cee2aee2b8'),
  (X'dd449c6ca5465d4e8adf8edcc5dbc271', 'admin', X'db95e99d330f5e81a51cbaee7604fd88'),
  (X'f4f5e9eff8695c278f1f87d3efa98dcb', 'admin', X'c339f680be3f5e3f9ddfecad92be076c'),
  (X'fe07b990b81d57d380eadbd762818032', 'admin', X'907b494b923a525d9322f67fb152339a'),
  (X'3c11d1e9a00f5a6c8b9517c65ef037f5', 'admin', X'24da5d550b7f56e5ac84c1d7df67ad2f'),
  (X'195ab05d810e53c0a43636ccfb1c61ad', 'admin', X'5001cf31eea35d229f0c3b9e161a8653'),
  (X'9ca05e92b87455708b32c7a94a92f3ca', 'admin', X'56fbac2e52675342b027055a49ba4ec6'),
  (X'c66b3fbba872579ab2649627c849e18e', 'admin', X'865295d914d95941b40ce241610af8ab'),
  (X'159510523384560a92209eb3ed81abdf', 'admin', X'51a49494105e5006a2d655cec3f4c348'),
  (X'f6bf6febfdc657158aa0355104332154', 'admin', X'6d681ad7cfeb55ec9c4bde3bcf1cce35'),
  (X'72e1da815bd0512686b7de424001048d', 'admin', X'fb9f687a8cdb52b2a53ba621ea47bd9a'),
  (X'2abaf8857dfc5a768566f9a917bee986', 'admin', X'dc239491dd8d59da9143f797babc9258'),
  (X'a6a62629437157858ad772088a34bf8c', 'admin', X'eea53e1ea7a75f908541caf6047429fd'),
  (X'9aaa417956e955de92ce2edab339a2f6', 'admin', X'3599d97672d9539aa69e925ccfa0cf22'),
  (X'425e318e52ed54ada4f0d03390f59635', 'admin', X'62c129b681915edfb6b0bc4f00fff064'),
  (X'93a74008d12e574e8992c15be56ba46c', 'admin', X'3f94e82a237b5240b5e6d5f3d72bb286'),
  (X'63506be93f6f5d31bb3a4d49bee6bb59', 'admin', X'c0f3f5547b805ac2872c57c2ed6dc8e4'),
  (X'605b9888cf1e57b9b21e2064097fd44b', 'admin', X'5579ef6b2cd55ac4930dc4918abe28b2'),
  (X'c6e2d8d8d9ab576895c4b8f67d35546c', 'admin', X'39a3927bea115ebc824b80624b02f711'),
  (X'e7b73b78aa3f576ba0ea2336f5a13758', 'admin', X'b35ff96f259d5f06b709b34131f7c111'),
  (X'a0b9c2b3cbbe5eee9aa5b9a929d6a925', 'admin', X'b5539dde1466590e981b284a1fb75513'),
  (X'5f3af6df638a5252be1b25c2883be278', 'admin', X'371db741deaa54389a4dcddfb7397d51'),
  (X'b6124f08171f54cb9875c765b0694709', 'admin', X'7af52d6152605e818a07fafc56140e3c'),
  (X'd400bab3ee25547cbeeb9ecf400949fe', 'admin', X'ad580617a351516a844a241173baad62'),
  (X'31761ccbce385d53810ff57d42f40078', 'photographer', X'23a7c808fe165bc9aaeb879094b8fe57'),
  (X'96be2f3f2e065259975d2121c59671b1', 'photographer', X'7fafab100d41516697dc93cee2aee2b8'),
  (X'c0286cfa9c61511badf9ac76e586b8d9', 'photographer', X'db95e99d330f5e81a51cbaee7604fd88'),
  (X'92f10e4835335f29b487be5df7178d30', 'photographer', X'907b494b923a525d9322f67fb152339a'),
  (X'0c639377e555507291595c8d3ff6af14', 'photographer', X'24da5d550b7f56e5ac84c1d7df67ad2f'),
  (X'87e5a7e88ea55e009bb0a3331870fe30', 'photographer', X'5001cf31eea35d229f0c3b9e161a8653'),
  (X'13332ec74c395697af45befe33ca61bb', 'photographer', X'56fbac2e52675342b027055a49ba4ec6'),
  (X'6390e30c0bac51ccb0ecc53e2fc3f241', 'photographer', X'865295d914d95941b40ce241610af8ab'),
  (X'1f2ab43293025683bc42acd46b973580', 'photographer', X'51a49494105e5006a2d655cec3f4c348'),
  (X'a4f07d77b37d528d8d7a7e1ae57dcd4a', 'photographer', X'6d681ad7cfeb55ec9c4bde3bcf1cce35'),
  (X'b2e623bee31458e7b87d37c43f18f719', 'photographer', X'dc239491dd8d59da9143f797babc9258'),
  (X'893c402d05ff56248cbfa268527cfb01', 'photographer', X'eea53e1ea7a75f908541caf6047429fd'),
  (X'c3e0eadb56d459d1b5b082d09d0edc91', 'photographer', X'3599d97672d9539aa69e925ccfa0cf22'),
  (X'28525a8d20ef5090bd0ebeb2c2a43a1c', 'photographer', X'3f94e82a237b5240b5e6d5f3d72bb286'),
  (X'7e942609fa085a0f9dd640a10b87d527', 'photographer', X'c0f3f5547b805ac2872c57c2ed6dc8e4'),
  (X'8554071e74de5e4ea7b4f97e2b8512fc', 'retoucher', X'23a7c808fe165bc9aaeb879094b8fe57'),
  (X'ef3c95fdb570552482a09d420d0d4fc8', 'retoucher', X'5001cf31eea35d229f0c3b9e161a8653'),
  (X'68223fc0a7c35066945087dd46065b52', 'retoucher', X'865295d914d95941b40ce241610af8ab'),
  (X'596618f7a1f4539183530070be7cd41d', 'retoucher', X'fb9f687a8cdb52b2a53ba621ea47bd9a'),
  (X'21058ebcc27a5884af1333619b48a7d2', 'retoucher', X'6d681ad7cfeb55ec9c4bde3bcf1cce35'),
  (X'65660db18b75543c93d674e7a87211ef', 'viewer', X'23a7c808fe165bc9aaeb879094b8fe57'),
  (X'97166d0a88fb5c3283ab91a2dbdd11c1', 'viewer', X'5001cf31eea35d229f0c3b9e161a8653'),
  (X'd25152b6e44157658237447a15f1f246', 'viewer', X'c0f3f5547b805ac2872c57c2ed6dc8e4')
ON DUPLICATE KEY UPDATE id = role_permissions.id;

INSERT INTO alembic_version (version_num) VALUES
  ('0012');

ALTER TABLE photos ADD CONSTRAINT photos_album_id_fkey FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE;
