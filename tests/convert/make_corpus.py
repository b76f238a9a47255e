"""Make the generated part of the corpus: ``python -m tests.convert.make_corpus``.

A dozen trades, each a list of tables in a short notation, are written in the styles that people's schemas
come in. Those named after pg_dump are loaded on the test server and dumped by pg_dump itself, with rows.
"""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"

#: table: columns. ``>t`` refers to t, ``^`` unique, ``!`` required, ``{a b}`` one of, ``$`` money, ``#`` a count,
#: ``@`` a moment, ``?`` yes or no, ``%`` a document, ``*`` a list, ``/`` a day, ``~`` long text
TRADES: dict[str, str] = {
    "shop": """
        customers: email^ name! phone status{active,blocked,gone} born/ settings% created@ ; addresses: customer>customers street! city! zip country! is_default?
        categories: slug^ title! parent>categories position# ; brands: slug^ title! website ; products: sku^ title! description~ category>categories brand>brands price$ stock# is_live? attributes% tags* created@
        product_images: product>products url! alt position# ; variants: product>products sku^ price$ stock# options% ; warehouses: code^ title! city
        stock_levels: variant>variants warehouse>warehouses quantity# updated@ ; carts: customer>customers token^ expires@ ; cart_items: cart>carts variant>variants quantity#
        orders: customer>customers number^ status{pending,paid,shipped,done,cancelled} total$ currency placed@ notes~ ; order_items: order>orders variant>variants quantity# price$
        payments: order>orders provider{card,bank,wallet} reference^ amount$ state{open,captured,refunded,failed} captured@ ; refunds: payment>payments amount$ reason~ created@
        shipments: order>orders carrier tracking^ shipped@ delivered@ ; coupons: code^ kind{percent,fixed} value$ starts/ ends/ max_uses# ; coupon_uses: coupon>coupons order>orders used@
        reviews: product>products customer>customers rating# body~ is_public? created@ ; wishlists: customer>customers title! is_public? ; wishlist_items: wishlist>wishlists product>products added@
        suppliers: code^ title! email phone ; purchase_orders: supplier>suppliers number^ state{draft,sent,received} ordered/ ; purchase_lines: purchase_order>purchase_orders variant>variants quantity# cost$
        tax_rates: country! region rate$ ; audit_entries: table_name! row_id! action{insert,update,delete} old_row% new_row% at@""",
    "newsroom": """
        users: email^ name! role{admin,editor,author,reader} bio~ last_seen@ ; sections: slug^ title! parent>sections ; articles: slug^ title! lead~ body~ author>users section>sections status{draft,review,published,archived} published@ meta%
        article_versions: article>articles number# body~ editor>users saved@ ; tags: slug^ title! ; article_tags: article>articles tag>tags ; media: key^ mime! width# height# bytes# caption~ uploaded_by>users
        article_media: article>articles media>media position# ; comments: article>articles author>users parent>comments body~ is_hidden? created@ ; comment_votes: comment>comments voter>users value#
        newsletters: slug^ title! schedule{daily,weekly,monthly} ; subscribers: email^ confirmed@ token^ ; subscriptions: newsletter>newsletters subscriber>subscribers since/ ; issues: newsletter>newsletters subject! body~ sent@
        deliveries: issue>issues subscriber>subscribers state{queued,sent,bounced,opened} at@ ; pages: path^ title! body~ is_live? ; menus: place^ title! ; menu_items: menu>menus page>pages label! position#
        redirects: source^ target! code# ; polls: question! closes@ ; poll_options: poll>polls label! position# ; poll_votes: poll_option>poll_options voter>users at@
        feeds: url^ title! polled@ etag ; feed_items: feed>feeds guid^ title link published@ ; corrections: article>articles body~ editor>users at@""",
    "clinic": """
        doctors: license^ name! speciality email ; patients: number^ name! born/ sex{f,m,x} phone email allergies* notes~ ; rooms: code^ title! floor# ; appointments: patient>patients doctor>doctors room>rooms starts@ ends@ state{booked,kept,missed,cancelled}
        visits: appointment>appointments complaint~ findings~ closed@ ; diagnoses: visit>visits code! title! is_main? ; medicines: code^ title! unit price$ ; prescriptions: visit>visits medicine>medicines dose! days# ; labs: code^ title! address
        lab_orders: visit>visits lab>labs ordered@ priority{routine,urgent} ; lab_results: lab_order>lab_orders analyte! value$ unit flag{low,normal,high} at@ ; insurers: code^ title! ; policies: patient>patients insurer>insurers number^ starts/ ends/
        invoices: visit>visits number^ total$ issued/ paid/ ; invoice_lines: invoice>invoices title! quantity# price$ ; claims: invoice>invoices policy>policies state{open,paid,refused} filed/ ; vaccinations: patient>patients vaccine! given/ lot
        wards: code^ title! beds# ; stays: patient>patients ward>wards admitted@ released@ ; nurses: license^ name! ward>wards ; shifts: nurse>nurses starts@ ends@ ; vitals: stay>stays nurse>nurses pulse# temperature$ taken@
        consents: patient>patients kind! signed@ document% ; messages: patient>patients doctor>doctors body~ sent@ is_read? ; equipment: serial^ title! room>rooms serviced/""",
    "school": """
        schools: code^ title! city ; years: school>schools title! starts/ ends/ ; teachers: email^ name! school>schools hired/ ; students: number^ name! born/ school>schools guardian_phone ; subjects: code^ title! credits#
        courses: subject>subjects teacher>teachers year>years title! capacity# ; enrolments: course>courses student>students state{active,dropped,done} since/ ; lessons: course>courses topic! starts@ ends@ ; attendance: lesson>lessons student>students state{present,late,absent}
        assignments: course>courses title! body~ due@ points# ; submissions: assignment>assignments student>students body~ files* submitted@ ; grades: submission>submissions grader>teachers points$ remarks~ at@ ; exams: course>courses title! held/ ; exam_results: exam>exams student>students points$ passed?
        guardians: email^ name! phone ; guardianships: guardian>guardians student>students relation! ; library_books: isbn^ title! author! copies# ; loans: library_book>library_books student>students lent/ due/ returned/ ; clubs: title! teacher>teachers ; club_members: club>clubs student>students since/
        buses: plate^ seats# ; bus_stops: bus>buses title! at_minutes# ; announcements: school>schools title! body~ published@ audience{all,teachers,students,guardians} ; fees: student>students title! amount$ due/ paid/""",
    "cargo": """
        companies: vat^ title! country! ; depots: code^ title! company>companies latitude$ longitude$ ; vehicles: plate^ kind{van,truck,trailer} company>companies capacity$ ; drivers: license^ name! company>companies phone ; customers: number^ title! email terms#
        consignments: reference^ customer>customers origin>depots destination>depots state{new,collected,moving,delivered,lost} weight$ volume$ declared$ created@ ; parcels: consignment>consignments barcode^ weight$ is_fragile? ; routes: code^ depot>depots runs/ ; stops: route>routes depot>depots position# eta@
        trips: route>routes vehicle>vehicles driver>drivers started@ ended@ odometer# ; loads: trip>trips parcel>parcels loaded@ unloaded@ ; scans: parcel>parcels depot>depots kind{in,out,delivery} at@ device ; proofs: parcel>parcels signed_by! image_key at@ ; rates: customer>customers zone! per_kilo$ minimum$ starts/
        invoices: customer>customers number^ total$ issued/ due/ ; invoice_items: invoice>invoices consignment>consignments amount$ ; claims: consignment>consignments amount$ body~ state{open,accepted,refused} ; fuel_cards: number^ vehicle>vehicles ; fuel_entries: fuel_card>fuel_cards litres$ amount$ at@
        services_done: vehicle>vehicles title! cost$ at/ ; incidents: trip>trips body~ severity{low,medium,high} at@ ; webhooks: customer>customers url! secret events* is_live? ; webhook_calls: webhook>webhooks event! body% code# at@""",
    "issues": """
        organizations: slug^ title! plan{free,team,enterprise} ; people: handle^ email^ name! is_bot? ; memberships: organization>organizations person>people role{owner,member,guest} ; projects: organization>organizations slug! title! is_archived? ; labels: project>projects title! colour
        milestones: project>projects title! due/ state{open,closed} ; issues: project>projects number# title! body~ author>people assignee>people milestone>milestones state{open,closed} closed@ created@ ; issue_labels: issue>issues label>labels ; comments: issue>issues author>people body~ created@ edited@
        reactions: comment>comments person>people emoji! ; repositories: project>projects title! default_branch visibility{public,private} ; commits: repository>repositories sha^ author>people message~ at@ ; branches: repository>repositories title! head_sha is_protected? ; pulls: repository>repositories number# title! source! target! state{open,merged,closed} author>people merged@
        reviews: pull>pulls reviewer>people verdict{approve,comment,reject} body~ at@ ; checks_run: commit>commits title! state{queued,running,passed,failed} output% started@ ended@ ; releases: repository>repositories tag! title notes~ published@ ; assets: release>releases filename! bytes# downloads# ; deploy_keys: repository>repositories title! fingerprint^
        access_tokens: person>people digest^ scopes* expires@ last_used@ ; events: organization>organizations actor>people kind! payload% at@ ; boards: project>projects title! ; board_columns: board>boards title! position# ; cards: board_column>board_columns issue>issues position# ; time_entries: issue>issues person>people minutes# spent/""",
    "rooms": """
        hosts: email^ name! verified@ rating$ ; guests: email^ name! passport locale ; cities: slug^ title! country! timezone ; homes: host>hosts city>cities title! description~ beds# price$ amenities* rules% is_listed? created@ ; photos: home>homes key^ position# caption ; seasons: home>homes title! starts/ ends/ price$
        bookings: home>homes guest>guests reference^ starts/ ends/ people# total$ state{held,confirmed,cancelled,done} created@ ; booking_events: booking>bookings kind! details% at@ ; payments: booking>bookings amount$ provider! reference^ at@ ; payouts: host>hosts amount$ state{pending,paid} paid@ ; reviews: booking>bookings stars# body~ at@ ; replies: review>reviews body~ at@
        threads: home>homes guest>guests opened@ ; messages: thread>threads sender_is_host? body~ sent@ read@ ; blocked_days: home>homes day/ reason ; cleaners: phone^ name! city>cities ; cleanings: booking>bookings cleaner>cleaners at@ done? ; keys_given: booking>bookings code! valid_until@ ; searches: city>cities query% at@ ; favourites: guest>guests home>homes since@
        promotions: code^ percent# ends/ ; promotion_uses: promotion>promotions booking>bookings at@ ; reports: home>homes guest>guests reason! state{open,closed} at@""",
    "ledger": """
        tenants: slug^ title! ; currencies: code^ title! digits# ; accounts: tenant>tenants code! title! kind{asset,liability,income,expense} currency>currencies is_open? ; periods: tenant>tenants title! starts/ ends/ is_closed? ; journals: tenant>tenants code! title!
        entries: journal>journals period>periods number# booked/ text~ created@ ; postings: entry>entries account>accounts amount$ memo ; contacts: tenant>tenants title! email vat ; sales_invoices: contact>contacts number^ issued/ due/ total$ state{draft,open,paid,void} ; sales_lines: sales_invoice>sales_invoices title! quantity$ price$ ; bills: contact>contacts number! issued/ due/ total$ ; bill_lines: bill>bills title! amount$
        bank_accounts: tenant>tenants iban^ title! ; bank_lines: bank_account>bank_accounts booked/ amount$ text~ reference ; matches: bank_line>bank_lines posting>postings at@ ; assets: tenant>tenants title! bought/ cost$ life_years# ; depreciations: asset>assets period>periods amount$ ; budgets: tenant>tenants title! year# ; budget_lines: budget>budgets account>accounts amount$
        attachments: entry>entries key^ mime! bytes# ; approvals: entry>entries approver! state{asked,given,refused} at@ ; fx_rates: currency>currencies day/ rate$ ; exports: tenant>tenants kind! file_key made@""",
}


