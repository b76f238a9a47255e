--
-- PostgreSQL database dump
--

\restrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

-- Dumped from database version 18.6 (Debian 18.6-3)
-- Dumped by pg_dump version 18.6 (Debian 18.6-3)

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
-- Name: payouts_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.payouts_state AS ENUM (
    'pending',
    'paid'
);


ALTER TYPE public.payouts_state OWNER TO pis;

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
-- Name: blocked_days; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.blocked_days (
    id integer NOT NULL,
    home_id bigint,
    day date,
    reason character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.blocked_days OWNER TO pis;

--
-- Name: blocked_days_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.blocked_days ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.blocked_days_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: booking_events; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.booking_events (
    id bigint NOT NULL,
    booking_id integer,
    kind character varying(255) NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.booking_events OWNER TO pis;

--
-- Name: booking_events_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.booking_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.booking_events_id_seq OWNER TO pis;

--
-- Name: booking_events_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.booking_events_id_seq OWNED BY public.booking_events.id;


--
-- Name: bookings; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.bookings (
    id integer NOT NULL,
    home_id bigint,
    guest_id bigint,
    reference text NOT NULL,
    starts date,
    ends date,
    people integer DEFAULT 0 NOT NULL,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    state text DEFAULT 'held'::text NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bookings_people_check CHECK ((people >= 0)),
    CONSTRAINT bookings_state_check CHECK ((state = ANY (ARRAY['held'::text, 'confirmed'::text, 'cancelled'::text, 'done'::text])))
);


ALTER TABLE public.bookings OWNER TO pis;

--
-- Name: bookings_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.bookings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bookings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: cities; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.cities (
    id integer NOT NULL,
    slug text NOT NULL,
    title character varying(255) NOT NULL,
    country character varying(255) NOT NULL,
    timezone character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.cities OWNER TO pis;

--
-- Name: cities_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.cities ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: cleaners; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.cleaners (
    id bigint NOT NULL,
    phone text NOT NULL,
    name character varying(255) NOT NULL,
    city_id integer,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.cleaners OWNER TO pis;

--
-- Name: cleaners_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.cleaners_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.cleaners_id_seq OWNER TO pis;

--
-- Name: cleaners_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.cleaners_id_seq OWNED BY public.cleaners.id;


--
-- Name: cleanings; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.cleanings (
    id integer NOT NULL,
    booking_id integer,
    cleaner_id bigint,
    at timestamp with time zone DEFAULT now() NOT NULL,
    done boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.cleanings OWNER TO pis;

--
-- Name: cleanings_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.cleanings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cleanings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: favourites; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.favourites (
    id bigint NOT NULL,
    guest_id bigint,
    home_id bigint,
    since timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.favourites OWNER TO pis;

--
-- Name: favourites_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.favourites_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.favourites_id_seq OWNER TO pis;

--
-- Name: favourites_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.favourites_id_seq OWNED BY public.favourites.id;


--
-- Name: guests; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.guests (
    id bigint NOT NULL,
    email text NOT NULL,
    name character varying(255) NOT NULL,
    passport character varying(80) DEFAULT ''::character varying,
    locale character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.guests OWNER TO pis;

--
-- Name: guests_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.guests_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.guests_id_seq OWNER TO pis;

--
-- Name: guests_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.guests_id_seq OWNED BY public.guests.id;


--
-- Name: homes; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.homes (
    id bigint NOT NULL,
    host_id integer,
    city_id integer,
    title character varying(255) NOT NULL,
    description text,
    beds integer DEFAULT 0 NOT NULL,
    price numeric(12,2) DEFAULT 0 NOT NULL,
    amenities text[] DEFAULT '{}'::text[] NOT NULL,
    rules jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_listed boolean DEFAULT false NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT homes_beds_check CHECK ((beds >= 0))
);


ALTER TABLE public.homes OWNER TO pis;

--
-- Name: homes_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.homes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.homes_id_seq OWNER TO pis;

--
-- Name: homes_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.homes_id_seq OWNED BY public.homes.id;


--
-- Name: hosts; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.hosts (
    id integer NOT NULL,
    email text NOT NULL,
    name character varying(255) NOT NULL,
    verified timestamp with time zone DEFAULT now() NOT NULL,
    rating numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.hosts OWNER TO pis;

--
-- Name: hosts_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.hosts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.hosts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: keys_given; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.keys_given (
    id bigint NOT NULL,
    booking_id integer,
    code character varying(255) NOT NULL,
    valid_until timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.keys_given OWNER TO pis;

--
-- Name: keys_given_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.keys_given_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.keys_given_id_seq OWNER TO pis;

--
-- Name: keys_given_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.keys_given_id_seq OWNED BY public.keys_given.id;


--
-- Name: messages; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.messages (
    id bigint NOT NULL,
    thread_id integer,
    sender_is_host boolean DEFAULT false NOT NULL,
    body text,
    sent timestamp with time zone DEFAULT now() NOT NULL,
    read timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.messages OWNER TO pis;

--
-- Name: messages_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.messages_id_seq OWNER TO pis;

--
-- Name: messages_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.messages_id_seq OWNED BY public.messages.id;


--
-- Name: payments; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.payments (
    id integer NOT NULL,
    booking_id integer,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    provider character varying(255) NOT NULL,
    reference text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.payments OWNER TO pis;

--
-- Name: payments_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.payments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.payments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: payouts; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.payouts (
    id bigint NOT NULL,
    host_id integer,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    state public.payouts_state DEFAULT 'pending'::public.payouts_state NOT NULL,
    paid timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.payouts OWNER TO pis;

--
-- Name: payouts_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.payouts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.payouts_id_seq OWNER TO pis;

--
-- Name: payouts_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.payouts_id_seq OWNED BY public.payouts.id;


--
-- Name: photos; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.photos (
    id integer NOT NULL,
    home_id bigint,
    key text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    caption character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT photos_position_check CHECK (("position" >= 0))
);


ALTER TABLE public.photos OWNER TO pis;

--
-- Name: photos_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.photos ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.photos_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: promotion_uses; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.promotion_uses (
    id bigint NOT NULL,
    promotion_id integer,
    booking_id integer,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.promotion_uses OWNER TO pis;

--
-- Name: promotion_uses_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.promotion_uses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.promotion_uses_id_seq OWNER TO pis;

--
-- Name: promotion_uses_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.promotion_uses_id_seq OWNED BY public.promotion_uses.id;


--
-- Name: promotions; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.promotions (
    id integer NOT NULL,
    code text NOT NULL,
    percent integer DEFAULT 0 NOT NULL,
    ends date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT promotions_percent_check CHECK ((percent >= 0))
);


ALTER TABLE public.promotions OWNER TO pis;

--
-- Name: promotions_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.promotions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.promotions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: rates_shown; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.rates_shown (
    id uuid DEFAULT uuidv7() NOT NULL,
    night numeric(10,2) CONSTRAINT a_night_costs NOT NULL,
    nights integer NOT NULL,
    total numeric(12,2) GENERATED ALWAYS AS ((night * (nights)::numeric)),
    total_kept numeric(12,2) GENERATED ALWAYS AS ((night * (nights)::numeric)) STORED,
    note text,
    home_id bigint
);


ALTER TABLE public.rates_shown OWNER TO pis;

--
-- Name: replies; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.replies (
    id bigint NOT NULL,
    review_id integer,
    body text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.replies OWNER TO pis;

--
-- Name: replies_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.replies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.replies_id_seq OWNER TO pis;

--
-- Name: replies_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.replies_id_seq OWNED BY public.replies.id;


--
-- Name: reports; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.reports (
    id integer NOT NULL,
    home_id bigint,
    guest_id bigint,
    reason character varying(255) NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reports_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);


ALTER TABLE public.reports OWNER TO pis;

--
-- Name: reports_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.reports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: reviews; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.reviews (
    id integer NOT NULL,
    booking_id integer,
    stars integer DEFAULT 0 NOT NULL,
    body text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reviews_stars_check CHECK ((stars >= 0))
);


ALTER TABLE public.reviews OWNER TO pis;

--
-- Name: reviews_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.reviews ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.reviews_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: searches; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.searches (
    id integer NOT NULL,
    city_id integer,
    query jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.searches OWNER TO pis;

--
-- Name: searches_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.searches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.searches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: seasons; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.seasons (
    id bigint NOT NULL,
    home_id bigint,
    title character varying(255) NOT NULL,
    starts date,
    ends date,
    price numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.seasons OWNER TO pis;

--
-- Name: seasons_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.seasons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.seasons_id_seq OWNER TO pis;

--
-- Name: seasons_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.seasons_id_seq OWNED BY public.seasons.id;


--
-- Name: threads; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.threads (
    id integer NOT NULL,
    home_id bigint,
    guest_id bigint,
    opened timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.threads OWNER TO pis;

--
-- Name: threads_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.threads ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.threads_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: booking_events id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.booking_events ALTER COLUMN id SET DEFAULT nextval('public.booking_events_id_seq'::regclass);


--
-- Name: cleaners id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleaners ALTER COLUMN id SET DEFAULT nextval('public.cleaners_id_seq'::regclass);


--
-- Name: favourites id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.favourites ALTER COLUMN id SET DEFAULT nextval('public.favourites_id_seq'::regclass);


--
-- Name: guests id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.guests ALTER COLUMN id SET DEFAULT nextval('public.guests_id_seq'::regclass);


--
-- Name: homes id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.homes ALTER COLUMN id SET DEFAULT nextval('public.homes_id_seq'::regclass);


--
-- Name: keys_given id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.keys_given ALTER COLUMN id SET DEFAULT nextval('public.keys_given_id_seq'::regclass);


--
-- Name: messages id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages ALTER COLUMN id SET DEFAULT nextval('public.messages_id_seq'::regclass);


--
-- Name: payouts id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.payouts ALTER COLUMN id SET DEFAULT nextval('public.payouts_id_seq'::regclass);


--
-- Name: promotion_uses id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.promotion_uses ALTER COLUMN id SET DEFAULT nextval('public.promotion_uses_id_seq'::regclass);


--
-- Name: replies id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.replies ALTER COLUMN id SET DEFAULT nextval('public.replies_id_seq'::regclass);


--
-- Name: seasons id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.seasons ALTER COLUMN id SET DEFAULT nextval('public.seasons_id_seq'::regclass);


--
-- Data for Name: blocked_days; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.blocked_days (id, home_id, day, reason, updated_at) FROM stdin;
\.


--
-- Data for Name: booking_events; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.booking_events (id, booking_id, kind, details, at, updated_at) FROM stdin;
\.


--
-- Data for Name: bookings; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.bookings (id, home_id, guest_id, reference, starts, ends, people, total, state, created, updated_at) FROM stdin;
\.


--
-- Data for Name: cities; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.cities (id, slug, title, country, timezone, updated_at) FROM stdin;
\.


--
-- Data for Name: cleaners; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.cleaners (id, phone, name, city_id, updated_at) FROM stdin;
\.


--
-- Data for Name: cleanings; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.cleanings (id, booking_id, cleaner_id, at, done, updated_at) FROM stdin;
\.


--
-- Data for Name: favourites; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.favourites (id, guest_id, home_id, since, updated_at) FROM stdin;
\.


--
-- Data for Name: guests; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.guests (id, email, name, passport, locale, updated_at) FROM stdin;
\.


--
-- Data for Name: homes; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.homes (id, host_id, city_id, title, description, beds, price, amenities, rules, is_listed, created, updated_at) FROM stdin;
\.


--
-- Data for Name: hosts; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.hosts (id, email, name, verified, rating, updated_at) FROM stdin;
1	email 0\tit's\n\\	name 0\tit's\n\\	2026-11-23 09:00:32.676606+08	0.00	2026-11-23 09:00:32.676606+08
2	email 1\tit's\n\\	name 1\tit's\n\\	2026-11-23 09:00:32.677239+08	0.00	2026-11-23 09:00:32.677239+08
3	email 2\tit's\n\\	name 2\tit's\n\\	2026-11-23 09:00:32.677388+08	0.00	2026-11-23 09:00:32.677388+08
4	email 3\tit's\n\\	name 3\tit's\n\\	2026-11-23 09:00:32.677458+08	0.00	2026-11-23 09:00:32.677458+08
5	email 4\tit's\n\\	name 4\tit's\n\\	2026-11-23 09:00:32.677509+08	0.00	2026-11-23 09:00:32.677509+08
\.


--
-- Data for Name: keys_given; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.keys_given (id, booking_id, code, valid_until, updated_at) FROM stdin;
\.


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.messages (id, thread_id, sender_is_host, body, sent, read, updated_at) FROM stdin;
\.


--
-- Data for Name: payments; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.payments (id, booking_id, amount, provider, reference, at, updated_at) FROM stdin;
\.


--
-- Data for Name: payouts; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.payouts (id, host_id, amount, state, paid, updated_at) FROM stdin;
\.


--
-- Data for Name: photos; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.photos (id, home_id, key, "position", caption, updated_at) FROM stdin;
\.


--
-- Data for Name: promotion_uses; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.promotion_uses (id, promotion_id, booking_id, at, updated_at) FROM stdin;
\.


--
-- Data for Name: promotions; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.promotions (id, code, percent, ends, updated_at) FROM stdin;
\.


--
-- Data for Name: rates_shown; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.rates_shown (id, night, nights, note, home_id) FROM stdin;
\.


--
-- Data for Name: replies; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.replies (id, review_id, body, at, updated_at) FROM stdin;
\.


--
-- Data for Name: reports; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.reports (id, home_id, guest_id, reason, state, at, updated_at) FROM stdin;
\.


--
-- Data for Name: reviews; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.reviews (id, booking_id, stars, body, at, updated_at) FROM stdin;
\.


--
-- Data for Name: searches; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.searches (id, city_id, query, at, updated_at) FROM stdin;
\.


--
-- Data for Name: seasons; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.seasons (id, home_id, title, starts, ends, price, updated_at) FROM stdin;
\.


--
-- Data for Name: threads; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.threads (id, home_id, guest_id, opened, updated_at) FROM stdin;
\.


--
-- Name: blocked_days_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.blocked_days_id_seq', 1, false);


--
-- Name: booking_events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.booking_events_id_seq', 1, false);


--
-- Name: bookings_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.bookings_id_seq', 1, false);


--
-- Name: cities_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.cities_id_seq', 1, false);


--
-- Name: cleaners_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.cleaners_id_seq', 1, false);


--
-- Name: cleanings_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.cleanings_id_seq', 1, false);


--
-- Name: favourites_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.favourites_id_seq', 1, false);


--
-- Name: guests_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.guests_id_seq', 1, false);


--
-- Name: homes_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.homes_id_seq', 1, false);


--
-- Name: hosts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.hosts_id_seq', 5, true);


--
-- Name: keys_given_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.keys_given_id_seq', 1, false);


--
-- Name: messages_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.messages_id_seq', 1, false);


--
-- Name: payments_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.payments_id_seq', 1, false);


--
-- Name: payouts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.payouts_id_seq', 1, false);


--
-- Name: photos_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.photos_id_seq', 1, false);


--
-- Name: promotion_uses_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.promotion_uses_id_seq', 1, false);


--
-- Name: promotions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.promotions_id_seq', 1, false);


--
-- Name: replies_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.replies_id_seq', 1, false);


--
-- Name: reports_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.reports_id_seq', 1, false);


--
-- Name: reviews_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.reviews_id_seq', 1, false);


--
-- Name: searches_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.searches_id_seq', 1, false);


--
-- Name: seasons_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.seasons_id_seq', 1, false);


--
-- Name: threads_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.threads_id_seq', 1, false);


--
-- Name: blocked_days blocked_days_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.blocked_days
    ADD CONSTRAINT blocked_days_pkey PRIMARY KEY (id);


--
-- Name: booking_events booking_events_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.booking_events
    ADD CONSTRAINT booking_events_pkey PRIMARY KEY (id);


--
-- Name: bookings bookings_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (id);


--
-- Name: bookings bookings_reference_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_reference_key UNIQUE (reference);


--
-- Name: cities cities_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cities
    ADD CONSTRAINT cities_pkey PRIMARY KEY (id);


--
-- Name: cities cities_slug_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cities
    ADD CONSTRAINT cities_slug_key UNIQUE (slug);


--
-- Name: cleaners cleaners_phone_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleaners
    ADD CONSTRAINT cleaners_phone_key UNIQUE (phone);


--
-- Name: cleaners cleaners_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleaners
    ADD CONSTRAINT cleaners_pkey PRIMARY KEY (id);


--
-- Name: cleanings cleanings_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleanings
    ADD CONSTRAINT cleanings_pkey PRIMARY KEY (id);


--
-- Name: favourites favourites_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_pkey PRIMARY KEY (id);


--
-- Name: guests guests_email_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.guests
    ADD CONSTRAINT guests_email_key UNIQUE (email);


--
-- Name: guests guests_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.guests
    ADD CONSTRAINT guests_pkey PRIMARY KEY (id);


--
-- Name: homes homes_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_pkey PRIMARY KEY (id);


--
-- Name: hosts hosts_email_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_email_key UNIQUE (email);


--
-- Name: hosts hosts_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_pkey PRIMARY KEY (id);


--
-- Name: keys_given keys_given_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.keys_given
    ADD CONSTRAINT keys_given_pkey PRIMARY KEY (id);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);


--
-- Name: rates_shown nights_counted; Type: CHECK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE public.rates_shown
    ADD CONSTRAINT nights_counted CHECK ((nights > 0)) NOT ENFORCED;


--
-- Name: rates_shown note_there; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE public.rates_shown
    ADD CONSTRAINT note_there NOT NULL note NOT VALID;


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);


--
-- Name: payments payments_reference_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_reference_key UNIQUE (reference);


--
-- Name: payouts payouts_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_pkey PRIMARY KEY (id);


--
-- Name: photos photos_key_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_key_key UNIQUE (key);


--
-- Name: photos photos_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_pkey PRIMARY KEY (id);


--
-- Name: promotion_uses promotion_uses_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.promotion_uses
    ADD CONSTRAINT promotion_uses_pkey PRIMARY KEY (id);


--
-- Name: promotions promotions_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.promotions
    ADD CONSTRAINT promotions_code_key UNIQUE (code);


--
-- Name: promotions promotions_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.promotions
    ADD CONSTRAINT promotions_pkey PRIMARY KEY (id);


--
-- Name: rates_shown rates_shown_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rates_shown
    ADD CONSTRAINT rates_shown_pkey PRIMARY KEY (id);


--
-- Name: replies replies_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.replies
    ADD CONSTRAINT replies_pkey PRIMARY KEY (id);


--
-- Name: reports reports_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);


--
-- Name: reviews reviews_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (id);


--
-- Name: searches searches_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.searches
    ADD CONSTRAINT searches_pkey PRIMARY KEY (id);


--
-- Name: seasons seasons_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.seasons
    ADD CONSTRAINT seasons_pkey PRIMARY KEY (id);


--
-- Name: threads threads_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_pkey PRIMARY KEY (id);


--
-- Name: blocked_days_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX blocked_days_home_id_idx ON public.blocked_days USING btree (home_id);


--
-- Name: booking_events_booking_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX booking_events_booking_id_idx ON public.booking_events USING btree (booking_id);


--
-- Name: bookings_guest_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bookings_guest_id_idx ON public.bookings USING btree (guest_id);


--
-- Name: bookings_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX bookings_home_id_idx ON public.bookings USING btree (home_id);


--
-- Name: cleaners_city_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX cleaners_city_id_idx ON public.cleaners USING btree (city_id);


--
-- Name: cleanings_booking_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX cleanings_booking_id_idx ON public.cleanings USING btree (booking_id);


--
-- Name: cleanings_cleaner_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX cleanings_cleaner_id_idx ON public.cleanings USING btree (cleaner_id);


--
-- Name: cleanings_done_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX cleanings_done_one ON public.cleanings USING btree (updated_at) WHERE done;


--
-- Name: favourites_guest_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX favourites_guest_id_idx ON public.favourites USING btree (guest_id);


--
-- Name: favourites_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX favourites_home_id_idx ON public.favourites USING btree (home_id);


--
-- Name: homes_city_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX homes_city_id_idx ON public.homes USING btree (city_id);


--
-- Name: homes_host_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX homes_host_id_idx ON public.homes USING btree (host_id);


--
-- Name: homes_is_listed_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX homes_is_listed_one ON public.homes USING btree (updated_at) WHERE is_listed;


--
-- Name: hosts_name_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX hosts_name_lower ON public.hosts USING btree (lower((name)::text));


--
-- Name: keys_given_booking_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX keys_given_booking_id_idx ON public.keys_given USING btree (booking_id);


--
-- Name: messages_sender_is_host_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX messages_sender_is_host_one ON public.messages USING btree (updated_at) WHERE sender_is_host;


--
-- Name: messages_thread_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX messages_thread_id_idx ON public.messages USING btree (thread_id);


--
-- Name: payments_booking_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX payments_booking_id_idx ON public.payments USING btree (booking_id);


--
-- Name: payments_provider_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX payments_provider_lower ON public.payments USING btree (lower((provider)::text));


--
-- Name: payouts_host_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX payouts_host_id_idx ON public.payouts USING btree (host_id);


--
-- Name: photos_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX photos_home_id_idx ON public.photos USING btree (home_id);


--
-- Name: promotion_uses_booking_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX promotion_uses_booking_id_idx ON public.promotion_uses USING btree (booking_id);


--
-- Name: promotion_uses_promotion_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX promotion_uses_promotion_id_idx ON public.promotion_uses USING btree (promotion_id);


--
-- Name: replies_review_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX replies_review_id_idx ON public.replies USING btree (review_id);


--
-- Name: reports_guest_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reports_guest_id_idx ON public.reports USING btree (guest_id);


--
-- Name: reports_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reports_home_id_idx ON public.reports USING btree (home_id);


--
-- Name: reviews_booking_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reviews_booking_id_idx ON public.reviews USING btree (booking_id);


--
-- Name: searches_city_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX searches_city_id_idx ON public.searches USING btree (city_id);


--
-- Name: seasons_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX seasons_home_id_idx ON public.seasons USING btree (home_id);


--
-- Name: threads_guest_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX threads_guest_id_idx ON public.threads USING btree (guest_id);


--
-- Name: threads_home_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX threads_home_id_idx ON public.threads USING btree (home_id);


--
-- Name: blocked_days touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.blocked_days FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: booking_events touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.booking_events FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: bookings touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.bookings FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: cities touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.cities FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: cleaners touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.cleaners FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: cleanings touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.cleanings FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: favourites touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.favourites FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: guests touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.guests FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: homes touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.homes FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: hosts touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.hosts FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: keys_given touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.keys_given FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: messages touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.messages FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: payments touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.payments FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: payouts touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.payouts FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: photos touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.photos FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: promotion_uses touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.promotion_uses FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: promotions touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.promotions FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: replies touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.replies FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: reports touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.reports FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: reviews touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.reviews FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: searches touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.searches FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: seasons touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.seasons FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: threads touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.threads FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: blocked_days blocked_days_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.blocked_days
    ADD CONSTRAINT blocked_days_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE SET NULL;


--
-- Name: booking_events booking_events_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.booking_events
    ADD CONSTRAINT booking_events_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE SET NULL;


--
-- Name: bookings bookings_guest_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES public.guests(id) ON DELETE CASCADE;


--
-- Name: bookings bookings_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE CASCADE;


--
-- Name: cleaners cleaners_city_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleaners
    ADD CONSTRAINT cleaners_city_id_fkey FOREIGN KEY (city_id) REFERENCES public.cities(id) ON DELETE CASCADE;


--
-- Name: cleanings cleanings_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleanings
    ADD CONSTRAINT cleanings_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE SET NULL;


--
-- Name: cleanings cleanings_cleaner_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cleanings
    ADD CONSTRAINT cleanings_cleaner_id_fkey FOREIGN KEY (cleaner_id) REFERENCES public.cleaners(id) ON DELETE SET NULL;


--
-- Name: favourites favourites_guest_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES public.guests(id) ON DELETE SET NULL;


--
-- Name: favourites favourites_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE SET NULL;


--
-- Name: rates_shown home_known; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rates_shown
    ADD CONSTRAINT home_known FOREIGN KEY (home_id) REFERENCES public.homes(id) NOT ENFORCED;


--
-- Name: homes homes_city_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_city_id_fkey FOREIGN KEY (city_id) REFERENCES public.cities(id) ON DELETE CASCADE;


--
-- Name: homes homes_host_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_host_id_fkey FOREIGN KEY (host_id) REFERENCES public.hosts(id) ON DELETE CASCADE;


--
-- Name: keys_given keys_given_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.keys_given
    ADD CONSTRAINT keys_given_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE SET NULL;


--
-- Name: messages messages_thread_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES public.threads(id) ON DELETE SET NULL;


--
-- Name: payments payments_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE SET NULL;


--
-- Name: payouts payouts_host_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_host_id_fkey FOREIGN KEY (host_id) REFERENCES public.hosts(id) ON DELETE CASCADE;


--
-- Name: photos photos_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE SET NULL;


--
-- Name: promotion_uses promotion_uses_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.promotion_uses
    ADD CONSTRAINT promotion_uses_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE CASCADE;


--
-- Name: promotion_uses promotion_uses_promotion_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.promotion_uses
    ADD CONSTRAINT promotion_uses_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES public.promotions(id) ON DELETE CASCADE;


--
-- Name: replies replies_review_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.replies
    ADD CONSTRAINT replies_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.reviews(id) ON DELETE SET NULL;


--
-- Name: reports reports_guest_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES public.guests(id) ON DELETE SET NULL;


--
-- Name: reports reports_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE SET NULL;


--
-- Name: reviews reviews_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE SET NULL;


--
-- Name: searches searches_city_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.searches
    ADD CONSTRAINT searches_city_id_fkey FOREIGN KEY (city_id) REFERENCES public.cities(id) ON DELETE CASCADE;


--
-- Name: seasons seasons_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.seasons
    ADD CONSTRAINT seasons_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE SET NULL;


--
-- Name: threads threads_guest_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES public.guests(id) ON DELETE CASCADE;


--
-- Name: threads threads_home_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

