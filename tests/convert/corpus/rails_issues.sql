--
-- PostgreSQL database dump
--



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
-- Name: checks_run_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.checks_run_state AS ENUM (
    'queued',
    'running',
    'passed',
    'failed'
);



--
-- Name: milestones_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.milestones_state AS ENUM (
    'open',
    'closed'
);



--
-- Name: pulls_state; Type: TYPE; Schema: public; Owner: pis
--

CREATE TYPE public.pulls_state AS ENUM (
    'open',
    'merged',
    'closed'
);



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



SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: access_tokens; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.access_tokens (
    id bigint NOT NULL,
    person_id bigint,
    digest text NOT NULL,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    expires timestamp with time zone DEFAULT now() NOT NULL,
    last_used timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: access_tokens_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.access_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: access_tokens_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.access_tokens_id_seq OWNED BY public.access_tokens.id;


--
-- Name: assets; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.assets (
    id bigint NOT NULL,
    release_id integer,
    filename character varying(255) NOT NULL,
    bytes integer DEFAULT 0 NOT NULL,
    downloads integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT assets_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT assets_downloads_check CHECK ((downloads >= 0))
);



--
-- Name: assets_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.assets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: assets_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.assets_id_seq OWNED BY public.assets.id;


--
-- Name: board_columns; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.board_columns (
    id integer NOT NULL,
    board_id bigint,
    title character varying(255) NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT board_columns_position_check CHECK (("position" >= 0))
);



--
-- Name: board_columns_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.board_columns ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.board_columns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: boards; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.boards (
    id bigint NOT NULL,
    project_id bigint,
    title character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: boards_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.boards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: boards_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.boards_id_seq OWNED BY public.boards.id;


--
-- Name: branches; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.branches (
    id integer NOT NULL,
    repository_id integer,
    title character varying(255) NOT NULL,
    head_sha character varying(80) DEFAULT ''::character varying,
    is_protected boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: branches_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.branches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.branches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: cards; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.cards (
    id bigint NOT NULL,
    board_column_id integer,
    issue_id integer,
    "position" integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cards_position_check CHECK (("position" >= 0))
);



--
-- Name: cards_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.cards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: cards_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.cards_id_seq OWNED BY public.cards.id;


--
-- Name: checks_run; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.checks_run (
    id bigint NOT NULL,
    commit_id bigint,
    title character varying(255) NOT NULL,
    state public.checks_run_state DEFAULT 'queued'::public.checks_run_state NOT NULL,
    output jsonb DEFAULT '{}'::jsonb NOT NULL,
    started timestamp with time zone DEFAULT now() NOT NULL,
    ended timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: checks_run_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.checks_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: checks_run_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.checks_run_id_seq OWNED BY public.checks_run.id;


--
-- Name: comments; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.comments (
    id integer NOT NULL,
    issue_id integer,
    author_id bigint,
    body text,
    created timestamp with time zone DEFAULT now() NOT NULL,
    edited timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: comments_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.comments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.comments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: commits; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.commits (
    id bigint NOT NULL,
    repository_id integer,
    sha text NOT NULL,
    author_id bigint,
    message text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: commits_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.commits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: commits_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.commits_id_seq OWNED BY public.commits.id;


--
-- Name: deploy_keys; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.deploy_keys (
    id integer NOT NULL,
    repository_id integer,
    title character varying(255) NOT NULL,
    fingerprint text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: deploy_keys_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.deploy_keys ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.deploy_keys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: events; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.events (
    id integer NOT NULL,
    organization_id integer,
    actor_id bigint,
    kind character varying(255) NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: events_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: issue_labels; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.issue_labels (
    id bigint NOT NULL,
    issue_id integer,
    label_id integer,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: issue_labels_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.issue_labels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: issue_labels_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.issue_labels_id_seq OWNED BY public.issue_labels.id;


--
-- Name: issues; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.issues (
    id integer NOT NULL,
    project_id bigint,
    number integer DEFAULT 0 NOT NULL,
    title character varying(255) NOT NULL,
    body text,
    author_id bigint,
    assignee_id bigint,
    milestone_id bigint,
    state text DEFAULT 'open'::text NOT NULL,
    closed timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT issues_number_check CHECK ((number >= 0)),
    CONSTRAINT issues_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);



--
-- Name: issues_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.issues ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.issues_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: labels; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.labels (
    id integer NOT NULL,
    project_id bigint,
    title character varying(255) NOT NULL,
    colour character varying(80) DEFAULT ''::character varying,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: labels_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.labels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.labels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: memberships; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.memberships (
    id integer NOT NULL,
    organization_id integer,
    person_id bigint,
    role text DEFAULT 'owner'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'member'::text, 'guest'::text])))
);



--
-- Name: memberships_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.memberships ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.memberships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: milestones; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.milestones (
    id bigint NOT NULL,
    project_id bigint,
    title character varying(255) NOT NULL,
    due date,
    state public.milestones_state DEFAULT 'open'::public.milestones_state NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: milestones_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.milestones_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: milestones_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.milestones_id_seq OWNED BY public.milestones.id;


--
-- Name: organizations; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.organizations (
    id integer NOT NULL,
    slug text NOT NULL,
    title character varying(255) NOT NULL,
    plan text DEFAULT 'free'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organizations_plan_check CHECK ((plan = ANY (ARRAY['free'::text, 'team'::text, 'enterprise'::text])))
);



--
-- Name: organizations_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.organizations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.organizations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: people; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.people (
    id bigint NOT NULL,
    handle text NOT NULL,
    email text NOT NULL,
    name character varying(255) NOT NULL,
    is_bot boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: people_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: people_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.people_id_seq OWNED BY public.people.id;


--
-- Name: projects; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.projects (
    id bigint NOT NULL,
    organization_id integer,
    slug character varying(255) NOT NULL,
    title character varying(255) NOT NULL,
    is_archived boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: projects_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.projects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: projects_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.projects_id_seq OWNED BY public.projects.id;


--
-- Name: pulls; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.pulls (
    id bigint NOT NULL,
    repository_id integer,
    number integer DEFAULT 0 NOT NULL,
    title character varying(255) NOT NULL,
    source character varying(255) NOT NULL,
    target character varying(255) NOT NULL,
    state public.pulls_state DEFAULT 'open'::public.pulls_state NOT NULL,
    author_id bigint,
    merged timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pulls_number_check CHECK ((number >= 0))
);



--
-- Name: pulls_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.pulls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: pulls_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.pulls_id_seq OWNED BY public.pulls.id;


--
-- Name: reactions; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.reactions (
    id bigint NOT NULL,
    comment_id integer,
    person_id bigint,
    emoji character varying(255) NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: reactions_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

CREATE SEQUENCE public.reactions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



--
-- Name: reactions_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: pis
--

ALTER SEQUENCE public.reactions_id_seq OWNED BY public.reactions.id;


--
-- Name: releases; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.releases (
    id integer NOT NULL,
    repository_id integer,
    tag character varying(255) NOT NULL,
    title character varying(80) DEFAULT ''::character varying,
    notes text,
    published timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);



--
-- Name: releases_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.releases ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.releases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: repositories; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.repositories (
    id integer NOT NULL,
    project_id bigint,
    title character varying(255) NOT NULL,
    default_branch character varying(80) DEFAULT ''::character varying,
    visibility text DEFAULT 'public'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT repositories_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'private'::text])))
);



--
-- Name: repositories_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.repositories ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.repositories_id_seq
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
    pull_id bigint,
    reviewer_id bigint,
    verdict text DEFAULT 'approve'::text NOT NULL,
    body text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reviews_verdict_check CHECK ((verdict = ANY (ARRAY['approve'::text, 'comment'::text, 'reject'::text])))
);



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
-- Name: time_entries; Type: TABLE; Schema: public; Owner: pis
--

CREATE TABLE public.time_entries (
    id integer NOT NULL,
    issue_id integer,
    person_id bigint,
    minutes integer DEFAULT 0 NOT NULL,
    spent date,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT time_entries_minutes_check CHECK ((minutes >= 0))
);



--
-- Name: time_entries_id_seq; Type: SEQUENCE; Schema: public; Owner: pis
--

ALTER TABLE public.time_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.time_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: access_tokens id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.access_tokens ALTER COLUMN id SET DEFAULT nextval('public.access_tokens_id_seq'::regclass);


--
-- Name: assets id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.assets ALTER COLUMN id SET DEFAULT nextval('public.assets_id_seq'::regclass);


--
-- Name: boards id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.boards ALTER COLUMN id SET DEFAULT nextval('public.boards_id_seq'::regclass);


--
-- Name: cards id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cards ALTER COLUMN id SET DEFAULT nextval('public.cards_id_seq'::regclass);


--
-- Name: checks_run id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.checks_run ALTER COLUMN id SET DEFAULT nextval('public.checks_run_id_seq'::regclass);


--
-- Name: commits id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.commits ALTER COLUMN id SET DEFAULT nextval('public.commits_id_seq'::regclass);


--
-- Name: issue_labels id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issue_labels ALTER COLUMN id SET DEFAULT nextval('public.issue_labels_id_seq'::regclass);


--
-- Name: milestones id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.milestones ALTER COLUMN id SET DEFAULT nextval('public.milestones_id_seq'::regclass);


--
-- Name: people id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.people ALTER COLUMN id SET DEFAULT nextval('public.people_id_seq'::regclass);


--
-- Name: projects id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.projects ALTER COLUMN id SET DEFAULT nextval('public.projects_id_seq'::regclass);


--
-- Name: pulls id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.pulls ALTER COLUMN id SET DEFAULT nextval('public.pulls_id_seq'::regclass);


--
-- Name: reactions id; Type: DEFAULT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reactions ALTER COLUMN id SET DEFAULT nextval('public.reactions_id_seq'::regclass);


--
-- Data for Name: access_tokens; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: assets; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: board_columns; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: boards; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: branches; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: cards; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: checks_run; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: comments; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: commits; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: deploy_keys; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: issue_labels; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: issues; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: labels; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: memberships; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: milestones; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: organizations; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: projects; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: pulls; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: reactions; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: releases; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: repositories; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: reviews; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Data for Name: time_entries; Type: TABLE DATA; Schema: public; Owner: pis
--



--
-- Name: access_tokens_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.access_tokens_id_seq', 1, false);


--
-- Name: assets_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.assets_id_seq', 1, false);


--
-- Name: board_columns_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.board_columns_id_seq', 1, false);


--
-- Name: boards_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.boards_id_seq', 1, false);


--
-- Name: branches_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.branches_id_seq', 1, false);


--
-- Name: cards_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.cards_id_seq', 1, false);


--
-- Name: checks_run_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.checks_run_id_seq', 1, false);


--
-- Name: comments_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.comments_id_seq', 1, false);


--
-- Name: commits_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.commits_id_seq', 1, false);


--
-- Name: deploy_keys_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.deploy_keys_id_seq', 1, false);


--
-- Name: events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.events_id_seq', 1, false);


--
-- Name: issue_labels_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.issue_labels_id_seq', 1, false);


--
-- Name: issues_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.issues_id_seq', 1, false);


--
-- Name: labels_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.labels_id_seq', 1, false);


--
-- Name: memberships_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.memberships_id_seq', 1, false);


--
-- Name: milestones_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.milestones_id_seq', 1, false);


--
-- Name: organizations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.organizations_id_seq', 5, true);


--
-- Name: people_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.people_id_seq', 1, false);


--
-- Name: projects_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.projects_id_seq', 1, false);


--
-- Name: pulls_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.pulls_id_seq', 1, false);


--
-- Name: reactions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.reactions_id_seq', 1, false);


--
-- Name: releases_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.releases_id_seq', 1, false);


--
-- Name: repositories_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.repositories_id_seq', 1, false);


--
-- Name: reviews_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.reviews_id_seq', 1, false);


--
-- Name: time_entries_id_seq; Type: SEQUENCE SET; Schema: public; Owner: pis
--

SELECT pg_catalog.setval('public.time_entries_id_seq', 1, false);


--
-- Name: access_tokens access_tokens_digest_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_digest_key UNIQUE (digest);


--
-- Name: access_tokens access_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_pkey PRIMARY KEY (id);


--
-- Name: assets assets_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_pkey PRIMARY KEY (id);


--
-- Name: board_columns board_columns_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.board_columns
    ADD CONSTRAINT board_columns_pkey PRIMARY KEY (id);


--
-- Name: boards boards_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.boards
    ADD CONSTRAINT boards_pkey PRIMARY KEY (id);


--
-- Name: branches branches_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branches_pkey PRIMARY KEY (id);


--
-- Name: cards cards_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_pkey PRIMARY KEY (id);


--
-- Name: checks_run checks_run_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.checks_run
    ADD CONSTRAINT checks_run_pkey PRIMARY KEY (id);


--
-- Name: comments comments_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (id);


--
-- Name: commits commits_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.commits
    ADD CONSTRAINT commits_pkey PRIMARY KEY (id);


--
-- Name: commits commits_sha_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.commits
    ADD CONSTRAINT commits_sha_key UNIQUE (sha);


--
-- Name: deploy_keys deploy_keys_fingerprint_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.deploy_keys
    ADD CONSTRAINT deploy_keys_fingerprint_key UNIQUE (fingerprint);


--
-- Name: deploy_keys deploy_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.deploy_keys
    ADD CONSTRAINT deploy_keys_pkey PRIMARY KEY (id);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);


--
-- Name: issue_labels issue_labels_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issue_labels
    ADD CONSTRAINT issue_labels_pkey PRIMARY KEY (id);


--
-- Name: issues issues_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_pkey PRIMARY KEY (id);


--
-- Name: labels labels_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (id);


--
-- Name: memberships memberships_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);


--
-- Name: milestones milestones_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_pkey PRIMARY KEY (id);


--
-- Name: organizations organizations_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);


--
-- Name: organizations organizations_slug_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_slug_key UNIQUE (slug);


--
-- Name: people people_email_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_email_key UNIQUE (email);


--
-- Name: people people_handle_key; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_handle_key UNIQUE (handle);


--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);


--
-- Name: projects projects_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_pkey PRIMARY KEY (id);


--
-- Name: pulls pulls_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.pulls
    ADD CONSTRAINT pulls_pkey PRIMARY KEY (id);


--
-- Name: reactions reactions_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reactions
    ADD CONSTRAINT reactions_pkey PRIMARY KEY (id);


--
-- Name: releases releases_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_pkey PRIMARY KEY (id);


--
-- Name: repositories repositories_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.repositories
    ADD CONSTRAINT repositories_pkey PRIMARY KEY (id);


--
-- Name: reviews reviews_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (id);


--
-- Name: time_entries time_entries_pkey; Type: CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.time_entries
    ADD CONSTRAINT time_entries_pkey PRIMARY KEY (id);


--
-- Name: access_tokens_person_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX access_tokens_person_id_idx ON public.access_tokens USING btree (person_id);


--
-- Name: assets_release_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX assets_release_id_idx ON public.assets USING btree (release_id);


--
-- Name: board_columns_board_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX board_columns_board_id_idx ON public.board_columns USING btree (board_id);


--
-- Name: boards_project_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX boards_project_id_idx ON public.boards USING btree (project_id);


--
-- Name: branches_is_protected_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX branches_is_protected_one ON public.branches USING btree (updated_at) WHERE is_protected;


--
-- Name: branches_repository_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX branches_repository_id_idx ON public.branches USING btree (repository_id);


--
-- Name: branches_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX branches_title_lower ON public.branches USING btree (lower((title)::text));


--
-- Name: cards_board_column_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX cards_board_column_id_idx ON public.cards USING btree (board_column_id);


--
-- Name: cards_issue_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX cards_issue_id_idx ON public.cards USING btree (issue_id);


--
-- Name: checks_run_commit_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX checks_run_commit_id_idx ON public.checks_run USING btree (commit_id);


--
-- Name: comments_author_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX comments_author_id_idx ON public.comments USING btree (author_id);


--
-- Name: comments_issue_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX comments_issue_id_idx ON public.comments USING btree (issue_id);


--
-- Name: commits_author_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX commits_author_id_idx ON public.commits USING btree (author_id);


--
-- Name: commits_repository_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX commits_repository_id_idx ON public.commits USING btree (repository_id);


--
-- Name: deploy_keys_repository_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX deploy_keys_repository_id_idx ON public.deploy_keys USING btree (repository_id);


--
-- Name: events_actor_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX events_actor_id_idx ON public.events USING btree (actor_id);


--
-- Name: events_kind_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX events_kind_lower ON public.events USING btree (lower((kind)::text));


--
-- Name: events_organization_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX events_organization_id_idx ON public.events USING btree (organization_id);


--
-- Name: issue_labels_issue_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX issue_labels_issue_id_idx ON public.issue_labels USING btree (issue_id);


--
-- Name: issue_labels_label_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX issue_labels_label_id_idx ON public.issue_labels USING btree (label_id);


--
-- Name: issues_assignee_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX issues_assignee_id_idx ON public.issues USING btree (assignee_id);


--
-- Name: issues_author_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX issues_author_id_idx ON public.issues USING btree (author_id);


--
-- Name: issues_milestone_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX issues_milestone_id_idx ON public.issues USING btree (milestone_id);


--
-- Name: issues_project_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX issues_project_id_idx ON public.issues USING btree (project_id);


--
-- Name: labels_project_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX labels_project_id_idx ON public.labels USING btree (project_id);


--
-- Name: labels_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX labels_title_lower ON public.labels USING btree (lower((title)::text));


--
-- Name: memberships_organization_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX memberships_organization_id_idx ON public.memberships USING btree (organization_id);


--
-- Name: memberships_person_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX memberships_person_id_idx ON public.memberships USING btree (person_id);


--
-- Name: milestones_project_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX milestones_project_id_idx ON public.milestones USING btree (project_id);


--
-- Name: organizations_title_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX organizations_title_lower ON public.organizations USING btree (lower((title)::text));


--
-- Name: people_is_bot_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX people_is_bot_one ON public.people USING btree (updated_at) WHERE is_bot;


--
-- Name: projects_is_archived_one; Type: INDEX; Schema: public; Owner: pis
--

CREATE UNIQUE INDEX projects_is_archived_one ON public.projects USING btree (updated_at) WHERE is_archived;


--
-- Name: projects_organization_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX projects_organization_id_idx ON public.projects USING btree (organization_id);


--
-- Name: pulls_author_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX pulls_author_id_idx ON public.pulls USING btree (author_id);


--
-- Name: pulls_repository_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX pulls_repository_id_idx ON public.pulls USING btree (repository_id);


--
-- Name: reactions_comment_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reactions_comment_id_idx ON public.reactions USING btree (comment_id);


--
-- Name: reactions_person_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reactions_person_id_idx ON public.reactions USING btree (person_id);


--
-- Name: releases_repository_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX releases_repository_id_idx ON public.releases USING btree (repository_id);


--
-- Name: releases_tag_lower; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX releases_tag_lower ON public.releases USING btree (lower((tag)::text));


--
-- Name: repositories_project_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX repositories_project_id_idx ON public.repositories USING btree (project_id);


--
-- Name: reviews_pull_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reviews_pull_id_idx ON public.reviews USING btree (pull_id);


--
-- Name: reviews_reviewer_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX reviews_reviewer_id_idx ON public.reviews USING btree (reviewer_id);


--
-- Name: time_entries_issue_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX time_entries_issue_id_idx ON public.time_entries USING btree (issue_id);


--
-- Name: time_entries_person_id_idx; Type: INDEX; Schema: public; Owner: pis
--

CREATE INDEX time_entries_person_id_idx ON public.time_entries USING btree (person_id);


--
-- Name: access_tokens touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.access_tokens FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: assets touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.assets FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: board_columns touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.board_columns FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: boards touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.boards FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: branches touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.branches FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: cards touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.cards FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: checks_run touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.checks_run FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: comments touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.comments FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: commits touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.commits FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: deploy_keys touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.deploy_keys FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: events touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: issue_labels touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.issue_labels FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: issues touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.issues FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: labels touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.labels FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: memberships touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.memberships FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: milestones touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.milestones FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: organizations touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: people touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: projects touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.projects FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: pulls touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.pulls FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: reactions touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.reactions FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: releases touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.releases FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: repositories touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.repositories FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: reviews touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.reviews FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: time_entries touch; Type: TRIGGER; Schema: public; Owner: pis
--

CREATE TRIGGER touch BEFORE UPDATE ON public.time_entries FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();


--
-- Name: access_tokens access_tokens_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: assets assets_release_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_release_id_fkey FOREIGN KEY (release_id) REFERENCES public.releases(id) ON DELETE SET NULL;


--
-- Name: board_columns board_columns_board_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.board_columns
    ADD CONSTRAINT board_columns_board_id_fkey FOREIGN KEY (board_id) REFERENCES public.boards(id) ON DELETE SET NULL;


--
-- Name: boards boards_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.boards
    ADD CONSTRAINT boards_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE CASCADE;


--
-- Name: branches branches_repository_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branches_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES public.repositories(id) ON DELETE CASCADE;


--
-- Name: cards cards_board_column_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_board_column_id_fkey FOREIGN KEY (board_column_id) REFERENCES public.board_columns(id) ON DELETE SET NULL;


--
-- Name: cards cards_issue_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id) ON DELETE SET NULL;


