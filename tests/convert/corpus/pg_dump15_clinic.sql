--
-- PostgreSQL database dump
--

\restrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

-- Dumped from database version 15.18
-- Dumped by pg_dump version 15.18

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
-- Name: appointments_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.appointments_state AS ENUM (
    'booked',
    'kept',
    'missed',
    'cancelled'
);


ALTER TYPE public.appointments_state OWNER TO pis;

--
-- Name: claims_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.claims_state AS ENUM (
    'open',
    'paid',
    'refused'
);


ALTER TYPE public.claims_state OWNER TO pis;

--
-- Name: lab_orders_priority; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.lab_orders_priority AS ENUM (
    'routine',
    'urgent'
);


ALTER TYPE public.lab_orders_priority OWNER TO pis;

--
-- Name: patients_sex; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.patients_sex AS ENUM (
    'f',
    'm',
    'x'
);


ALTER TYPE public.patients_sex OWNER TO pis;

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
-- Name: appointments; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.appointments (
    id bigint NOT NULL,
    patient_id bigint,
    doctor_id integer,
    room_id integer,
    starts timestamp with time zone DEFAULT now() NOT NULL,
    ends timestamp with time zone DEFAULT now() NOT NULL,
    state public.appointments_state DEFAULT 'booked'::public.appointments_state NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.appointments OWNER TO pis;

--
-- Name: appointments_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.appointments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.appointments_id_seq OWNER TO pis;

--
-- Name: appointments_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.appointments_id_seq OWNED BY public.appointments.id;


--
-- Name: claims; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.claims (
    id bigint NOT NULL,
    invoice_id bigint,
    policy_id integer,
    state public.claims_state DEFAULT 'open'::public.claims_state NOT NULL,
    filed date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.claims OWNER TO pis;

--
-- Name: claims_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.claims_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.claims_id_seq OWNER TO pis;

--
-- Name: claims_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.claims_id_seq OWNED BY public.claims.id;


--
-- Name: consents; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.consents (
    id integer NOT NULL,
    patient_id bigint,
    kind character varying(255) NOT NULL,
    signed timestamp with time zone DEFAULT now() NOT NULL,
    document jsonb DEFAULT '{}'::jsonb NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.consents OWNER TO pis;

--
-- Name: consents_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.consents ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.consents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: diagnoses; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.diagnoses (
    id bigint NOT NULL,
    visit_id integer,
    code character varying(255) NOT NULL,
    title character varying(255) NOT NULL,
    is_main boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.diagnoses OWNER TO pis;

--
-- Name: diagnoses_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.diagnoses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.diagnoses_id_seq OWNER TO pis;

--
-- Name: diagnoses_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.diagnoses_id_seq OWNED BY public.diagnoses.id;


--
-- Name: doctors; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.doctors (
    id integer NOT NULL,
    license text NOT NULL,
    name character varying(255) NOT NULL,
    speciality character varying(80) DEFAULT ''::character varying,
    email character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.doctors OWNER TO pis;

--
-- Name: doctors_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.doctors ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.doctors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: equipment; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.equipment (
    id integer NOT NULL,
    serial text NOT NULL,
    title character varying(255) NOT NULL,
    room_id integer,
    serviced date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.equipment OWNER TO pis;

--
-- Name: equipment_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.equipment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.equipment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: insurers; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.insurers (
    id bigint NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.insurers OWNER TO pis;

--
-- Name: insurers_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.insurers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.insurers_id_seq OWNER TO pis;

--
-- Name: insurers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.insurers_id_seq OWNED BY public.insurers.id;


--
-- Name: invoice_lines; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.invoice_lines (
    id integer NOT NULL,
    invoice_id bigint,
    title character varying(255) NOT NULL,
    quantity integer DEFAULT 0 NOT NULL,
    price numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT invoice_lines_quantity_check CHECK ((quantity >= 0))
);


ALTER TABLE public.invoice_lines OWNER TO pis;

--
-- Name: invoice_lines_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.invoice_lines ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invoice_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: invoices; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.invoices (
    id bigint NOT NULL,
    visit_id integer,
    number text NOT NULL,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    issued date,
    paid date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.invoices OWNER TO pis;

--
-- Name: invoices_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.invoices_id_seq OWNER TO pis;

--
-- Name: invoices_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.invoices_id_seq OWNED BY public.invoices.id;


--
-- Name: lab_orders; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.lab_orders (
    id bigint NOT NULL,
    visit_id integer,
    lab_id integer,
    ordered timestamp with time zone DEFAULT now() NOT NULL,
    priority public.lab_orders_priority DEFAULT 'routine'::public.lab_orders_priority NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.lab_orders OWNER TO pis;

--
-- Name: lab_orders_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.lab_orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.lab_orders_id_seq OWNER TO pis;

--
-- Name: lab_orders_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.lab_orders_id_seq OWNED BY public.lab_orders.id;


--
-- Name: lab_results; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.lab_results (
    id integer NOT NULL,
    lab_order_id bigint,
    analyte character varying(255) NOT NULL,
    value numeric(12,2) DEFAULT 0 NOT NULL,
    unit character varying(80) DEFAULT ''::character varying,
    flag text DEFAULT 'low'::text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT lab_results_flag_check CHECK ((flag = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text])))
);


ALTER TABLE public.lab_results OWNER TO pis;

--
-- Name: lab_results_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.lab_results ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.lab_results_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: labs; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.labs (
    id integer NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    address character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.labs OWNER TO pis;

--
-- Name: labs_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.labs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.labs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: medicines; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.medicines (
    id integer NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    unit character varying(80) DEFAULT ''::character varying,
    price numeric(12,2) DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.medicines OWNER TO pis;

--
-- Name: medicines_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.medicines ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.medicines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: messages; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.messages (
    id bigint NOT NULL,
    patient_id bigint,
    doctor_id integer,
    body text,
    sent timestamp with time zone DEFAULT now() NOT NULL,
    is_read boolean DEFAULT false NOT NULL,
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


ALTER TABLE public.messages_id_seq OWNER TO pis;

--
-- Name: messages_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.messages_id_seq OWNED BY public.messages.id;


--
-- Name: nurses; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.nurses (
    id bigint NOT NULL,
    license text NOT NULL,
    name character varying(255) NOT NULL,
    ward_id bigint,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.nurses OWNER TO pis;

--
-- Name: nurses_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.nurses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.nurses_id_seq OWNER TO pis;

--
-- Name: nurses_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.nurses_id_seq OWNED BY public.nurses.id;


--
-- Name: patients; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.patients (
    id bigint NOT NULL,
    number text NOT NULL,
    name character varying(255) NOT NULL,
    born date,
    sex public.patients_sex DEFAULT 'f'::public.patients_sex NOT NULL,
    phone character varying(80) DEFAULT ''::character varying,
    email character varying(80) DEFAULT ''::character varying,
    allergies text[] DEFAULT '{}'::text[] NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.patients OWNER TO pis;

--
-- Name: patients_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.patients_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.patients_id_seq OWNER TO pis;

--
-- Name: patients_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.patients_id_seq OWNED BY public.patients.id;


--
-- Name: policies; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.policies (
    id integer NOT NULL,
    patient_id bigint,
    insurer_id bigint,
    number text NOT NULL,
    starts date,
    ends date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.policies OWNER TO pis;

--
-- Name: policies_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.policies ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.policies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: prescriptions; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.prescriptions (
    id bigint NOT NULL,
    visit_id integer,
    medicine_id integer,
    dose character varying(255) NOT NULL,
    days integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT prescriptions_days_check CHECK ((days >= 0))
);


ALTER TABLE public.prescriptions OWNER TO pis;

--
-- Name: prescriptions_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.prescriptions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.prescriptions_id_seq OWNER TO pis;

--
-- Name: prescriptions_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.prescriptions_id_seq OWNED BY public.prescriptions.id;


--
-- Name: rooms; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.rooms (
    id integer NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    floor integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT rooms_floor_check CHECK ((floor >= 0))
);


ALTER TABLE public.rooms OWNER TO pis;

--
-- Name: rooms_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.rooms ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rooms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: shifts; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.shifts (
    id integer NOT NULL,
    nurse_id bigint,
    starts timestamp with time zone DEFAULT now() NOT NULL,
    ends timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.shifts OWNER TO pis;

--
-- Name: shifts_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.shifts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shifts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: stays; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.stays (
    id integer NOT NULL,
    patient_id bigint,
    ward_id bigint,
    admitted timestamp with time zone DEFAULT now() NOT NULL,
    released timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.stays OWNER TO pis;

--
-- Name: stays_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.stays ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.stays_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: vaccinations; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.vaccinations (
    id integer NOT NULL,
    patient_id bigint,
    vaccine character varying(255) NOT NULL,
    given date,
    lot character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.vaccinations OWNER TO pis;

--
-- Name: vaccinations_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.vaccinations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.vaccinations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: visits; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.visits (
    id integer NOT NULL,
    appointment_id bigint,
    complaint text,
    findings text,
    closed timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.visits OWNER TO pis;

--
-- Name: visits_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.visits ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.visits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: vitals; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.vitals (
    id bigint NOT NULL,
    stay_id integer,
    nurse_id bigint,
    pulse integer DEFAULT 0 NOT NULL,
    temperature numeric(12,2) DEFAULT 0 NOT NULL,
    taken timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT vitals_pulse_check CHECK ((pulse >= 0))
);


ALTER TABLE public.vitals OWNER TO pis;

--
-- Name: vitals_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.vitals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.vitals_id_seq OWNER TO pis;

--
-- Name: vitals_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.vitals_id_seq OWNED BY public.vitals.id;


--
-- Name: wards; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.wards (
    id bigint NOT NULL,
    code text NOT NULL,
    title character varying(255) NOT NULL,
    beds integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wards_beds_check CHECK ((beds >= 0))
);


ALTER TABLE public.wards OWNER TO pis;

--
-- Name: wards_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.wards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.wards_id_seq OWNER TO pis;

--
-- Name: wards_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.wards_id_seq OWNED BY public.wards.id;


--
-- Name: appointments id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.appointments ALTER COLUMN id SET DEFAULT nextval('public.appointments_id_seq'::regclass);


--
-- Name: claims id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.claims ALTER COLUMN id SET DEFAULT nextval('public.claims_id_seq'::regclass);


--
-- Name: diagnoses id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.diagnoses ALTER COLUMN id SET DEFAULT nextval('public.diagnoses_id_seq'::regclass);


--
-- Name: insurers id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.insurers ALTER COLUMN id SET DEFAULT nextval('public.insurers_id_seq'::regclass);


--
-- Name: invoices id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoices ALTER COLUMN id SET DEFAULT nextval('public.invoices_id_seq'::regclass);


--
-- Name: lab_orders id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.lab_orders ALTER COLUMN id SET DEFAULT nextval('public.lab_orders_id_seq'::regclass);


--
-- Name: messages id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages ALTER COLUMN id SET DEFAULT nextval('public.messages_id_seq'::regclass);


--
-- Name: nurses id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.nurses ALTER COLUMN id SET DEFAULT nextval('public.nurses_id_seq'::regclass);


--
-- Name: patients id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.patients ALTER COLUMN id SET DEFAULT nextval('public.patients_id_seq'::regclass);


--
-- Name: prescriptions id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.prescriptions ALTER COLUMN id SET DEFAULT nextval('public.prescriptions_id_seq'::regclass);


--
-- Name: vitals id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vitals ALTER COLUMN id SET DEFAULT nextval('public.vitals_id_seq'::regclass);


--
-- Name: wards id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.wards ALTER COLUMN id SET DEFAULT nextval('public.wards_id_seq'::regclass);


--
-- Data for Name: appointments; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.appointments (id, patient_id, doctor_id, room_id, starts, ends, state, updated_at) FROM stdin;
\.


--
-- Data for Name: claims; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.claims (id, invoice_id, policy_id, state, filed, updated_at) FROM stdin;
\.


--
-- Data for Name: consents; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.consents (id, patient_id, kind, signed, document, updated_at) FROM stdin;
\.


--
-- Data for Name: diagnoses; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.diagnoses (id, visit_id, code, title, is_main, updated_at) FROM stdin;
\.


--
-- Data for Name: doctors; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.doctors (id, license, name, speciality, email, updated_at) FROM stdin;
1	license 0\tit's\n\\	name 0\tit's\n\\	speciality 0\tit's\n\\	email 0\tit's\n\\	2026-11-23 05:02:34.116084+08
2	license 1\tit's\n\\	name 1\tit's\n\\	speciality 1\tit's\n\\	email 1\tit's\n\\	2026-11-23 05:02:34.1167+08
3	license 2\tit's\n\\	name 2\tit's\n\\	speciality 2\tit's\n\\	email 2\tit's\n\\	2026-11-23 05:02:34.116833+08
4	license 3\tit's\n\\	name 3\tit's\n\\	speciality 3\tit's\n\\	email 3\tit's\n\\	2026-11-23 05:02:34.116905+08
5	license 4\tit's\n\\	name 4\tit's\n\\	speciality 4\tit's\n\\	email 4\tit's\n\\	2026-11-23 05:02:34.116969+08
\.


--
-- Data for Name: equipment; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.equipment (id, serial, title, room_id, serviced, updated_at) FROM stdin;
\.


--
-- Data for Name: insurers; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.insurers (id, code, title, updated_at) FROM stdin;
\.


--
-- Data for Name: invoice_lines; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.invoice_lines (id, invoice_id, title, quantity, price, updated_at) FROM stdin;
\.


--
-- Data for Name: invoices; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.invoices (id, visit_id, number, total, issued, paid, updated_at) FROM stdin;
\.


--
-- Data for Name: lab_orders; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.lab_orders (id, visit_id, lab_id, ordered, priority, updated_at) FROM stdin;
\.


--
-- Data for Name: lab_results; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.lab_results (id, lab_order_id, analyte, value, unit, flag, at, updated_at) FROM stdin;
\.


--
-- Data for Name: labs; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.labs (id, code, title, address, updated_at) FROM stdin;
\.


--
-- Data for Name: medicines; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.medicines (id, code, title, unit, price, updated_at) FROM stdin;
\.


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.messages (id, patient_id, doctor_id, body, sent, is_read, updated_at) FROM stdin;
\.


--
-- Data for Name: nurses; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.nurses (id, license, name, ward_id, updated_at) FROM stdin;
\.


--
-- Data for Name: patients; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.patients (id, number, name, born, sex, phone, email, allergies, notes, updated_at) FROM stdin;
\.


--
-- Data for Name: policies; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.policies (id, patient_id, insurer_id, number, starts, ends, updated_at) FROM stdin;
\.


--
-- Data for Name: prescriptions; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.prescriptions (id, visit_id, medicine_id, dose, days, updated_at) FROM stdin;
\.


--
-- Data for Name: rooms; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.rooms (id, code, title, floor, updated_at) FROM stdin;
\.


--
-- Data for Name: shifts; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.shifts (id, nurse_id, starts, ends, updated_at) FROM stdin;
\.


--
-- Data for Name: stays; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.stays (id, patient_id, ward_id, admitted, released, updated_at) FROM stdin;
\.


--
-- Data for Name: vaccinations; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.vaccinations (id, patient_id, vaccine, given, lot, updated_at) FROM stdin;
\.


--
-- Data for Name: visits; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.visits (id, appointment_id, complaint, findings, closed, updated_at) FROM stdin;
\.


--
-- Data for Name: vitals; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.vitals (id, stay_id, nurse_id, pulse, temperature, taken, updated_at) FROM stdin;
\.


--
-- Data for Name: wards; Type: TABLE DATA; Schema: public; Owner: pis
--

COPY public.wards (id, code, title, beds, updated_at) FROM stdin;
\.


--
-- Name: appointments_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.appointments_id_seq', 1, false);


--
-- Name: claims_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.claims_id_seq', 1, false);


--
-- Name: consents_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.consents_id_seq', 1, false);


--
-- Name: diagnoses_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.diagnoses_id_seq', 1, false);


--
-- Name: doctors_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.doctors_id_seq', 5, true);


--
-- Name: equipment_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.equipment_id_seq', 1, false);


--
-- Name: insurers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.insurers_id_seq', 1, false);


--
-- Name: invoice_lines_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.invoice_lines_id_seq', 1, false);


--
-- Name: invoices_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.invoices_id_seq', 1, false);


--
-- Name: lab_orders_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.lab_orders_id_seq', 1, false);


--
-- Name: lab_results_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.lab_results_id_seq', 1, false);


--
-- Name: labs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.labs_id_seq', 1, false);


--
-- Name: medicines_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.medicines_id_seq', 1, false);


--
-- Name: messages_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.messages_id_seq', 1, false);


--
-- Name: nurses_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.nurses_id_seq', 1, false);


--
-- Name: patients_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.patients_id_seq', 1, false);


--
-- Name: policies_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.policies_id_seq', 1, false);


--
-- Name: prescriptions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.prescriptions_id_seq', 1, false);


--
-- Name: rooms_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.rooms_id_seq', 1, false);


--
-- Name: shifts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.shifts_id_seq', 1, false);


--
-- Name: stays_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.stays_id_seq', 1, false);


--
-- Name: vaccinations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.vaccinations_id_seq', 1, false);


--
-- Name: visits_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.visits_id_seq', 1, false);


--
-- Name: vitals_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.vitals_id_seq', 1, false);


--
-- Name: wards_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.wards_id_seq', 1, false);


--
-- Name: appointments appointments_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_pkey PRIMARY KEY (id);


--
-- Name: claims claims_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (id);


--
-- Name: consents consents_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (id);


--
-- Name: diagnoses diagnoses_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.diagnoses
    ADD CONSTRAINT diagnoses_pkey PRIMARY KEY (id);


--
-- Name: doctors doctors_license_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.doctors
    ADD CONSTRAINT doctors_license_key UNIQUE (license);


--
-- Name: doctors doctors_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.doctors
    ADD CONSTRAINT doctors_pkey PRIMARY KEY (id);


--
-- Name: equipment equipment_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.equipment
    ADD CONSTRAINT equipment_pkey PRIMARY KEY (id);


--
-- Name: equipment equipment_serial_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.equipment
    ADD CONSTRAINT equipment_serial_key UNIQUE (serial);


--
-- Name: insurers insurers_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.insurers
    ADD CONSTRAINT insurers_code_key UNIQUE (code);


--
-- Name: insurers insurers_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.insurers
    ADD CONSTRAINT insurers_pkey PRIMARY KEY (id);


--
-- Name: invoice_lines invoice_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (id);


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
-- Name: lab_orders lab_orders_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.lab_orders
    ADD CONSTRAINT lab_orders_pkey PRIMARY KEY (id);


--
-- Name: lab_results lab_results_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.lab_results
    ADD CONSTRAINT lab_results_pkey PRIMARY KEY (id);


--
-- Name: labs labs_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.labs
    ADD CONSTRAINT labs_code_key UNIQUE (code);


--
-- Name: labs labs_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.labs
    ADD CONSTRAINT labs_pkey PRIMARY KEY (id);


--
-- Name: medicines medicines_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.medicines
    ADD CONSTRAINT medicines_code_key UNIQUE (code);


--
-- Name: medicines medicines_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.medicines
    ADD CONSTRAINT medicines_pkey PRIMARY KEY (id);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);


--
-- Name: nurses nurses_license_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.nurses
    ADD CONSTRAINT nurses_license_key UNIQUE (license);


--
-- Name: nurses nurses_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.nurses
    ADD CONSTRAINT nurses_pkey PRIMARY KEY (id);


--
-- Name: patients patients_number_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.patients
    ADD CONSTRAINT patients_number_key UNIQUE (number);


--
-- Name: patients patients_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.patients
    ADD CONSTRAINT patients_pkey PRIMARY KEY (id);


--
-- Name: policies policies_number_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.policies
    ADD CONSTRAINT policies_number_key UNIQUE (number);


--
-- Name: policies policies_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.policies
    ADD CONSTRAINT policies_pkey PRIMARY KEY (id);


--
-- Name: prescriptions prescriptions_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.prescriptions
    ADD CONSTRAINT prescriptions_pkey PRIMARY KEY (id);


--
-- Name: rooms rooms_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_code_key UNIQUE (code);


--
-- Name: rooms rooms_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_pkey PRIMARY KEY (id);


--
-- Name: shifts shifts_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_pkey PRIMARY KEY (id);


--
-- Name: stays stays_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_pkey PRIMARY KEY (id);


--
-- Name: vaccinations vaccinations_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vaccinations
    ADD CONSTRAINT vaccinations_pkey PRIMARY KEY (id);


--
-- Name: visits visits_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (id);


--
-- Name: vitals vitals_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vitals
    ADD CONSTRAINT vitals_pkey PRIMARY KEY (id);


--
-- Name: wards wards_code_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.wards
    ADD CONSTRAINT wards_code_key UNIQUE (code);


--
-- Name: wards wards_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.wards
    ADD CONSTRAINT wards_pkey PRIMARY KEY (id);


--
-- Name: appointments_doctor_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX appointments_doctor_id_idx ON public.appointments USING btree (doctor_id);


--
-- Name: appointments_patient_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX appointments_patient_id_idx ON public.appointments USING btree (patient_id);


--
-- Name: appointments_room_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX appointments_room_id_idx ON public.appointments USING btree (room_id);


--
-- Name: claims_invoice_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX claims_invoice_id_idx ON public.claims USING btree (invoice_id);


--
-- Name: claims_policy_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX claims_policy_id_idx ON public.claims USING btree (policy_id);


--
-- Name: consents_patient_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX consents_patient_id_idx ON public.consents USING btree (patient_id);


--
-- Name: diagnoses_is_main_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX diagnoses_is_main_one ON public.diagnoses USING btree (updated_at) WHERE is_main;


--
-- Name: diagnoses_visit_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX diagnoses_visit_id_idx ON public.diagnoses USING btree (visit_id);


--
-- Name: doctors_name_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX doctors_name_lower ON public.doctors USING btree (lower((name)::text));


--
-- Name: equipment_room_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX equipment_room_id_idx ON public.equipment USING btree (room_id);


--
-- Name: equipment_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX equipment_title_lower ON public.equipment USING btree (lower((title)::text));


--
-- Name: invoice_lines_invoice_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX invoice_lines_invoice_id_idx ON public.invoice_lines USING btree (invoice_id);


--
-- Name: invoices_visit_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX invoices_visit_id_idx ON public.invoices USING btree (visit_id);


--
-- Name: lab_orders_lab_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX lab_orders_lab_id_idx ON public.lab_orders USING btree (lab_id);


--
-- Name: lab_orders_visit_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX lab_orders_visit_id_idx ON public.lab_orders USING btree (visit_id);


--
-- Name: lab_results_lab_order_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX lab_results_lab_order_id_idx ON public.lab_results USING btree (lab_order_id);


--
-- Name: labs_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX labs_title_lower ON public.labs USING btree (lower((title)::text));


--
-- Name: messages_doctor_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX messages_doctor_id_idx ON public.messages USING btree (doctor_id);


--
-- Name: messages_is_read_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX messages_is_read_one ON public.messages USING btree (updated_at) WHERE is_read;


--
-- Name: messages_patient_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX messages_patient_id_idx ON public.messages USING btree (patient_id);


--
-- Name: nurses_ward_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX nurses_ward_id_idx ON public.nurses USING btree (ward_id);


--
-- Name: policies_insurer_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX policies_insurer_id_idx ON public.policies USING btree (insurer_id);


--
-- Name: policies_patient_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX policies_patient_id_idx ON public.policies USING btree (patient_id);


--
-- Name: prescriptions_medicine_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX prescriptions_medicine_id_idx ON public.prescriptions USING btree (medicine_id);


--
-- Name: prescriptions_visit_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX prescriptions_visit_id_idx ON public.prescriptions USING btree (visit_id);


--
-- Name: shifts_nurse_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX shifts_nurse_id_idx ON public.shifts USING btree (nurse_id);


--
-- Name: stays_patient_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX stays_patient_id_idx ON public.stays USING btree (patient_id);


--
-- Name: stays_ward_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX stays_ward_id_idx ON public.stays USING btree (ward_id);


--
-- Name: vaccinations_patient_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX vaccinations_patient_id_idx ON public.vaccinations USING btree (patient_id);


--
-- Name: vaccinations_vaccine_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX vaccinations_vaccine_lower ON public.vaccinations USING btree (lower((vaccine)::text));


--
-- Name: visits_appointment_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX visits_appointment_id_idx ON public.visits USING btree (appointment_id);


--
-- Name: vitals_nurse_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX vitals_nurse_id_idx ON public.vitals USING btree (nurse_id);


--
-- Name: vitals_stay_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX vitals_stay_id_idx ON public.vitals USING btree (stay_id);


--
-- Name: appointments touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.appointments FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: claims touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.claims FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: consents touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.consents FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: diagnoses touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.diagnoses FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: doctors touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.doctors FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: equipment touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.equipment FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: insurers touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.insurers FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: invoice_lines touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.invoice_lines FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: invoices touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.invoices FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: lab_orders touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.lab_orders FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: lab_results touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.lab_results FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: labs touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.labs FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: medicines touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.medicines FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: messages touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.messages FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: nurses touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.nurses FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: patients touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: policies touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.policies FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: prescriptions touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.prescriptions FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: rooms touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.rooms FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: shifts touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.shifts FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: stays touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.stays FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: vaccinations touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.vaccinations FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: visits touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.visits FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: vitals touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.vitals FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: wards touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.wards FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: appointments appointments_doctor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES public.doctors(id) ON DELETE CASCADE;


--
-- Name: appointments appointments_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patients(id) ON DELETE CASCADE;


--
-- Name: appointments appointments_room_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.rooms(id) ON DELETE CASCADE;


--
-- Name: claims claims_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoices(id) ON DELETE CASCADE;


--
-- Name: claims claims_policy_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES public.policies(id) ON DELETE CASCADE;


--
-- Name: consents consents_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patients(id) ON DELETE SET NULL;


--
-- Name: diagnoses diagnoses_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.diagnoses
    ADD CONSTRAINT diagnoses_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id) ON DELETE SET NULL;


--
-- Name: equipment equipment_room_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.equipment
    ADD CONSTRAINT equipment_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.rooms(id) ON DELETE CASCADE;


--
-- Name: invoice_lines invoice_lines_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoices(id) ON DELETE SET NULL;


--
-- Name: invoices invoices_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id) ON DELETE SET NULL;


--
-- Name: lab_orders lab_orders_lab_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.lab_orders
    ADD CONSTRAINT lab_orders_lab_id_fkey FOREIGN KEY (lab_id) REFERENCES public.labs(id) ON DELETE CASCADE;


--
-- Name: lab_orders lab_orders_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.lab_orders
    ADD CONSTRAINT lab_orders_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id) ON DELETE CASCADE;


--
-- Name: lab_results lab_results_lab_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.lab_results
    ADD CONSTRAINT lab_results_lab_order_id_fkey FOREIGN KEY (lab_order_id) REFERENCES public.lab_orders(id) ON DELETE SET NULL;


--
-- Name: messages messages_doctor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES public.doctors(id) ON DELETE SET NULL;


--
-- Name: messages messages_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patients(id) ON DELETE SET NULL;


--
-- Name: nurses nurses_ward_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.nurses
    ADD CONSTRAINT nurses_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.wards(id) ON DELETE SET NULL;


--
-- Name: policies policies_insurer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.policies
    ADD CONSTRAINT policies_insurer_id_fkey FOREIGN KEY (insurer_id) REFERENCES public.insurers(id) ON DELETE CASCADE;


--
-- Name: policies policies_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.policies
    ADD CONSTRAINT policies_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patients(id) ON DELETE CASCADE;


--
-- Name: prescriptions prescriptions_medicine_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.prescriptions
    ADD CONSTRAINT prescriptions_medicine_id_fkey FOREIGN KEY (medicine_id) REFERENCES public.medicines(id) ON DELETE SET NULL;


--
-- Name: prescriptions prescriptions_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.prescriptions
    ADD CONSTRAINT prescriptions_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id) ON DELETE SET NULL;


--
-- Name: shifts shifts_nurse_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_nurse_id_fkey FOREIGN KEY (nurse_id) REFERENCES public.nurses(id) ON DELETE SET NULL;


--
-- Name: stays stays_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patients(id) ON DELETE CASCADE;


--
-- Name: stays stays_ward_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.wards(id) ON DELETE CASCADE;


--
-- Name: vaccinations vaccinations_patient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vaccinations
    ADD CONSTRAINT vaccinations_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patients(id) ON DELETE SET NULL;


--
-- Name: visits visits_appointment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES public.appointments(id) ON DELETE SET NULL;


--
-- Name: vitals vitals_nurse_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vitals
    ADD CONSTRAINT vitals_nurse_id_fkey FOREIGN KEY (nurse_id) REFERENCES public.nurses(id) ON DELETE CASCADE;


--
-- Name: vitals vitals_stay_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.vitals
    ADD CONSTRAINT vitals_stay_id_fkey FOREIGN KEY (stay_id) REFERENCES public.stays(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict k7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qhk7Qh

