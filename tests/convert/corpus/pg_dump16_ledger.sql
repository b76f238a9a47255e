--
-- PostgreSQL database dump
--

\restrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

-- Dumped from database version 16.10
-- Dumped by pg_dump version 16.10

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

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
-- Name: accounts; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.accounts (
    id integer NOT NULL,
    tenant_id integer,
    code character varying(255) NOT NULL,
    title character varying(255) NOT NULL,
    kind text DEFAULT 'asset'::text NOT NULL,
    currency_id bigint,
    is_open boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT accounts_kind_check CHECK ((kind = ANY (ARRAY['asset'::text, 'liability'::text, 'income'::text, 'expense'::text])))
);


ALTER TABLE public.accounts OWNER TO pis;

--
-- Name: accounts_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.accounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: approvals; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.approvals (
    id integer NOT NULL,
    entry_id bigint,
    approver character varying(255) NOT NULL,
    state text DEFAULT 'asked'::text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT approvals_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'given'::text, 'refused'::text])))
);


ALTER TABLE public.approvals OWNER TO pis;

--
-- Name: approvals_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.approvals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.approvals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: assets; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.assets (
    id bigint NOT NULL,
    tenant_id integer,
    title character varying(255) NOT NULL,
    bought date,
    cost numeric(12,2) DEFAULT 0 NOT NULL,
    life_years integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT assets_life_years_check CHECK ((life_years >= 0))
);


ALTER TABLE public.assets OWNER TO pis;

--
-- Name: assets_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.assets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.assets_id_seq OWNER TO pis;

--
-- Name: assets_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.assets_id_seq OWNED BY public.assets.id;


--
-- Name: attachments; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.attachments (
    id bigint NOT NULL,
    entry_id bigint,
    key text NOT NULL,
    mime character varying(255) NOT NULL,
    bytes integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT attachments_bytes_check CHECK ((bytes >= 0))
);


ALTER TABLE public.attachments OWNER TO pis;

--
-- Name: attachments_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.attachments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.attachments_id_seq OWNER TO pis;

--
-- Name: attachments_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.attachments_id_seq OWNED BY public.attachments.id;