--
-- Name: checks_run checks_run_commit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.checks_run
    ADD CONSTRAINT checks_run_commit_id_fkey FOREIGN KEY (commit_id) REFERENCES public.commits(id) ON DELETE CASCADE;


--
-- Name: comments comments_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: comments comments_issue_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id) ON DELETE SET NULL;


--
-- Name: commits commits_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.commits
    ADD CONSTRAINT commits_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: commits commits_repository_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.commits
    ADD CONSTRAINT commits_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES public.repositories(id) ON DELETE SET NULL;


--
-- Name: deploy_keys deploy_keys_repository_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.deploy_keys
    ADD CONSTRAINT deploy_keys_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES public.repositories(id) ON DELETE CASCADE;


--
-- Name: events events_actor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: events events_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE SET NULL;


--
-- Name: issue_labels issue_labels_issue_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issue_labels
    ADD CONSTRAINT issue_labels_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id) ON DELETE SET NULL;


--
-- Name: issue_labels issue_labels_label_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issue_labels
    ADD CONSTRAINT issue_labels_label_id_fkey FOREIGN KEY (label_id) REFERENCES public.labels(id) ON DELETE SET NULL;


--
-- Name: issues issues_assignee_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES public.people(id) ON DELETE CASCADE;


--
-- Name: issues issues_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.people(id) ON DELETE CASCADE;


