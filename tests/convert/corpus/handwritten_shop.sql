-- shop: written by hand
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

CREATE OR REPLACE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
  NEW.updated_at = NOW();
  RETURN NEW;
END;
$$ language 'plpgsql';

-- customers
CREATE TABLE IF NOT EXISTS customers (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  email VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(255) NOT NULL,
  phone TEXT,
  status VARCHAR(20) DEFAULT 'active' CHECK (status IN ('active', 'blocked', 'gone')),
  born DATE,
  settings JSONB DEFAULT '{}',
  created TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_customers_email ON customers(email);
CREATE INDEX IF NOT EXISTS idx_customers_settings ON customers USING GIN (settings);
CREATE INDEX IF NOT EXISTS idx_customers_created ON customers(created DESC);
DROP TRIGGER IF EXISTS update_updated_at ON customers;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON customers
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE customers IS 'The shop''s customers';

-- addresses
CREATE TABLE IF NOT EXISTS addresses (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  customer_id UUID REFERENCES customers(id) ON DELETE CASCADE,
  street VARCHAR(255) NOT NULL,
  city VARCHAR(255) NOT NULL,
  zip TEXT,
  country VARCHAR(255) NOT NULL,
  is_default BOOLEAN DEFAULT FALSE,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_addresses_customer_id ON addresses(customer_id);
CREATE INDEX IF NOT EXISTS idx_addresses_is_default ON addresses(id) WHERE is_default;
DROP TRIGGER IF EXISTS update_updated_at ON addresses;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON addresses
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE addresses IS 'The shop''s addresses';

-- categories
CREATE TABLE IF NOT EXISTS categories (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  slug VARCHAR(100) UNIQUE NOT NULL,
  title VARCHAR(255) NOT NULL,
  parent_id UUID REFERENCES categories(id),
  position INTEGER DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_categories_slug ON categories(slug);
CREATE INDEX IF NOT EXISTS idx_categories_parent_id ON categories(parent_id);
DROP TRIGGER IF EXISTS update_updated_at ON categories;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON categories
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE categories IS 'The shop''s categories';

-- brands
CREATE TABLE IF NOT EXISTS brands (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  slug VARCHAR(100) UNIQUE NOT NULL,
  title VARCHAR(255) NOT NULL,
  website TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_brands_slug ON brands(slug);
DROP TRIGGER IF EXISTS update_updated_at ON brands;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON brands
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE brands IS 'The shop''s brands';

-- products
CREATE TABLE IF NOT EXISTS products (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  sku VARCHAR(100) UNIQUE NOT NULL,
  title VARCHAR(255) NOT NULL,
  description TEXT,
  category_id UUID REFERENCES categories(id) ON DELETE CASCADE,
  brand_id UUID REFERENCES brands(id) ON DELETE CASCADE,
  price NUMERIC(12,2) DEFAULT 0,
  stock INTEGER DEFAULT 0,
  is_live BOOLEAN DEFAULT FALSE,
  attributes JSONB DEFAULT '{}',
  tags TEXT[] DEFAULT '{}',
  created TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_products_sku ON products(sku);
CREATE INDEX IF NOT EXISTS idx_products_category_id ON products(category_id);
CREATE INDEX IF NOT EXISTS idx_products_brand_id ON products(brand_id);
CREATE INDEX IF NOT EXISTS idx_products_is_live ON products(id) WHERE is_live;
CREATE INDEX IF NOT EXISTS idx_products_attributes ON products USING GIN (attributes);
CREATE INDEX IF NOT EXISTS idx_products_tags ON products USING GIN (tags);
CREATE INDEX IF NOT EXISTS idx_products_created ON products(created DESC);
DROP TRIGGER IF EXISTS update_updated_at ON products;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON products
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE products IS 'The shop''s products';

-- product images
CREATE TABLE IF NOT EXISTS product_images (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  product_id UUID REFERENCES products(id) ON DELETE CASCADE,
  url VARCHAR(255) NOT NULL,
  alt TEXT,
  position INTEGER DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_product_images_product_id ON product_images(product_id);
DROP TRIGGER IF EXISTS update_updated_at ON product_images;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON product_images
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE product_images IS 'The shop''s product images';

-- variants
CREATE TABLE IF NOT EXISTS variants (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  product_id UUID REFERENCES products(id) ON DELETE CASCADE,
  sku VARCHAR(100) UNIQUE NOT NULL,
  price NUMERIC(12,2) DEFAULT 0,
  stock INTEGER DEFAULT 0,
  options JSONB DEFAULT '{}',
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_variants_product_id ON variants(product_id);
CREATE INDEX IF NOT EXISTS idx_variants_sku ON variants(sku);
CREATE INDEX IF NOT EXISTS idx_variants_options ON variants USING GIN (options);
DROP TRIGGER IF EXISTS update_updated_at ON variants;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON variants
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE variants IS 'The shop''s variants';

-- warehouses
CREATE TABLE IF NOT EXISTS warehouses (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  code VARCHAR(100) UNIQUE NOT NULL,
  title VARCHAR(255) NOT NULL,
  city TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_warehouses_code ON warehouses(code);
DROP TRIGGER IF EXISTS update_updated_at ON warehouses;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON warehouses
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE warehouses IS 'The shop''s warehouses';

-- stock levels
CREATE TABLE IF NOT EXISTS stock_levels (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  variant_id UUID REFERENCES variants(id) ON DELETE CASCADE,
  warehouse_id UUID REFERENCES warehouses(id) ON DELETE CASCADE,
  quantity INTEGER DEFAULT 0,
  updated TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_stock_levels_variant_id ON stock_levels(variant_id);
CREATE INDEX IF NOT EXISTS idx_stock_levels_warehouse_id ON stock_levels(warehouse_id);
CREATE INDEX IF NOT EXISTS idx_stock_levels_updated ON stock_levels(updated DESC);
DROP TRIGGER IF EXISTS update_updated_at ON stock_levels;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON stock_levels
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE stock_levels IS 'The shop''s stock levels';

-- carts
CREATE TABLE IF NOT EXISTS carts (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  customer_id UUID REFERENCES customers(id) ON DELETE CASCADE,
  token VARCHAR(100) UNIQUE NOT NULL,
  expires TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_carts_customer_id ON carts(customer_id);
CREATE INDEX IF NOT EXISTS idx_carts_token ON carts(token);
CREATE INDEX IF NOT EXISTS idx_carts_expires ON carts(expires DESC);
DROP TRIGGER IF EXISTS update_updated_at ON carts;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON carts
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE carts IS 'The shop''s carts';

-- cart items
CREATE TABLE IF NOT EXISTS cart_items (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  cart_id UUID REFERENCES carts(id) ON DELETE CASCADE,
  variant_id UUID REFERENCES variants(id) ON DELETE CASCADE,
  quantity INTEGER DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_cart_items_cart_id ON cart_items(cart_id);
CREATE INDEX IF NOT EXISTS idx_cart_items_variant_id ON cart_items(variant_id);
DROP TRIGGER IF EXISTS update_updated_at ON cart_items;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON cart_items
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE cart_items IS 'The shop''s cart items';

-- orders
CREATE TABLE IF NOT EXISTS orders (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  customer_id UUID REFERENCES customers(id) ON DELETE CASCADE,
  number VARCHAR(100) UNIQUE NOT NULL,
  status VARCHAR(20) DEFAULT 'pending' CHECK (status IN ('pending', 'paid', 'shipped', 'done', 'cancelled')),
  total NUMERIC(12,2) DEFAULT 0,
  currency TEXT,
  placed TIMESTAMPTZ DEFAULT NOW(),
  notes TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_orders_customer_id ON orders(customer_id);
CREATE INDEX IF NOT EXISTS idx_orders_number ON orders(number);
CREATE INDEX IF NOT EXISTS idx_orders_placed ON orders(placed DESC);
DROP TRIGGER IF EXISTS update_updated_at ON orders;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE orders IS 'The shop''s orders';

-- order items
CREATE TABLE IF NOT EXISTS order_items (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  order_id UUID REFERENCES orders(id) ON DELETE CASCADE,
  variant_id UUID REFERENCES variants(id) ON DELETE CASCADE,
  quantity INTEGER DEFAULT 0,
  price NUMERIC(12,2) DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_order_items_order_id ON order_items(order_id);
CREATE INDEX IF NOT EXISTS idx_order_items_variant_id ON order_items(variant_id);
DROP TRIGGER IF EXISTS update_updated_at ON order_items;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON order_items
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE order_items IS 'The shop''s order items';

-- payments
CREATE TABLE IF NOT EXISTS payments (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  order_id UUID REFERENCES orders(id) ON DELETE CASCADE,
  provider VARCHAR(20) DEFAULT 'card' CHECK (provider IN ('card', 'bank', 'wallet')),
  reference VARCHAR(100) UNIQUE NOT NULL,
  amount NUMERIC(12,2) DEFAULT 0,
  state VARCHAR(20) DEFAULT 'open' CHECK (state IN ('open', 'captured', 'refunded', 'failed')),
  captured TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_payments_order_id ON payments(order_id);
CREATE INDEX IF NOT EXISTS idx_payments_reference ON payments(reference);
CREATE INDEX IF NOT EXISTS idx_payments_captured ON payments(captured DESC);
DROP TRIGGER IF EXISTS update_updated_at ON payments;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE payments IS 'The shop''s payments';

-- refunds
CREATE TABLE IF NOT EXISTS refunds (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  payment_id UUID REFERENCES payments(id) ON DELETE CASCADE,
  amount NUMERIC(12,2) DEFAULT 0,
  reason TEXT,
  created TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_refunds_payment_id ON refunds(payment_id);
CREATE INDEX IF NOT EXISTS idx_refunds_created ON refunds(created DESC);
DROP TRIGGER IF EXISTS update_updated_at ON refunds;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON refunds
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE refunds IS 'The shop''s refunds';

-- shipments
CREATE TABLE IF NOT EXISTS shipments (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  order_id UUID REFERENCES orders(id) ON DELETE CASCADE,
  carrier TEXT,
  tracking VARCHAR(100) UNIQUE NOT NULL,
  shipped TIMESTAMPTZ DEFAULT NOW(),
  delivered TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_shipments_order_id ON shipments(order_id);
CREATE INDEX IF NOT EXISTS idx_shipments_tracking ON shipments(tracking);
CREATE INDEX IF NOT EXISTS idx_shipments_shipped ON shipments(shipped DESC);
CREATE INDEX IF NOT EXISTS idx_shipments_delivered ON shipments(delivered DESC);
DROP TRIGGER IF EXISTS update_updated_at ON shipments;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON shipments
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE shipments IS 'The shop''s shipments';

-- coupons
CREATE TABLE IF NOT EXISTS coupons (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  code VARCHAR(100) UNIQUE NOT NULL,
  kind VARCHAR(20) DEFAULT 'percent' CHECK (kind IN ('percent', 'fixed')),
  value NUMERIC(12,2) DEFAULT 0,
  starts DATE,
  ends DATE,
  max_uses INTEGER DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_coupons_code ON coupons(code);
DROP TRIGGER IF EXISTS update_updated_at ON coupons;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON coupons
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE coupons IS 'The shop''s coupons';

-- coupon uses
CREATE TABLE IF NOT EXISTS coupon_uses (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  coupon_id UUID REFERENCES coupons(id) ON DELETE CASCADE,
  order_id UUID REFERENCES orders(id) ON DELETE CASCADE,
  used TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_coupon_uses_coupon_id ON coupon_uses(coupon_id);
CREATE INDEX IF NOT EXISTS idx_coupon_uses_order_id ON coupon_uses(order_id);
CREATE INDEX IF NOT EXISTS idx_coupon_uses_used ON coupon_uses(used DESC);
DROP TRIGGER IF EXISTS update_updated_at ON coupon_uses;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON coupon_uses
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE coupon_uses IS 'The shop''s coupon uses';

-- reviews
CREATE TABLE IF NOT EXISTS reviews (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  product_id UUID REFERENCES products(id) ON DELETE CASCADE,
  customer_id UUID REFERENCES customers(id) ON DELETE CASCADE,
  rating INTEGER DEFAULT 0,
  body TEXT,
  is_public BOOLEAN DEFAULT FALSE,
  created TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_reviews_product_id ON reviews(product_id);
CREATE INDEX IF NOT EXISTS idx_reviews_customer_id ON reviews(customer_id);
CREATE INDEX IF NOT EXISTS idx_reviews_is_public ON reviews(id) WHERE is_public;
CREATE INDEX IF NOT EXISTS idx_reviews_created ON reviews(created DESC);
DROP TRIGGER IF EXISTS update_updated_at ON reviews;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON reviews
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE reviews IS 'The shop''s reviews';

-- wishlists
CREATE TABLE IF NOT EXISTS wishlists (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  customer_id UUID REFERENCES customers(id) ON DELETE CASCADE,
  title VARCHAR(255) NOT NULL,
  is_public BOOLEAN DEFAULT FALSE,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_wishlists_customer_id ON wishlists(customer_id);
CREATE INDEX IF NOT EXISTS idx_wishlists_is_public ON wishlists(id) WHERE is_public;
DROP TRIGGER IF EXISTS update_updated_at ON wishlists;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON wishlists
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE wishlists IS 'The shop''s wishlists';

-- wishlist items
CREATE TABLE IF NOT EXISTS wishlist_items (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  wishlist_id UUID REFERENCES wishlists(id) ON DELETE CASCADE,
  product_id UUID REFERENCES products(id) ON DELETE CASCADE,
  added TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_wishlist_items_wishlist_id ON wishlist_items(wishlist_id);
CREATE INDEX IF NOT EXISTS idx_wishlist_items_product_id ON wishlist_items(product_id);
CREATE INDEX IF NOT EXISTS idx_wishlist_items_added ON wishlist_items(added DESC);
DROP TRIGGER IF EXISTS update_updated_at ON wishlist_items;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON wishlist_items
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE wishlist_items IS 'The shop''s wishlist items';

-- suppliers
CREATE TABLE IF NOT EXISTS suppliers (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  code VARCHAR(100) UNIQUE NOT NULL,
  title VARCHAR(255) NOT NULL,
  email TEXT,
  phone TEXT,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_suppliers_code ON suppliers(code);
DROP TRIGGER IF EXISTS update_updated_at ON suppliers;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON suppliers
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE suppliers IS 'The shop''s suppliers';

-- purchase orders
CREATE TABLE IF NOT EXISTS purchase_orders (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  supplier_id UUID REFERENCES suppliers(id) ON DELETE CASCADE,
  number VARCHAR(100) UNIQUE NOT NULL,
  state VARCHAR(20) DEFAULT 'draft' CHECK (state IN ('draft', 'sent', 'received')),
  ordered DATE,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_purchase_orders_supplier_id ON purchase_orders(supplier_id);
CREATE INDEX IF NOT EXISTS idx_purchase_orders_number ON purchase_orders(number);
DROP TRIGGER IF EXISTS update_updated_at ON purchase_orders;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON purchase_orders
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE purchase_orders IS 'The shop''s purchase orders';

-- purchase lines
CREATE TABLE IF NOT EXISTS purchase_lines (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  purchase_order_id UUID REFERENCES purchase_orders(id) ON DELETE CASCADE,
  variant_id UUID REFERENCES variants(id) ON DELETE CASCADE,
  quantity INTEGER DEFAULT 0,
  cost NUMERIC(12,2) DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_purchase_lines_purchase_order_id ON purchase_lines(purchase_order_id);
CREATE INDEX IF NOT EXISTS idx_purchase_lines_variant_id ON purchase_lines(variant_id);
DROP TRIGGER IF EXISTS update_updated_at ON purchase_lines;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON purchase_lines
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE purchase_lines IS 'The shop''s purchase lines';

-- tax rates
CREATE TABLE IF NOT EXISTS tax_rates (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  country VARCHAR(255) NOT NULL,
  region TEXT,
  rate NUMERIC(12,2) DEFAULT 0,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
DROP TRIGGER IF EXISTS update_updated_at ON tax_rates;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON tax_rates
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE tax_rates IS 'The shop''s tax rates';

-- audit entries
CREATE TABLE IF NOT EXISTS audit_entries (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  table_name VARCHAR(255) NOT NULL,
  row_id VARCHAR(255) NOT NULL,
  action VARCHAR(20) DEFAULT 'insert' CHECK (action IN ('insert', 'update', 'delete')),
  old_row JSONB DEFAULT '{}',
  new_row JSONB DEFAULT '{}',
  at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_audit_entries_old_row ON audit_entries USING GIN (old_row);
CREATE INDEX IF NOT EXISTS idx_audit_entries_new_row ON audit_entries USING GIN (new_row);
CREATE INDEX IF NOT EXISTS idx_audit_entries_at ON audit_entries(at DESC);
DROP TRIGGER IF EXISTS update_updated_at ON audit_entries;
CREATE TRIGGER update_updated_at BEFORE UPDATE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
COMMENT ON TABLE audit_entries IS 'The shop''s audit entries';

INSERT INTO customers (id, email, name) VALUES
  ('00000000-0000-4000-8000-000000000001', 'email 1 it''s', 'name 1 it''s'),
  ('00000000-0000-4000-8000-000000000002', 'email 2 it''s', 'name 2 it''s'),
  ('00000000-0000-4000-8000-000000000003', 'email 3 it''s', 'name 3 it''s')
ON CONFLICT (email) DO NOTHING;
-- 26 tables