--
-- Name: bank_accounts; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.bank_accounts (
    id integer NOT NULL,
    tenant_id integer,
    iban text NOT NULL,
    title character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.bank_accounts OWNER TO pis;

--
-- Name: bank_accounts_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.bank_accounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bank_accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: bank_lines; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.bank_lines (
    id bigint NOT NULL,
    bank_account_id integer,
    booked date,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    text text,
    reference character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.bank_lines OWNER TO pis;

--
-- Name: bank_lines_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.bank_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.bank_lines_id_seq OWNER TO pis;

--
-- Name: bank_lines_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.bank_lines_id_seq OWNED BY public.bank_lines.id;


--
-- Name: bill_lines; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.bill_lines (
    id bigint NOT NULL,
    bill_id integer,
    title character varying(255) NOT NULL,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.bill_lines OWNER TO pis;

--
-- Name: bill_lines_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.bill_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.bill_lines_id_seq OWNER TO pis;

--
-- Name: bill_lines_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.bill_lines_id_seq OWNED BY public.bill_lines.id;


--
-- Name: bills; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.bills (
    id integer NOT NULL,
    contact_id bigint,
    number character varying(255) NOT NULL,
    issued date,
    due date,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.bills OWNER TO pis;

--
-- Name: bills_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.bills ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bills_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: budget_lines; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.budget_lines (
    id integer NOT NULL,
    budget_id bigint,
    account_id integer,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.budget_lines OWNER TO pis;

--
-- Name: budget_lines_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.budget_lines ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.budget_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: budgets; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.budgets (
    id bigint NOT NULL,
    tenant_id integer,
    title character varying(255) NOT NULL,
    year integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budgets_year_check CHECK ((year >= 0))
);


ALTER TABLE public.budgets OWNER TO pis;

--
-- Name: budgets_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.budgets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.budgets_id_seq OWNER TO pis;

--
-- Name: budgets_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.budgets_id_seq OWNED BY public.budgets.id;


--
-- Name: contacts; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.contacts (
    id bigint NOT NULL,
    tenant_id integer,
    title character varying(255) NOT NULL,
    email character varying(80) DEFAULT ''::character varying,
    vat character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.contacts OWNER TO pis;

--
-- Name: contacts_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.contacts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.contacts_id_seq OWNER TO pis;

--
-- Name: contacts_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.contacts_id_seq OWNED BY public.contacts.id;


--
-- Name: currencies; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.currencies (
    id bigint NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    digits integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT currencies_digits_check CHECK ((digits >= 0))
);


ALTER TABLE public.currencies OWNER TO pis;

--
-- Name: currencies_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.currencies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.currencies_id_seq OWNER TO pis;

--
-- Name: currencies_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.currencies_id_seq OWNED BY public.currencies.id;


--
-- Name: depreciations; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.depreciations (
    id integer NOT NULL,
    asset_id bigint,
    period_id bigint,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.depreciations OWNER TO pis;

--
-- Name: depreciations_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.depreciations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.depreciations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: entries; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.entries (
    id bigint NOT NULL,
    journal_id integer,
    period_id bigint,
    number integer DEFAULT 0 NOT NULL,
    booked date,
    text text,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT entries_number_check CHECK ((number >= 0))
);


ALTER TABLE public.entries OWNER TO pis;

--
-- Name: entries_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.entries_id_seq OWNER TO pis;

--
-- Name: entries_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.entries_id_seq OWNED BY public.entries.id;


--
-- Name: exports; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.exports (
    id integer NOT NULL,
    tenant_id integer,
    kind character varying(255) NOT NULL,
    file_key character varying(80) DEFAULT ''::character varying,
    made timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.exports OWNER TO pis;

--
-- Name: exports_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.exports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.exports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fx_rates; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.fx_rates (
    id bigint NOT NULL,
    currency_id bigint,
    day date,
    rate numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.fx_rates OWNER TO pis;

--
-- Name: fx_rates_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.fx_rates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.fx_rates_id_seq OWNER TO pis;

--
-- Name: fx_rates_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.fx_rates_id_seq OWNED BY public.fx_rates.id;


--
-- Name: journals; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.journals (
    id integer NOT NULL,
    tenant_id integer,
    code character varying(255) NOT NULL,
    title character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.journals OWNER TO pis;

--
-- Name: journals_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.journals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.journals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: matches; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.matches (
    id integer NOT NULL,
    bank_line_id bigint,
    posting_id integer,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.matches OWNER TO pis;

--
-- Name: matches_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.matches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.matches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: periods; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.periods (
    id bigint NOT NULL,
    tenant_id integer,
    title character varying(255) NOT NULL,
    starts date,
    ends date,
    is_closed boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.periods OWNER TO pis;

--
-- Name: periods_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.periods_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.periods_id_seq OWNER TO pis;

--
-- Name: periods_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.periods_id_seq OWNED BY public.periods.id;


--
-- Name: postings; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.postings (
    id integer NOT NULL,
    entry_id bigint,
    account_id integer,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    memo character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.postings OWNER TO pis;

--
-- Name: postings_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.postings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.postings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sales_invoices; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.sales_invoices (
    id integer NOT NULL,
    contact_id bigint,
    number text NOT NULL,
    issued date,
    due date,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT sales_invoices_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'paid'::text, 'void'::text])))
);


ALTER TABLE public.sales_invoices OWNER TO pis;

--
-- Name: sales_invoices_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.sales_invoices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sales_invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sales_lines; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.sales_lines (
    id bigint NOT NULL,
    sales_invoice_id integer,
    title character varying(255) NOT NULL,
    quantity numeric(12,2) DEFAULT 0 NOT NULL,
    price numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.sales_lines OWNER TO pis;

--
-- Name: sales_lines_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.sales_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.sales_lines_id_seq OWNER TO pis;

--
-- Name: sales_lines_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.sales_lines_id_seq OWNED BY public.sales_lines.id;


--
-- Name: tenants; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.tenants (
    id integer NOT NULL,
    slug text NOT NULL,
    title character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.tenants OWNER TO pis;

--
-- Name: tenants_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.tenants ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tenants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: assets id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.assets ALTER COLUMN id SET DEFAULT nextval('public.assets_id_seq'::regclass);


--
-- Name: attachments id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.attachments ALTER COLUMN id SET DEFAULT nextval('public.attachments_id_seq'::regclass);


--
-- Name: bank_lines id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bank_lines ALTER COLUMN id SET DEFAULT nextval('public.bank_lines_id_seq'::regclass);


--
-- Name: bill_lines id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bill_lines ALTER COLUMN id SET DEFAULT nextval('public.bill_lines_id_seq'::regclass);


--
-- Name: budgets id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.budgets ALTER COLUMN id SET DEFAULT nextval('public.budgets_id_seq'::regclass);


--
-- Name: contacts id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.contacts ALTER COLUMN id SET DEFAULT nextval('public.contacts_id_seq'::regclass);


--
-- Name: currencies id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.currencies ALTER COLUMN id SET DEFAULT nextval('public.currencies_id_seq'::regclass);


--
-- Name: entries id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.entries ALTER COLUMN id SET DEFAULT nextval('public.entries_id_seq'::regclass);


--
-- Name: fx_rates id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fx_rates ALTER COLUMN id SET DEFAULT nextval('public.fx_rates_id_seq'::regclass);


--
-- Name: periods id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.periods ALTER COLUMN id SET DEFAULT nextval('public.periods_id_seq'::regclass);


--
-- Name: sales_lines id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.sales_lines ALTER COLUMN id SET DEFAULT nextval('public.sales_lines_id_seq'::regclass);


--
-- Data for Name: accounts; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.accounts (id, tenant_id, code, title, kind, currency_id, is_open, updated_at) FROM stdin;
\.


--
-- Data for Name: approvals; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.approvals (id, entry_id, approver, state, at, updated_at) FROM stdin;
\.


--
-- Data for Name: assets; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.assets (id, tenant_id, title, bought, cost, life_years, updated_at) FROM stdin;
\.


--
-- Data for Name: attachments; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.attachments (id, entry_id, key, mime, bytes, updated_at) FROM stdin;
\.


--
-- Data for Name: bank_accounts; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.bank_accounts (id, tenant_id, iban, title, updated_at) FROM stdin;
\.


--
-- Data for Name: bank_lines; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.bank_lines (id, bank_account_id, booked, amount, text, reference, updated_at) FROM stdin;
\.


--
-- Data for Name: bill_lines; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.bill_lines (id, bill_id, title, amount, updated_at) FROM stdin;
\.


--
-- Data for Name: bills; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.bills (id, contact_id, number, issued, due, total, updated_at) FROM stdin;
\.


--
-- Data for Name: budget_lines; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.budget_lines (id, budget_id, account_id, amount, updated_at) FROM stdin;
\.


--
-- Data for Name: budgets; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.budgets (id, tenant_id, title, year, updated_at) FROM stdin;
\.


--
-- Data for Name: contacts; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.contacts (id, tenant_id, title, email, vat, updated_at) FROM stdin;
\.


--
-- Data for Name: currencies; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.currencies (id, code, title, digits, updated_at) FROM stdin;
\.


--
-- Data for Name: depreciations; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.depreciations (id, asset_id, period_id, amount, updated_at) FROM stdin;
\.


--
-- Data for Name: entries; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.entries (id, journal_id, period_id, number, booked, text, created, updated_at) FROM stdin;
\.


--
-- Data for Name: exports; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.exports (id, tenant_id, kind, file_key, made, updated_at) FROM stdin;
\.


--
-- Data for Name: fx_rates; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.fx_rates (id, currency_id, day, rate, updated_at) FROM stdin;
\.


--
-- Data for Name: journals; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.journals (id, tenant_id, code, title, updated_at) FROM stdin;
\.


--
-- Data for Name: matches; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.matches (id, bank_line_id, posting_id, at, updated_at) FROM stdin;
\.


--
-- Data for Name: periods; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.periods (id, tenant_id, title, starts, ends, is_closed, updated_at) FROM stdin;
\.


--
-- Data for Name: postings; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.postings (id, entry_id, account_id, amount, memo, updated_at) FROM stdin;
\.


--
-- Data for Name: sales_invoices; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.sales_invoices (id, contact_id, number, issued, due, total, state, updated_at) FROM stdin;
\.


--
-- Data for Name: sales_lines; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.sales_lines (id, sales_invoice_id, title, quantity, price, updated_at) FROM stdin;
\.


--
-- Data for Name: tenants; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.tenants (id, slug, title, updated_at) FROM stdin;
1	slug 0\tit's\n\\	title 0\tit's\n\\	2026-11-23 05:02:34.300934+08
2	slug 1\tit's\n\\	title 1\tit's\n\\	2026-11-23 05:02:34.301245+08
3	slug 2\tit's\n\\	title 2\tit's\n\\	2026-11-23 05:02:34.301375+08
4	slug 3\tit's\n\\	title 3\tit's\n\\	2026-11-23 05:02:34.301433+08
5	slug 4\tit's\n\\	title 4\tit's\n\\	2026-11-23 05:02:34.301473+08
\.


--
-- Name: accounts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.accounts_id_seq', 1, false);


--
-- Name: approvals_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.approvals_id_seq', 1, false);


--
-- Name: assets_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.assets_id_seq', 1, false);


--
-- Name: attachments_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.attachments_id_seq', 1, false);


--
-- Name: bank_accounts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.bank_accounts_id_seq', 1, false);


--
-- Name: bank_lines_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.bank_lines_id_seq', 1, false);


--
-- Name: bill_lines_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.bill_lines_id_seq', 1, false);


--
-- Name: bills_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.bills_id_seq', 1, false);


--
-- Name: budget_lines_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.budget_lines_id_seq', 1, false);


--
-- Name: budgets_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.budgets_id_seq', 1, false);


--
-- Name: contacts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.contacts_id_seq', 1, false);


--
-- Name: currencies_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.currencies_id_seq', 1, false);


--
-- Name: depreciations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.depreciations_id_seq', 1, false);


--
-- Name: entries_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.entries_id_seq', 1, false);


--
-- Name: exports_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.exports_id_seq', 1, false);


--
-- Name: fx_rates_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.fx_rates_id_seq', 1, false);


--
-- Name: journals_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.journals_id_seq', 1, false);


--
-- Name: matches_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.matches_id_seq', 1, false);


--
-- Name: periods_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.periods_id_seq', 1, false);


--
-- Name: postings_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.postings_id_seq', 1, false);


--
-- Name: sales_invoices_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.sales_invoices_id_seq', 1, false);


--
-- Name: sales_lines_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.sales_lines_id_seq', 1, false);


--
-- Name: tenants_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.tenants_id_seq', 5, true);


--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);


--
-- Name: approvals approvals_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_pkey PRIMARY KEY (id);


--
-- Name: assets assets_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_pkey PRIMARY KEY (id);


--
-- Name: attachments attachments_key_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_key_key UNIQUE (key);


--
-- Name: attachments attachments_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (id);


--
-- Name: bank_accounts bank_accounts_iban_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bank_accounts
    ADD CONSTRAINT bank_accounts_iban_key UNIQUE (iban);


--
-- Name: bank_accounts bank_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bank_accounts
    ADD CONSTRAINT bank_accounts_pkey PRIMARY KEY (id);


--
-- Name: bank_lines bank_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bank_lines
    ADD CONSTRAINT bank_lines_pkey PRIMARY KEY (id);


--
-- Name: bill_lines bill_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bill_lines
    ADD CONSTRAINT bill_lines_pkey PRIMARY KEY (id);


--
-- Name: bills bills_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bills
    ADD CONSTRAINT bills_pkey PRIMARY KEY (id);


--
-- Name: budget_lines budget_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.budget_lines
    ADD CONSTRAINT budget_lines_pkey PRIMARY KEY (id);


--
-- Name: budgets budgets_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_pkey PRIMARY KEY (id);


--
-- Name: contacts contacts_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);


--
-- Name: currencies currencies_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.currencies
    ADD CONSTRAINT currencies_code_key UNIQUE (code);


--
-- Name: currencies currencies_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.currencies
    ADD CONSTRAINT currencies_pkey PRIMARY KEY (id);


--
-- Name: depreciations depreciations_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depreciations
    ADD CONSTRAINT depreciations_pkey PRIMARY KEY (id);


--
-- Name: entries entries_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (id);


--
-- Name: exports exports_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (id);


--
-- Name: fx_rates fx_rates_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fx_rates
    ADD CONSTRAINT fx_rates_pkey PRIMARY KEY (id);


--
-- Name: journals journals_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.journals
    ADD CONSTRAINT journals_pkey PRIMARY KEY (id);


--
-- Name: matches matches_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_pkey PRIMARY KEY (id);


--
-- Name: periods periods_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.periods
    ADD CONSTRAINT periods_pkey PRIMARY KEY (id);


--
-- Name: postings postings_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (id);


--
-- Name: sales_invoices sales_invoices_number_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.sales_invoices
    ADD CONSTRAINT sales_invoices_number_key UNIQUE (number);


--
-- Name: sales_invoices sales_invoices_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.sales_invoices
    ADD CONSTRAINT sales_invoices_pkey PRIMARY KEY (id);


--
-- Name: sales_lines sales_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.sales_lines
    ADD CONSTRAINT sales_lines_pkey PRIMARY KEY (id);


--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);


--
-- Name: tenants tenants_slug_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_slug_key UNIQUE (slug);


--
-- Name: accounts_currency_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX accounts_currency_id_idx ON public.accounts USING btree (currency_id);


--
-- Name: accounts_is_open_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX accounts_is_open_one ON public.accounts USING btree (updated_at) WHERE is_open;


--
-- Name: accounts_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX accounts_tenant_id_idx ON public.accounts USING btree (tenant_id);


--
-- Name: approvals_approver_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX approvals_approver_lower ON public.approvals USING btree (lower((approver)::text));


--
-- Name: approvals_entry_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX approvals_entry_id_idx ON public.approvals USING btree (entry_id);


--
-- Name: assets_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX assets_tenant_id_idx ON public.assets USING btree (tenant_id);


--
-- Name: attachments_entry_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX attachments_entry_id_idx ON public.attachments USING btree (entry_id);


--
-- Name: bank_accounts_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bank_accounts_tenant_id_idx ON public.bank_accounts USING btree (tenant_id);


--
-- Name: bank_accounts_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bank_accounts_title_lower ON public.bank_accounts USING btree (lower((title)::text));


--
-- Name: bank_lines_bank_account_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bank_lines_bank_account_id_idx ON public.bank_lines USING btree (bank_account_id);


--
-- Name: bill_lines_bill_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bill_lines_bill_id_idx ON public.bill_lines USING btree (bill_id);


--
-- Name: bills_contact_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bills_contact_id_idx ON public.bills USING btree (contact_id);


--
-- Name: budget_lines_account_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX budget_lines_account_id_idx ON public.budget_lines USING btree (account_id);


--
-- Name: budget_lines_budget_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX budget_lines_budget_id_idx ON public.budget_lines USING btree (budget_id);


--
-- Name: budgets_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX budgets_tenant_id_idx ON public.budgets USING btree (tenant_id);


--
-- Name: contacts_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX contacts_tenant_id_idx ON public.contacts USING btree (tenant_id);


--
-- Name: depreciations_asset_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX depreciations_asset_id_idx ON public.depreciations USING btree (asset_id);


--
-- Name: depreciations_period_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX depreciations_period_id_idx ON public.depreciations USING btree (period_id);


--
-- Name: entries_journal_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX entries_journal_id_idx ON public.entries USING btree (journal_id);


--
-- Name: entries_period_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX entries_period_id_idx ON public.entries USING btree (period_id);


--
-- Name: exports_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX exports_tenant_id_idx ON public.exports USING btree (tenant_id);


--
-- Name: fx_rates_currency_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX fx_rates_currency_id_idx ON public.fx_rates USING btree (currency_id);


--
-- Name: journals_code_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX journals_code_lower ON public.journals USING btree (lower((code)::text));


--
-- Name: journals_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX journals_tenant_id_idx ON public.journals USING btree (tenant_id);


--
-- Name: journals_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX journals_title_lower ON public.journals USING btree (lower((title)::text));


--
-- Name: matches_bank_line_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX matches_bank_line_id_idx ON public.matches USING btree (bank_line_id);


--
-- Name: matches_posting_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX matches_posting_id_idx ON public.matches USING btree (posting_id);


--
-- Name: periods_is_closed_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX periods_is_closed_one ON public.periods USING btree (updated_at) WHERE is_closed;


--
-- Name: periods_tenant_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX periods_tenant_id_idx ON public.periods USING btree (tenant_id);


--
-- Name: postings_account_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX postings_account_id_idx ON public.postings USING btree (account_id);


--
-- Name: postings_entry_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX postings_entry_id_idx ON public.postings USING btree (entry_id);


--
-- Name: sales_invoices_contact_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX sales_invoices_contact_id_idx ON public.sales_invoices USING btree (contact_id);


--
-- Name: sales_lines_sales_invoice_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX sales_lines_sales_invoice_id_idx ON public.sales_lines USING btree (sales_invoice_id);


--
-- Name: tenants_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX tenants_title_lower ON public.tenants USING btree (lower((title)::text));


--
-- Name: accounts touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: approvals touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.approvals FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: assets touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.assets FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: attachments touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.attachments FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: bank_accounts touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.bank_accounts FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: bank_lines touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.bank_lines FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: bill_lines touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.bill_lines FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: bills touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.bills FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: budget_lines touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.budget_lines FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: budgets touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.budgets FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: contacts touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.contacts FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: currencies touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.currencies FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: depreciations touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.depreciations FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: entries touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.entries FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: exports touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.exports FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: fx_rates touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.fx_rates FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: journals touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.journals FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: matches touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.matches FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: periods touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.periods FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: postings touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.postings FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: sales_invoices touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.sales_invoices FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: sales_lines touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.sales_lines FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: tenants touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.tenants FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: accounts accounts_currency_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_currency_id_fkey FOREIGN KEY (currency_id) REFERENCES public.currencies(id) ON DELETE SET NULL;


--
-- Name: accounts accounts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE SET NULL;


--
-- Name: approvals approvals_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entries(id) ON DELETE SET NULL;


--
-- Name: assets assets_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;


--
-- Name: attachments attachments_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entries(id) ON DELETE SET NULL;


--
-- Name: bank_accounts bank_accounts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bank_accounts
    ADD CONSTRAINT bank_accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;


--
-- Name: bank_lines bank_lines_bank_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bank_lines
    ADD CONSTRAINT bank_lines_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES public.bank_accounts(id) ON DELETE SET NULL;


--
-- Name: bill_lines bill_lines_bill_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bill_lines
    ADD CONSTRAINT bill_lines_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES public.bills(id) ON DELETE SET NULL;


--
-- Name: bills bills_contact_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bills
    ADD CONSTRAINT bills_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contacts(id) ON DELETE SET NULL;


--
-- Name: budget_lines budget_lines_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.budget_lines
    ADD CONSTRAINT budget_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: budget_lines budget_lines_budget_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.budget_lines
    ADD CONSTRAINT budget_lines_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES public.budgets(id) ON DELETE CASCADE;


--
-- Name: budgets budgets_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE SET NULL;


--
-- Name: contacts contacts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE SET NULL;


--
-- Name: depreciations depreciations_asset_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depreciations
    ADD CONSTRAINT depreciations_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE SET NULL;


--
-- Name: depreciations depreciations_period_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.depreciations
    ADD CONSTRAINT depreciations_period_id_fkey FOREIGN KEY (period_id) REFERENCES public.periods(id) ON DELETE SET NULL;


--
-- Name: entries entries_journal_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_journal_id_fkey FOREIGN KEY (journal_id) REFERENCES public.journals(id) ON DELETE SET NULL;


--
-- Name: entries entries_period_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_period_id_fkey FOREIGN KEY (period_id) REFERENCES public.periods(id) ON DELETE SET NULL;


--
-- Name: exports exports_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE SET NULL;


--
-- Name: fx_rates fx_rates_currency_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.fx_rates
    ADD CONSTRAINT fx_rates_currency_id_fkey FOREIGN KEY (currency_id) REFERENCES public.currencies(id) ON DELETE CASCADE;


--
-- Name: journals journals_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.journals
    ADD CONSTRAINT journals_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE SET NULL;


--
-- Name: matches matches_bank_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_bank_line_id_fkey FOREIGN KEY (bank_line_id) REFERENCES public.bank_lines(id) ON DELETE SET NULL;


--
-- Name: matches matches_posting_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES public.postings(id) ON DELETE SET NULL;


--
-- Name: periods periods_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.periods
    ADD CONSTRAINT periods_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;


--
-- Name: postings postings_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: postings postings_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entries(id) ON DELETE CASCADE;


--
-- Name: sales_invoices sales_invoices_contact_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.sales_invoices
    ADD CONSTRAINT sales_invoices_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contacts(id) ON DELETE SET NULL;


--
-- Name: sales_lines sales_lines_sales_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.sales_lines
    ADD CONSTRAINT sales_lines_sales_invoice_id_fkey FOREIGN KEY (sales_invoice_id) REFERENCES public.sales_invoices(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

