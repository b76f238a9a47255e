--
-- PostgreSQL database dump
--

\restrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

-- Dumped from database version 17.6
-- Dumped by pg_dump version 17.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: consignments_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.consignments_state AS ENUM (
    'new',
    'collected',
    'moving',
    'delivered',
    'lost'
);


ALTER TYPE public.consignments_state OWNER TO pis;

--
-- Name: scans_kind; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.scans_kind AS ENUM (
    'in',
    'out',
    'delivery'
);


ALTER TYPE public.scans_kind OWNER TO pis;

--
-- Name: update_updated_at_column(); Type: FUNCTION; Schema: public; Owner: pis
--

CREATE FUNCTION public.update_updated_at_column() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.updated_at = NOW();
  RETURN NEW;
END;
$$;


ALTER FUNCTION public.update_updated_at_column() OWNER TO pis;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: claims; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.claims (
    id integer NOT NULL,
    consignment_id bigint,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    body text,
    state text DEFAULT 'open'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT claims_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text])))
);


ALTER TABLE public.claims OWNER TO pis;

--
-- Name: claims_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.claims ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.claims_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: companies; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.companies (
    id integer NOT NULL,
    vat text NOT NULL,
    title character varying(255) NOT NULL,
    country character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.companies OWNER TO pis;

--
-- Name: companies_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.companies ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.companies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: consignments; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.consignments (
    id bigint NOT NULL,
    reference text NOT NULL,
    customer_id integer,
    origin_id bigint,
    destination_id bigint,
    state public.consignments_state DEFAULT 'new'::public.consignments_state NOT NULL,
    weight numeric(12,2) DEFAULT 0 NOT NULL,
    volume numeric(12,2) DEFAULT 0 NOT NULL,
    declared numeric(12,2) DEFAULT 0 NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.consignments OWNER TO pis;

--
-- Name: consignments_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.consignments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.consignments_id_seq OWNER TO pis;

--
-- Name: consignments_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.consignments_id_seq OWNED BY public.consignments.id;


--
-- Name: customers; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.customers (
    id integer NOT NULL,
    number text NOT NULL,
    title character varying(255) NOT NULL,
    email character varying(80) DEFAULT ''::character varying,
    terms integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customers_terms_check CHECK ((terms >= 0))
);


ALTER TABLE public.customers OWNER TO pis;

--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: depots; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.depots (
    id bigint NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    company_id integer,
    latitude numeric(12,2) DEFAULT 0 NOT NULL,
    longitude numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.depots OWNER TO pis;

--
-- Name: depots_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.depots_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.depots_id_seq OWNER TO pis;

--
-- Name: depots_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.depots_id_seq OWNED BY public.depots.id;


--
-- Name: drivers; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.drivers (
    id bigint NOT NULL,
    license text NOT NULL,
    name character varying(255) NOT NULL,
    company_id integer,
    phone character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.drivers OWNER TO pis;

--
-- Name: drivers_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.drivers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.drivers_id_seq OWNER TO pis;

--
-- Name: drivers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.drivers_id_seq OWNED BY public.drivers.id;


--
-- Name: fuel_cards; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.fuel_cards (
    id bigint NOT NULL,
    number text NOT NULL,
    vehicle_id integer,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.fuel_cards OWNER TO pis;

--
-- Name: fuel_cards_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.fuel_cards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.fuel_cards_id_seq OWNER TO pis;

--
-- Name: fuel_cards_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.fuel_cards_id_seq OWNED BY public.fuel_cards.id;


--
-- Name: fuel_entries; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.fuel_entries (
    id integer NOT NULL,
    fuel_card_id bigint,
    litres numeric(12,2) DEFAULT 0 NOT NULL,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.fuel_entries OWNER TO pis;

--
-- Name: fuel_entries_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.fuel_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.fuel_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: incidents; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.incidents (
    id integer NOT NULL,
    trip_id bigint,
    body text,
    severity text DEFAULT 'low'::text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT incidents_severity_check CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text])))
);


ALTER TABLE public.incidents OWNER TO pis;

--
-- Name: incidents_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.incidents ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.incidents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: invoice_items; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.invoice_items (
    id bigint NOT NULL,
    invoice_id integer,
    consignment_id bigint,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.invoice_items OWNER TO pis;

--
-- Name: invoice_items_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.invoice_items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.invoice_items_id_seq OWNER TO pis;

--
-- Name: invoice_items_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.invoice_items_id_seq OWNED BY public.invoice_items.id;


--
-- Name: invoices; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.invoices (
    id integer NOT NULL,
    customer_id integer,
    number text NOT NULL,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    issued date,
    due date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.invoices OWNER TO pis;

--
-- Name: invoices_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.invoices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: loads; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.loads (
    id integer NOT NULL,
    trip_id bigint,
    parcel_id integer,
    loaded timestamp with time zone DEFAULT now() NOT NULL,
    unloaded timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.loads OWNER TO pis;

--
-- Name: loads_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.loads ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.loads_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: parcels; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.parcels (
    id integer NOT NULL,
    consignment_id bigint,
    barcode text NOT NULL,
    weight numeric(12,2) DEFAULT 0 NOT NULL,
    is_fragile boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.parcels OWNER TO pis;

--
-- Name: parcels_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.parcels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.parcels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: proofs; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.proofs (
    id integer NOT NULL,
    parcel_id integer,
    signed_by character varying(255) NOT NULL,
    image_key character varying(80) DEFAULT ''::character varying,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.proofs OWNER TO pis;

--
-- Name: proofs_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.proofs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.proofs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: rates; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.rates (
    id bigint NOT NULL,
    customer_id integer,
    zone character varying(255) NOT NULL,
    per_kilo numeric(12,2) DEFAULT 0 NOT NULL,
    minimum numeric(12,2) DEFAULT 0 NOT NULL,
    starts date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.rates OWNER TO pis;

--
-- Name: rates_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.rates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.rates_id_seq OWNER TO pis;

--
-- Name: rates_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.rates_id_seq OWNED BY public.rates.id;


--
-- Name: routes; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.routes (
    id bigint NOT NULL,
    code text NOT NULL,
    depot_id bigint,
    runs date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.routes OWNER TO pis;

--
-- Name: routes_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.routes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.routes_id_seq OWNER TO pis;

--
-- Name: routes_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.routes_id_seq OWNED BY public.routes.id;


--
-- Name: scans; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.scans (
    id bigint NOT NULL,
    parcel_id integer,
    depot_id bigint,
    kind public.scans_kind DEFAULT 'in'::public.scans_kind NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    device character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.scans OWNER TO pis;

--
-- Name: scans_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.scans_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.scans_id_seq OWNER TO pis;

--
-- Name: scans_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.scans_id_seq OWNED BY public.scans.id;


--
-- Name: services_done; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.services_done (
    id bigint NOT NULL,
    vehicle_id integer,
    title character varying(255) NOT NULL,
    cost numeric(12,2) DEFAULT 0 NOT NULL,
    at date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.services_done OWNER TO pis;

--
-- Name: services_done_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.services_done_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.services_done_id_seq OWNER TO pis;

--
-- Name: services_done_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.services_done_id_seq OWNED BY public.services_done.id;


--
-- Name: stops; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.stops (
    id integer NOT NULL,
    route_id bigint,
    depot_id bigint,
    "position" integer DEFAULT 0 NOT NULL,
    eta timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stops_position_check CHECK (("position" >= 0))
);


ALTER TABLE public.stops OWNER TO pis;

--
-- Name: stops_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.stops ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.stops_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: trips; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.trips (
    id bigint NOT NULL,
    route_id bigint,
    vehicle_id integer,
    driver_id bigint,
    started timestamp with time zone DEFAULT now() NOT NULL,
    ended timestamp with time zone DEFAULT now() NOT NULL,
    odometer integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT trips_odometer_check CHECK ((odometer >= 0))
);


ALTER TABLE public.trips OWNER TO pis;

--
-- Name: trips_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.trips_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.trips_id_seq OWNER TO pis;

--
-- Name: trips_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.trips_id_seq OWNED BY public.trips.id;


--
-- Name: vehicles; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.vehicles (
    id integer NOT NULL,
    plate text NOT NULL,
    kind text DEFAULT 'van'::text NOT NULL,
    company_id integer,
    capacity numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT vehicles_kind_check CHECK ((kind = ANY (ARRAY['van'::text, 'truck'::text, 'trailer'::text])))
);


ALTER TABLE public.vehicles OWNER TO pis;

--
-- Name: vehicles_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.vehicles ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.vehicles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: webhook_calls; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.webhook_calls (
    id integer NOT NULL,
    webhook_id bigint,
    event character varying(255) NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    code integer DEFAULT 0 NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhook_calls_code_check CHECK ((code >= 0))
);


ALTER TABLE public.webhook_calls OWNER TO pis;

--
-- Name: webhook_calls_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.webhook_calls ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.webhook_calls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: webhooks; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.webhooks (
    id bigint NOT NULL,
    customer_id integer,
    url character varying(255) NOT NULL,
    secret character varying(80) DEFAULT ''::character varying,
    events text[] DEFAULT '{}'::text[] NOT NULL,
    is_live boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.webhooks OWNER TO pis;

--
-- Name: webhooks_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.webhooks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.webhooks_id_seq OWNER TO pis;

--
-- Name: webhooks_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.webhooks_id_seq OWNED BY public.webhooks.id;


--
-- Name: consignments id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consignments ALTER COLUMN id SET DEFAULT nextval('public.consignments_id_seq'::regclass);


--
-- Name: depots id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depots ALTER COLUMN id SET DEFAULT nextval('public.depots_id_seq'::regclass);


--
-- Name: drivers id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.drivers ALTER COLUMN id SET DEFAULT nextval('public.drivers_id_seq'::regclass);


--
-- Name: fuel_cards id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fuel_cards ALTER COLUMN id SET DEFAULT nextval('public.fuel_cards_id_seq'::regclass);


--
-- Name: invoice_items id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoice_items ALTER COLUMN id SET DEFAULT nextval('public.invoice_items_id_seq'::regclass);


--
-- Name: rates id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rates ALTER COLUMN id SET DEFAULT nextval('public.rates_id_seq'::regclass);


--
-- Name: routes id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.routes ALTER COLUMN id SET DEFAULT nextval('public.routes_id_seq'::regclass);


--
-- Name: scans id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.scans ALTER COLUMN id SET DEFAULT nextval('public.scans_id_seq'::regclass);


--
-- Name: services_done id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.services_done ALTER COLUMN id SET DEFAULT nextval('public.services_done_id_seq'::regclass);


--
-- Name: trips id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.trips ALTER COLUMN id SET DEFAULT nextval('public.trips_id_seq'::regclass);


--
-- Name: webhooks id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.webhooks ALTER COLUMN id SET DEFAULT nextval('public.webhooks_id_seq'::regclass);


--
-- Data for Name: claims; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.claims (id, consignment_id, amount, body, state, updated_at) FROM stdin;
\.


--
-- Data for Name: companies; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.companies (id, vat, title, country, updated_at) FROM stdin;
1	vat 0\tit's\n\\	title 0\tit's\n\\	country 0\tit's\n\\	2026-11-23 05:02:34.496982+08
2	vat 1\tit's\n\\	title 1\tit's\n\\	country 1\tit's\n\\	2026-11-23 05:02:34.497384+08
3	vat 2\tit's\n\\	title 2\tit's\n\\	country 2\tit's\n\\	2026-11-23 05:02:34.497493+08
4	vat 3\tit's\n\\	title 3\tit's\n\\	country 3\tit's\n\\	2026-11-23 05:02:34.497561+08
5	vat 4\tit's\n\\	title 4\tit's\n\\	country 4\tit's\n\\	2026-11-23 05:02:34.497629+08
\.


--
-- Data for Name: consignments; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.consignments (id, reference, customer_id, origin_id, destination_id, state, weight, volume, declared, created, updated_at) FROM stdin;
\.


--
-- Data for Name: customers; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.customers (id, number, title, email, terms, updated_at) FROM stdin;
\.


--
-- Data for Name: depots; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.depots (id, code, title, company_id, latitude, longitude, updated_at) FROM stdin;
\.


--
-- Data for Name: drivers; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.drivers (id, license, name, company_id, phone, updated_at) FROM stdin;
\.


--
-- Data for Name: fuel_cards; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.fuel_cards (id, number, vehicle_id, updated_at) FROM stdin;
\.


--
-- Data for Name: fuel_entries; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.fuel_entries (id, fuel_card_id, litres, amount, at, updated_at) FROM stdin;
\.


--
-- Data for Name: incidents; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.incidents (id, trip_id, body, severity, at, updated_at) FROM stdin;
\.


--
-- Data for Name: invoice_items; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.invoice_items (id, invoice_id, consignment_id, amount, updated_at) FROM stdin;
\.


--
-- Data for Name: invoices; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.invoices (id, customer_id, number, total, issued, due, updated_at) FROM stdin;
\.


--
-- Data for Name: loads; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.loads (id, trip_id, parcel_id, loaded, unloaded, updated_at) FROM stdin;
\.


--
-- Data for Name: parcels; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.parcels (id, consignment_id, barcode, weight, is_fragile, updated_at) FROM stdin;
\.


--
-- Data for Name: proofs; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.proofs (id, parcel_id, signed_by, image_key, at, updated_at) FROM stdin;
\.


--
-- Data for Name: rates; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.rates (id, customer_id, zone, per_kilo, minimum, starts, updated_at) FROM stdin;
\.


--
-- Data for Name: routes; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.routes (id, code, depot_id, runs, updated_at) FROM stdin;
\.


--
-- Data for Name: scans; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.scans (id, parcel_id, depot_id, kind, at, device, updated_at) FROM stdin;
\.


--
-- Data for Name: services_done; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.services_done (id, vehicle_id, title, cost, at, updated_at) FROM stdin;
\.


--
-- Data for Name: stops; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.stops (id, route_id, depot_id, "position", eta, updated_at) FROM stdin;
\.


--
-- Data for Name: trips; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.trips (id, route_id, vehicle_id, driver_id, started, ended, odometer, updated_at) FROM stdin;
\.


--
-- Data for Name: vehicles; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.vehicles (id, plate, kind, company_id, capacity, updated_at) FROM stdin;
\.


--
-- Data for Name: webhook_calls; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.webhook_calls (id, webhook_id, event, body, code, at, updated_at) FROM stdin;
\.


--
-- Data for Name: webhooks; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.webhooks (id, customer_id, url, secret, events, is_live, updated_at) FROM stdin;
\.


--
-- Name: claims_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.claims_id_seq', 1, false);


--
-- Name: companies_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.companies_id_seq', 5, true);


--
-- Name: consignments_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.consignments_id_seq', 1, false);


--
-- Name: customers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.customers_id_seq', 1, false);


--
-- Name: depots_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.depots_id_seq', 1, false);


--
-- Name: drivers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.drivers_id_seq', 1, false);


--
-- Name: fuel_cards_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.fuel_cards_id_seq', 1, false);


--
-- Name: fuel_entries_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.fuel_entries_id_seq', 1, false);


--
-- Name: incidents_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.incidents_id_seq', 1, false);


--
-- Name: invoice_items_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.invoice_items_id_seq', 1, false);


--
-- Name: invoices_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.invoices_id_seq', 1, false);


--
-- Name: loads_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.loads_id_seq', 1, false);


--
-- Name: parcels_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.parcels_id_seq', 1, false);


--
-- Name: proofs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.proofs_id_seq', 1, false);


--
-- Name: rates_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.rates_id_seq', 1, false);


--
-- Name: routes_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.routes_id_seq', 1, false);


--
-- Name: scans_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.scans_id_seq', 1, false);


--
-- Name: services_done_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.services_done_id_seq', 1, false);


--
-- Name: stops_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.stops_id_seq', 1, false);


--
-- Name: trips_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.trips_id_seq', 1, false);


--
-- Name: vehicles_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.vehicles_id_seq', 1, false);


--
-- Name: webhook_calls_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.webhook_calls_id_seq', 1, false);


--
-- Name: webhooks_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.webhooks_id_seq', 1, false);


--
-- Name: claims claims_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (id);


--
-- Name: companies companies_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (id);


--
-- Name: companies companies_vat_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_vat_key UNIQUE (vat);


--
-- Name: consignments consignments_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consignments
    ADD CONSTRAINT consignments_pkey PRIMARY KEY (id);


--
-- Name: consignments consignments_reference_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consignments
    ADD CONSTRAINT consignments_reference_key UNIQUE (reference);


--
-- Name: customers customers_number_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_number_key UNIQUE (number);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: depots depots_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depots
    ADD CONSTRAINT depots_code_key UNIQUE (code);


--
-- Name: depots depots_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depots
    ADD CONSTRAINT depots_pkey PRIMARY KEY (id);


--
-- Name: drivers drivers_license_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.drivers
    ADD CONSTRAINT drivers_license_key UNIQUE (license);


--
-- Name: drivers drivers_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.drivers
    ADD CONSTRAINT drivers_pkey PRIMARY KEY (id);


--
-- Name: fuel_cards fuel_cards_number_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fuel_cards
    ADD CONSTRAINT fuel_cards_number_key UNIQUE (number);


--
-- Name: fuel_cards fuel_cards_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fuel_cards
    ADD CONSTRAINT fuel_cards_pkey PRIMARY KEY (id);


--
-- Name: fuel_entries fuel_entries_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fuel_entries
    ADD CONSTRAINT fuel_entries_pkey PRIMARY KEY (id);


--
-- Name: incidents incidents_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (id);


--
-- Name: invoice_items invoice_items_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoice_items
    ADD CONSTRAINT invoice_items_pkey PRIMARY KEY (id);


--
-- Name: invoices invoices_number_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_number_key UNIQUE (number);


--
-- Name: invoices invoices_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);


--
-- Name: loads loads_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.loads
    ADD CONSTRAINT loads_pkey PRIMARY KEY (id);


--
-- Name: parcels parcels_barcode_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.parcels
    ADD CONSTRAINT parcels_barcode_key UNIQUE (barcode);


--
-- Name: parcels parcels_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.parcels
    ADD CONSTRAINT parcels_pkey PRIMARY KEY (id);


--
-- Name: proofs proofs_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.proofs
    ADD CONSTRAINT proofs_pkey PRIMARY KEY (id);


--
-- Name: rates rates_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rates
    ADD CONSTRAINT rates_pkey PRIMARY KEY (id);


--
-- Name: routes routes_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.routes
    ADD CONSTRAINT routes_code_key UNIQUE (code);


--
-- Name: routes routes_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.routes
    ADD CONSTRAINT routes_pkey PRIMARY KEY (id);


--
-- Name: scans scans_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.scans
    ADD CONSTRAINT scans_pkey PRIMARY KEY (id);


--
-- Name: services_done services_done_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.services_done
    ADD CONSTRAINT services_done_pkey PRIMARY KEY (id);


--
-- Name: stops stops_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.stops
    ADD CONSTRAINT stops_pkey PRIMARY KEY (id);


--
-- Name: trips trips_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_pkey PRIMARY KEY (id);


--
-- Name: vehicles vehicles_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_pkey PRIMARY KEY (id);


--
-- Name: vehicles vehicles_plate_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_plate_key UNIQUE (plate);


--
-- Name: webhook_calls webhook_calls_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.webhook_calls
    ADD CONSTRAINT webhook_calls_pkey PRIMARY KEY (id);


--
-- Name: webhooks webhooks_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);


--
-- Name: claims_consignment_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX claims_consignment_id_idx ON public.claims USING btree (consignment_id);


--
-- Name: companies_country_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX companies_country_lower ON public.companies USING btree (lower((country)::text));


--
-- Name: companies_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX companies_title_lower ON public.companies USING btree (lower((title)::text));


--
-- Name: consignments_customer_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX consignments_customer_id_idx ON public.consignments USING btree (customer_id);


--
-- Name: consignments_destination_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX consignments_destination_id_idx ON public.consignments USING btree (destination_id);


--
-- Name: consignments_origin_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX consignments_origin_id_idx ON public.consignments USING btree (origin_id);


--
-- Name: customers_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX customers_title_lower ON public.customers USING btree (lower((title)::text));


--
-- Name: depots_company_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX depots_company_id_idx ON public.depots USING btree (company_id);


--
-- Name: drivers_company_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX drivers_company_id_idx ON public.drivers USING btree (company_id);


--
-- Name: fuel_cards_vehicle_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX fuel_cards_vehicle_id_idx ON public.fuel_cards USING btree (vehicle_id);


--
-- Name: fuel_entries_fuel_card_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX fuel_entries_fuel_card_id_idx ON public.fuel_entries USING btree (fuel_card_id);


--
-- Name: incidents_trip_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX incidents_trip_id_idx ON public.incidents USING btree (trip_id);


--
-- Name: invoice_items_consignment_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX invoice_items_consignment_id_idx ON public.invoice_items USING btree (consignment_id);


--
-- Name: invoice_items_invoice_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX invoice_items_invoice_id_idx ON public.invoice_items USING btree (invoice_id);


--
-- Name: invoices_customer_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX invoices_customer_id_idx ON public.invoices USING btree (customer_id);


--
-- Name: loads_parcel_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX loads_parcel_id_idx ON public.loads USING btree (parcel_id);


--
-- Name: loads_trip_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX loads_trip_id_idx ON public.loads USING btree (trip_id);


--
-- Name: parcels_consignment_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX parcels_consignment_id_idx ON public.parcels USING btree (consignment_id);


--
-- Name: parcels_is_fragile_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX parcels_is_fragile_one ON public.parcels USING btree (updated_at) WHERE is_fragile;


--
-- Name: proofs_parcel_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX proofs_parcel_id_idx ON public.proofs USING btree (parcel_id);


--
-- Name: proofs_signed_by_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX proofs_signed_by_lower ON public.proofs USING btree (lower((signed_by)::text));


--
-- Name: rates_customer_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX rates_customer_id_idx ON public.rates USING btree (customer_id);


--
-- Name: routes_depot_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX routes_depot_id_idx ON public.routes USING btree (depot_id);


--
-- Name: scans_depot_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX scans_depot_id_idx ON public.scans USING btree (depot_id);


--
-- Name: scans_parcel_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX scans_parcel_id_idx ON public.scans USING btree (parcel_id);


--
-- Name: services_done_vehicle_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX services_done_vehicle_id_idx ON public.services_done USING btree (vehicle_id);


--
-- Name: stops_depot_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX stops_depot_id_idx ON public.stops USING btree (depot_id);


--
-- Name: stops_route_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX stops_route_id_idx ON public.stops USING btree (route_id);


--
-- Name: trips_driver_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX trips_driver_id_idx ON public.trips USING btree (driver_id);


--
-- Name: trips_route_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX trips_route_id_idx ON public.trips USING btree (route_id);


--
-- Name: trips_vehicle_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX trips_vehicle_id_idx ON public.trips USING btree (vehicle_id);


--
-- Name: vehicles_company_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX vehicles_company_id_idx ON public.vehicles USING btree (company_id);


--
-- Name: webhook_calls_webhook_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX webhook_calls_webhook_id_idx ON public.webhook_calls USING btree (webhook_id);


--
-- Name: webhooks_customer_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX webhooks_customer_id_idx ON public.webhooks USING btree (customer_id);


--
-- Name: webhooks_is_live_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX webhooks_is_live_one ON public.webhooks USING btree (updated_at) WHERE is_live;


--
-- Name: claims touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.claims FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: companies touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.companies FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: consignments touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.consignments FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: customers touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: depots touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.depots FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: drivers touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.drivers FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: fuel_cards touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.fuel_cards FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: fuel_entries touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.fuel_entries FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: incidents touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.incidents FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: invoice_items touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.invoice_items FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: invoices touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.invoices FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: loads touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.loads FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: parcels touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.parcels FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: proofs touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.proofs FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: rates touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.rates FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: routes touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.routes FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: scans touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.scans FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: services_done touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.services_done FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: stops touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.stops FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: trips touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.trips FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: vehicles touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.vehicles FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: webhook_calls touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.webhook_calls FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: webhooks touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.webhooks FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: claims claims_consignment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_consignment_id_fkey FOREIGN KEY (consignment_id) REFERENCES public.consignments(id) ON DELETE SET NULL;


--
-- Name: consignments consignments_customer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consignments
    ADD CONSTRAINT consignments_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE SET NULL;


--
-- Name: consignments consignments_destination_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consignments
    ADD CONSTRAINT consignments_destination_id_fkey FOREIGN KEY (destination_id) REFERENCES public.depots(id) ON DELETE SET NULL;


--
-- Name: consignments consignments_origin_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consignments
    ADD CONSTRAINT consignments_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES public.depots(id) ON DELETE SET NULL;


--
-- Name: depots depots_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depots
    ADD CONSTRAINT depots_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE SET NULL;


--
-- Name: drivers drivers_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.drivers
    ADD CONSTRAINT drivers_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;


--
-- Name: fuel_cards fuel_cards_vehicle_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fuel_cards
    ADD CONSTRAINT fuel_cards_vehicle_id_fkey FOREIGN KEY (vehicle_id) REFERENCES public.vehicles(id) ON DELETE SET NULL;


--
-- Name: fuel_entries fuel_entries_fuel_card_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fuel_entries
    ADD CONSTRAINT fuel_entries_fuel_card_id_fkey FOREIGN KEY (fuel_card_id) REFERENCES public.fuel_cards(id) ON DELETE CASCADE;


--
-- Name: incidents incidents_trip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_trip_id_fkey FOREIGN KEY (trip_id) REFERENCES public.trips(id) ON DELETE SET NULL;


--
-- Name: invoice_items invoice_items_consignment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoice_items
    ADD CONSTRAINT invoice_items_consignment_id_fkey FOREIGN KEY (consignment_id) REFERENCES public.consignments(id) ON DELETE CASCADE;


--
-- Name: invoice_items invoice_items_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoice_items
    ADD CONSTRAINT invoice_items_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoices(id) ON DELETE CASCADE;


--
-- Name: invoices invoices_customer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE SET NULL;


--
-- Name: loads loads_parcel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.loads
    ADD CONSTRAINT loads_parcel_id_fkey FOREIGN KEY (parcel_id) REFERENCES public.parcels(id) ON DELETE SET NULL;


--
-- Name: loads loads_trip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.loads
    ADD CONSTRAINT loads_trip_id_fkey FOREIGN KEY (trip_id) REFERENCES public.trips(id) ON DELETE SET NULL;


--
-- Name: parcels parcels_consignment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.parcels
    ADD CONSTRAINT parcels_consignment_id_fkey FOREIGN KEY (consignment_id) REFERENCES public.consignments(id) ON DELETE CASCADE;


--
-- Name: proofs proofs_parcel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.proofs
    ADD CONSTRAINT proofs_parcel_id_fkey FOREIGN KEY (parcel_id) REFERENCES public.parcels(id) ON DELETE CASCADE;


--
-- Name: rates rates_customer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rates
    ADD CONSTRAINT rates_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE SET NULL;


--
-- Name: routes routes_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.routes
    ADD CONSTRAINT routes_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id) ON DELETE SET NULL;


--
-- Name: scans scans_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.scans
    ADD CONSTRAINT scans_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id) ON DELETE SET NULL;


--
-- Name: scans scans_parcel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.scans
    ADD CONSTRAINT scans_parcel_id_fkey FOREIGN KEY (parcel_id) REFERENCES public.parcels(id) ON DELETE SET NULL;


--
-- Name: services_done services_done_vehicle_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.services_done
    ADD CONSTRAINT services_done_vehicle_id_fkey FOREIGN KEY (vehicle_id) REFERENCES public.vehicles(id) ON DELETE SET NULL;


--
-- Name: stops stops_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.stops
    ADD CONSTRAINT stops_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id) ON DELETE SET NULL;


--
-- Name: stops stops_route_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.stops
    ADD CONSTRAINT stops_route_id_fkey FOREIGN KEY (route_id) REFERENCES public.routes(id) ON DELETE SET NULL;


--
-- Name: trips trips_driver_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_driver_id_fkey FOREIGN KEY (driver_id) REFERENCES public.drivers(id) ON DELETE CASCADE;


--
-- Name: trips trips_route_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_route_id_fkey FOREIGN KEY (route_id) REFERENCES public.routes(id) ON DELETE CASCADE;


--
-- Name: trips trips_vehicle_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_vehicle_id_fkey FOREIGN KEY (vehicle_id) REFERENCES public.vehicles(id) ON DELETE CASCADE;


--
-- Name: vehicles vehicles_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE SET NULL;


--
-- Name: webhook_calls webhook_calls_webhook_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.webhook_calls
    ADD CONSTRAINT webhook_calls_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES public.webhooks(id) ON DELETE SET NULL;


--
-- Name: webhooks webhooks_customer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