@dataclass
class Col:
    name: str
    kind: str
    refers: str = ""
    values: list[str] = field(default_factory=list)


@dataclass
class Tab:
    name: str
    columns: list[Col]


_KINDS = {"^": "unique", "!": "required", "$": "money", "#": "count", "@": "moment", "?": "flag", "%": "document",
          "*": "list", "/": "day", "~": "long"}  # fmt: skip


def tables(trade: str) -> list[Tab]:
    found = []
    for part in TRADES[trade].replace("\n", ";").split(";"):
        if not part.strip():
            continue
        name, _, columns = part.strip().partition(":")
        found.append(Tab(name.strip(), [_column(word) for word in columns.split()]))
    return found


def _column(word: str) -> Col:
    if ">" in word:
        name, _, refers = word.partition(">")
        return Col(f"{name}_id", "reference", refers)
    if "{" in word:
        name, _, values = word.partition("{")
        return Col(name, "choice", values=values.rstrip("}").split(","))
    return Col(word[:-1], _KINDS[word[-1]]) if word[-1] in _KINDS else Col(word, "text")


def by_hand(trade: str) -> str:
    """As somebody writes it: inline keys and references, comments, an updated_at function, a few seeds."""
    lines = [f"-- {trade}: written by hand", 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";', "", _TOUCH]
    types = {"unique": "VARCHAR(100) UNIQUE NOT NULL", "required": "VARCHAR(255) NOT NULL", "money": "NUMERIC(12,2) DEFAULT 0",
             "count": "INTEGER DEFAULT 0", "moment": "TIMESTAMPTZ DEFAULT NOW()", "flag": "BOOLEAN DEFAULT FALSE",
             "document": "JSONB DEFAULT '{}'", "list": "TEXT[] DEFAULT '{}'", "day": "DATE", "long": "TEXT", "text": "TEXT"}  # fmt: skip
    made: set[str] = set()
    for table in tables(trade):
        lines += [f"-- {table.name.replace('_', ' ')}", f"CREATE TABLE IF NOT EXISTS {table.name} ("]
        body = ["  id UUID PRIMARY KEY DEFAULT uuid_generate_v4()"]
        for column in table.columns:
            if column.kind == "reference":
                action = "" if column.refers == table.name else " ON DELETE CASCADE"
                body.append(f"  {column.name} UUID REFERENCES {column.refers}(id){action}")
            elif column.kind == "choice":
                listed = ", ".join(f"'{value}'" for value in column.values)
                body.append(
                    f"  {column.name} VARCHAR(20) DEFAULT '{column.values[0]}' CHECK ({column.name} IN ({listed}))"
                )
            else:
                body.append(f"  {column.name} {types[column.kind]}")
        body.append("  updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP")
        lines += [",\n".join(body), ");"]
        made.add(table.name)
        for column in table.columns:
            if column.kind == "reference":
                lines.append(
                    f"CREATE INDEX IF NOT EXISTS idx_{table.name}_{column.name} ON {table.name}({column.name});"
                )
            if column.kind == "unique":
                lines.append(
                    f"CREATE INDEX IF NOT EXISTS idx_{table.name}_{column.name} ON {table.name}({column.name});"
                )
            if column.kind == "moment":
                lines.append(
                    f"CREATE INDEX IF NOT EXISTS idx_{table.name}_{column.name} ON {table.name}({column.name} DESC);"
                )
            if column.kind == "flag":
                lines.append(
                    f"CREATE INDEX IF NOT EXISTS idx_{table.name}_{column.name} ON {table.name}(id) WHERE {column.name};"
                )
            if column.kind in ("list", "document"):
                lines.append(
                    f"CREATE INDEX IF NOT EXISTS idx_{table.name}_{column.name} ON {table.name} USING GIN ({column.name});"
                )
        lines += [f"DROP TRIGGER IF EXISTS update_updated_at ON {table.name};",
                  f"CREATE TRIGGER update_updated_at BEFORE UPDATE ON {table.name}",
                  "  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();",
                  f"COMMENT ON TABLE {table.name} IS 'The {trade}''s {table.name.replace('_', ' ')}';", ""]  # fmt: skip
    first = tables(trade)[0]
    lines += [_rows(first), f"-- {len(made)} tables"]
    return "\n".join(lines) + "\n"


_TOUCH = """CREATE OR REPLACE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
  NEW.updated_at = NOW();
  RETURN NEW;
END;
$$ language 'plpgsql';
"""


def _rows(table: Tab) -> str:
    columns = [c for c in table.columns if c.kind in ("unique", "required")]
    names = ", ".join(["id", *(c.name for c in columns)])
    rows = []
    for n in range(1, 4):
        values = [f"'00000000-0000-4000-8000-00000000000{n}'"]
        values += [f"'{c.name} {n} it''s'" for c in columns]
        rows.append(f"  ({', '.join(values)})")
    key = next(c.name for c in columns if c.kind == "unique")
    return (
        f"INSERT INTO {table.name} ({names}) VALUES\n"
        + ",\n".join(rows)
        + f"\nON CONFLICT ({key}) DO NOTHING;"
    )


def django(trade: str) -> str:
    """As ``manage.py sqlmigrate`` prints it: quoted names, identities, keys added later, deferrable."""
    types = {"unique": "varchar(100) NOT NULL UNIQUE", "required": "varchar(255) NOT NULL", "money": "numeric(12, 2) NOT NULL",
             "count": "integer NOT NULL CHECK (\"{n}\" >= 0)", "moment": "timestamp with time zone NOT NULL", "flag": "boolean NOT NULL",
             "document": "jsonb NOT NULL", "list": "varchar(50)[] NOT NULL", "day": "date NULL", "long": "text NOT NULL",
             "text": "varchar(200) NOT NULL", "choice": "varchar(20) NOT NULL"}  # fmt: skip
    lines, later = ["BEGIN;"], []
    for model in tables(trade):
        name = f"{trade}_{model.name}"
        columns = ['"id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY']
        lines += ["--", f"-- Create model {model.name.title().replace('_', '')}", "--"]
        for column in model.columns:
            if column.kind == "reference":
                columns.append(f'"{column.name}" bigint NULL')
                later.append(f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_{column.name}_{_hash(name + column.name)}_fk_{trade}_{column.refers}_id" '
                             f'FOREIGN KEY ("{column.name}") REFERENCES "{trade}_{column.refers}" ("id") DEFERRABLE INITIALLY DEFERRED;')  # fmt: skip
                later.append(
                    f'CREATE INDEX "{name}_{column.name}_{_hash(column.name + name)}" ON "{name}" ("{column.name}");'
                )
            else:
                columns.append(f'"{column.name}" ' + types[column.kind].replace("{n}", column.name))
                if column.kind == "unique":
                    later.append(
                        f'CREATE INDEX "{name}_{column.name}_{_hash(name)}_like" ON "{name}" ("{column.name}" varchar_pattern_ops);'
                    )
        lines.append(f'CREATE TABLE "{name}" ({", ".join(columns)});')
        pair = [c.name for c in model.columns if c.kind == "reference"][:2]
        if len(pair) == 2 and len(model.columns) <= 3:
            later.append(
                f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_{"_".join(pair)}_{_hash(name)}_uniq" UNIQUE ("{pair[0]}", "{pair[1]}");'
            )
        flag = next((c.name for c in model.columns if c.kind == "flag"), None)
        text = next((c.name for c in model.columns if c.kind == "required"), None)
        if flag and text:
            later.append(
                f'CREATE UNIQUE INDEX "{trade}_{model.name}_one_{text}" ON "{name}" ("{text}") WHERE "{flag}";'
            )
    return "\n".join([*lines, *later, "COMMIT;"]) + "\n"


def _hash(text: str) -> str:
    import hashlib

    return hashlib.md5(text.encode()).hexdigest()[:8]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def prisma(trade: str) -> str:
    """As ``prisma migrate`` writes it: capitals in names, TEXT ids, enums, unique indexes, keys at the end."""
    types = {"unique": "TEXT NOT NULL", "required": "TEXT NOT NULL", "money": "DECIMAL(65,30) NOT NULL DEFAULT 0", "count": "INTEGER NOT NULL DEFAULT 0",
             "moment": "TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP", "flag": "BOOLEAN NOT NULL DEFAULT false", "document": "JSONB",
             "list": "TEXT[]", "day": "TIMESTAMP(3)", "long": "TEXT", "text": "TEXT"}  # fmt: skip
    enums, creates, uniques, keys = [], [], [], []
    for model in tables(trade):
        name = _camel(model.name).title()[:1] + _camel(model.name)[1:]
        columns = ['"id" TEXT NOT NULL']
        for column in model.columns:
            shown = _camel(column.name)
            if column.kind == "reference":
                columns.append(f'"{shown}" TEXT')
                target = _camel(column.refers).title()[:1] + _camel(column.refers)[1:]
                keys.append(f'-- AddForeignKey\nALTER TABLE "{name}" ADD CONSTRAINT "{name}_{shown}_fkey" FOREIGN KEY ("{shown}") '
                            f'REFERENCES "{target}"("id") ON DELETE SET NULL ON UPDATE CASCADE;')  # fmt: skip
            elif column.kind == "choice":
                enum = f"{name}{shown.title()}"
                listed = ", ".join(f"'{value.upper()}'" for value in column.values)
                enums.append(f'-- CreateEnum\nCREATE TYPE "{enum}" AS ENUM ({listed});')
                columns.append(f'"{shown}" "{enum}" NOT NULL DEFAULT \'{column.values[0].upper()}\'')
            else:
                columns.append(f'"{shown}" {types[column.kind]}')
                if column.kind == "unique":
                    uniques.append(
                        f'-- CreateIndex\nCREATE UNIQUE INDEX "{name}_{shown}_key" ON "{name}"("{shown}");'
                    )
                elif column.kind == "moment":
                    uniques.append(
                        f'-- CreateIndex\nCREATE INDEX "{name}_{shown}_idx" ON "{name}"("{shown}");'
                    )
        columns += ['"updatedAt" TIMESTAMP(3) NOT NULL', f'\n    CONSTRAINT "{name}_pkey" PRIMARY KEY ("id")']
        creates.append(f'-- CreateTable\nCREATE TABLE "{name}" (\n    ' + ",\n    ".join(columns) + "\n);")
    return "\n\n".join([*enums, *creates, *uniques, *keys]) + "\n"


def for_dump(trade: str) -> str:
    """A schema to be loaded and dumped: SERIAL or IDENTITY ids, enums, named checks, rows."""
    types = {"unique": "text NOT NULL UNIQUE", "required": "character varying(255) NOT NULL", "money": "numeric(12,2) NOT NULL DEFAULT 0",
             "count": "integer NOT NULL DEFAULT 0 CHECK ({n} >= 0)", "moment": "timestamp with time zone DEFAULT now() NOT NULL",
             "flag": "boolean NOT NULL DEFAULT false", "document": "jsonb NOT NULL DEFAULT '{}'", "list": "text[] DEFAULT '{}' NOT NULL",
             "day": "date", "long": "text", "text": "character varying(80) DEFAULT ''"}  # fmt: skip
    lines = [_TOUCH]
    for number, table in enumerate(tables(trade)):
        ident = "bigserial PRIMARY KEY" if number % 2 else "integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        columns = [f"id {ident}"]
        for column in table.columns:
            if column.kind == "reference":
                parents = [each.name for each in tables(trade)]
                kind = "bigint" if parents.index(column.refers) % 2 else "integer"
                columns.append(
                    f"{column.name} {kind} REFERENCES {column.refers} ON DELETE {'SET NULL' if number % 3 else 'CASCADE'}"
                )
            elif column.kind == "choice" and number % 2:
                listed = ", ".join(f"'{value}'" for value in column.values)
                lines.append(f"CREATE TYPE {table.name}_{column.name} AS ENUM ({listed});")
                columns.append(
                    f"{column.name} {table.name}_{column.name} NOT NULL DEFAULT '{column.values[0]}'"
                )
            elif column.kind == "choice":
                listed = ", ".join(f"'{value}'" for value in column.values)
                columns.append(
                    f"{column.name} text NOT NULL DEFAULT '{column.values[0]}' CHECK ({column.name} IN ({listed}))"
                )
            else:
                columns.append(f"{column.name} {types[column.kind].replace('{n}', column.name)}")
        columns.append("updated_at timestamptz NOT NULL DEFAULT now()")
        lines.append(f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(columns) + "\n);")
        lines.append(
            f"CREATE TRIGGER touch BEFORE UPDATE ON {table.name} FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();"
        )
        for column in table.columns:
            if column.kind == "reference":
                lines.append(f"CREATE INDEX ON {table.name} ({column.name});")
            if column.kind == "required" and number % 4 == 0:
                lines.append(
                    f"CREATE INDEX {table.name}_{column.name}_lower ON {table.name} (lower({column.name}::text));"
                )
            if column.kind == "flag":
                lines.append(
                    f"CREATE UNIQUE INDEX {table.name}_{column.name}_one ON {table.name} (updated_at) WHERE {column.name};"
                )
    first = tables(trade)[0]
    names = [c.name for c in first.columns if c.kind in ("unique", "required", "long", "text")]
    for n in range(5):
        values = ", ".join(f"E'{name} {n}\\tit''s\\n\\\\'" for name in names)
        lines.append(f"INSERT INTO {first.name} ({', '.join(names)}) VALUES ({values});")
    return "\n".join(lines)


#: what only PostgreSQL 18 has, and its pg_dump writes
_NEW_IN_18 = """
CREATE TABLE rates_shown (
    id uuid DEFAULT uuidv7() PRIMARY KEY,
    night numeric(10,2) CONSTRAINT a_night_costs NOT NULL,
    nights integer NOT NULL,
    total numeric(12,2) GENERATED ALWAYS AS (night * nights) VIRTUAL,
    total_kept numeric(12,2) GENERATED ALWAYS AS (night * nights) STORED,
    note text,
    home_id bigint,
    CONSTRAINT nights_counted CHECK (nights > 0) NOT ENFORCED,
    CONSTRAINT home_known FOREIGN KEY (home_id) REFERENCES homes (id) NOT ENFORCED
);
ALTER TABLE rates_shown ADD CONSTRAINT note_there NOT NULL note NOT VALID;
"""


def dumped(trade: str, style: str) -> str:
    """What pg_dump makes of it on a test server: 18 is PostgreSQL 18's own, the others are PostgreSQL 15's in
    the manner of another version where there are differences.
    """
    from ..databases import MAKERS, _plain

    server = "postgresql18" if style == "18" else "postgresql"
    maker = MAKERS[server](server, Path(tempfile.mkdtemp()))
    database = maker.empty()
    try:
        database.load(for_dump(trade) + (_NEW_IN_18 if style == "18" else ""))
        program = pg_dump(server)
        command = [program, "--no-password", f"--dbname={_plain(database.url).geturl()}"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    finally:
        maker.drop(database)
    return _in_the_manner_of(text, style)


def pg_dump(server: str = "postgresql") -> str:
    """The program that belongs to the test server's psql."""
    from ..servers.home import read_env

    return str(Path(read_env()[f"PIS_TEST_{server.upper()}_CLIENT"]).with_name("pg_dump"))


def _in_the_manner_of(text: str, style: str) -> str:
    version = {"15": "15.18", "16": "16.10", "17": "17.6", "18": "", "rails": "17.2"}[style]
    if version:
        text = re.sub(r"(Dumped (?:from|by).* version )\S+.*", rf"\g<1>{version}", text)
    text = re.sub(r"^(\\(?:un)?restrict) \S+", r"\1 " + "k7Qh" * 12, text, flags=re.MULTILINE)
    if style in ("17", "rails"):
        text = text.replace(
            "SET idle_in_transaction_session_timeout = 0;",
            "SET idle_in_transaction_session_timeout = 0;\nSET transaction_timeout = 0;",
        )
    if style == "rails":
        text = re.sub(r"^\\(un)?restrict.*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^-- Dumped.*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^COPY public\.(?:.|\n)*?^\\\.\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^ALTER .* OWNER TO .*\n", "", text, flags=re.MULTILINE)
        text += (
            "CREATE TABLE public.schema_migrations (\n    version character varying NOT NULL\n);\n"
            "CREATE TABLE public.ar_internal_metadata (\n    key character varying NOT NULL,\n    value character varying,\n"
            "    created_at timestamp(6) without time zone NOT NULL,\n    updated_at timestamp(6) without time zone NOT NULL\n);\n"
            "ALTER TABLE ONLY public.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);\n"
            "ALTER TABLE ONLY public.ar_internal_metadata ADD CONSTRAINT ar_internal_metadata_pkey PRIMARY KEY (key);\n"
            'SET search_path TO "$user", public;\n\n'
            "INSERT INTO \"schema_migrations\" (version) VALUES\n('20240101120000'),\n('20240215093000');\n"
        )
    return text


def make() -> dict[str, str]:
    """File name to text, for all that is generated."""
    return {
        "handwritten_shop.sql": by_hand("shop"),
        "handwritten_rooms.sql": by_hand("rooms"),
        "django_school.sql": django("school"),
        "django_issues.sql": django("issues"),
        "prisma_newsroom.sql": prisma("newsroom"),
        "prisma_cargo.sql": prisma("cargo"),
        "pg_dump15_clinic.sql": dumped("clinic", "15"),
        "pg_dump16_ledger.sql": dumped("ledger", "16"),
        "pg_dump17_cargo.sql": dumped("cargo", "17"),
        "pg_dump18_rooms.sql": dumped("rooms", "18"),
        "rails_issues.sql": dumped("issues", "rails"),
    }


if __name__ == "__main__":
    for name, text in make().items():
        (FOLDER / name).write_text(text)
        print(name, len(re.findall(r"^CREATE TABLE", text, re.MULTILINE)))