--
-- Name: issues issues_milestone_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_milestone_id_fkey FOREIGN KEY (milestone_id) REFERENCES public.milestones(id) ON DELETE CASCADE;


--
-- Name: issues issues_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE CASCADE;


--
-- Name: labels labels_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE SET NULL;


--
-- Name: memberships memberships_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE SET NULL;


--
-- Name: memberships memberships_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: milestones milestones_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE SET NULL;


--
-- Name: projects projects_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: pulls pulls_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.pulls
    ADD CONSTRAINT pulls_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: pulls pulls_repository_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.pulls
    ADD CONSTRAINT pulls_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES public.repositories(id) ON DELETE SET NULL;


--
-- Name: reactions reactions_comment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reactions
    ADD CONSTRAINT reactions_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES public.comments(id) ON DELETE CASCADE;


--
-- Name: reactions reactions_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reactions
    ADD CONSTRAINT reactions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;


--
-- Name: releases releases_repository_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES public.repositories(id) ON DELETE SET NULL;


--
-- Name: repositories repositories_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.repositories
    ADD CONSTRAINT repositories_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE SET NULL;


--
-- Name: reviews reviews_pull_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pull_id_fkey FOREIGN KEY (pull_id) REFERENCES public.pulls(id) ON DELETE SET NULL;


--
-- Name: reviews reviews_reviewer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES public.people(id) ON DELETE SET NULL;


--
-- Name: time_entries time_entries_issue_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.time_entries
    ADD CONSTRAINT time_entries_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id) ON DELETE CASCADE;


--
-- Name: time_entries time_entries_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: pis
--

ALTER TABLE ONLY public.time_entries
    ADD CONSTRAINT time_entries_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


CREATE TABLE public.schema_migrations (
    version character varying NOT NULL
);
CREATE TABLE public.ar_internal_metadata (
    key character varying NOT NULL,
    value character varying,
    created_at timestamp(6) without time zone NOT NULL,
    updated_at timestamp(6) without time zone NOT NULL
);
ALTER TABLE ONLY public.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.ar_internal_metadata ADD CONSTRAINT ar_internal_metadata_pkey PRIMARY KEY (key);
SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20240101120000'),
('20240215093000');
