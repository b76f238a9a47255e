"""Customers: one rule for rows and totals, one live customer for a phone number, and their albums."""

from __future__ import annotations

import dataclasses
from uuid import UUID, uuid4

import pytest

from pis_data.errors import (
    ForeignKeyViolationError,
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
    UniqueViolationError,
)
from pis_data.schema import Customer, CustomerRole, CustomerStatus


@pytest.fixture
def customers(repositories):
    return repositories.customers


def names(found):
    return [customer.name for customer in found]


def test_a_customer_is_entered(customers, users):
    maker = users.create("a@example.org")
    made = customers.create(
        {"name": " 林小姐 ", "phone": " 138 0000 "}, tags=["VIP", "wedding"], created_by=maker.id, email=""
    )
    assert type(made) is Customer
    assert (made.name, made.phone, made.email, made.tags) == ("林小姐", "138 0000", None, ["VIP", "wedding"])
    assert (made.status, made.created_by) == (CustomerStatus.ACTIVE, maker.id)
    assert made == customers.get(made.id) == customers.find_by_phone("138 0000 ")
    with pytest.raises(ForeignKeyViolationError):
        customers.create(name="x", created_by=uuid4())


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a" * 101},
        {"phone": "1" * 21},
        {"phone": 123},
        {"tags": "VIP"},
        {"tags": ["a\0"]},
        {"status": "gone"},
        {"id": UUID(int=1)},
        {"deleted_at": None},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(customers, refused, wrong):
    made = customers.create(name="a")
    with refused(InvalidValueError):
        customers.create({"name": "b", **wrong})
    with refused(InvalidValueError):
        customers.update(made.id, wrong)


def test_nothing_to_enter_or_change_is_refused(customers, refused):
    made = customers.create(name="a")
    with refused(InvalidValueError, "name"):
        customers.create(phone="1")
    for patch in ({}, {"created_by": UUID(int=1)}):
        with refused(InvalidValueError):
            customers.update(made.id, patch)


# -- phone numbers -------------------------------------------------------------------------------------


def test_a_phone_number_is_of_one_live_customer(customers):
    ann = customers.create(name="Ann", phone="1")
    bob = customers.create(name="Bob")
    customers.create(name="Cid")
    for call in (
        lambda: customers.create(name="Ann again", phone=" 1"),
        lambda: customers.update(bob.id, phone="1"),
    ):
        with pytest.raises(UniqueViolationError) as caught:
            call()
        assert (caught.value.table, caught.value.columns) == ("customers", ("phone",))
    assert customers.update(ann.id, phone="1", name="Anne").name == "Anne"
    assert customers.update(ann.id, phone="").phone is None
    assert customers.update(bob.id, phone="1").phone == "1"


def test_a_deleted_customers_phone_number_is_free(customers):
    ann = customers.create(name="Ann", phone="1")
    customers.soft_delete(ann.id)
    assert customers.find_by_phone("1") is None
    assert customers.create(name="Bob", phone="1").phone == "1"


def test_of_many_who_enter_the_same_number_one_succeeds(customers, together, open_repositories):
    def create(db):
        return open_repositories(db).customers.create(name="Ann", phone="1").phone

    outcomes = together(*[create] * 4)
    assert outcomes.count("1") == 1
    assert sum(isinstance(outcome, UniqueViolationError) for outcome in outcomes) == 3
    assert customers.list(total=True).total == 1


def test_of_many_who_take_the_same_number_one_succeeds(customers, together, open_repositories):
    made = [customers.create(name=f"{number}").id for number in range(4)]

    def take(key):
        return lambda db: open_repositories(db).customers.update(key, phone="1").phone

    outcomes = together(*map(take, made))
    assert outcomes.count("1") == 1
    assert sum(isinstance(outcome, UniqueViolationError) for outcome in outcomes) == 3


def test_a_number_that_is_taken_leaves_an_open_transaction_usable(repositories):
    repositories.customers.create(name="Ann", phone="1")
    with repositories.transaction() as t:
        with pytest.raises(UniqueViolationError):
            t.customers.create(name="Bob", phone="1")
        t.customers.create(name="Cid", phone="2")
    assert names(repositories.customers.list(sort="name_asc")) == ["Ann", "Cid"]


# -- changing and deleting -----------------------------------------------------------------------------


def test_a_customer_is_changed_and_deleted(customers):
    made = customers.create(name="Ann", notes="old", tags=["a"])
    changed = customers.update(made.id, {"notes": None}, status="archived", tags=[], source="a fair")
    assert (changed.notes, changed.status, changed.tags, changed.source) == (
        None,
        CustomerStatus.ARCHIVED,
        [],
        "a fair",
    )
    assert customers.soft_delete(made.id).deleted_at is not None
    assert customers.get(made.id) is None
    for call in (
        lambda: customers.soft_delete(made.id),
        lambda: customers.update(made.id, name="x"),
        lambda: customers.update(uuid4(), name="x", phone="1"),
    ):
        with pytest.raises(NotFoundError):
            call()


# -- the list ------------------------------------------------------------------------------------------


@pytest.fixture
def some(customers):
    customers.create(name="Ann Lee", phone="555-01", email="ann@STUDIO.org", tags=["Wedding", "vip"])
    customers.create(name="bob", company="Studio Nord", tags=["100%"])
    customers.create(name="Çem_A", phone="555-02", status="inactive", tags=[])
    customers.create(name="林小姐", tags=["婚礼", "ÉTÉ"])
    customers.soft_delete(customers.create(name="Studio Gone").id)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("STUDIO", {"Ann Lee", "bob"}),
        ("ann l", {"Ann Lee"}),
        ("çEM", {"Çem_A"}),
        ("m_a", {"Çem_A"}),
        ("555-", {"Ann Lee", "Çem_A"}),
        ("wedd", {"Ann Lee"}),
        ("VIP", {"Ann Lee"}),
        ("été", {"林小姐"}),
        ("婚", {"林小姐"}),
        ("0%", {"bob"}),
        ("%", {"bob"}),
        ("_", {"Çem_A"}),
        ("\\", set()),
        ('"', set()),
        (",", set()),
        ("", {"Ann Lee", "bob", "Çem_A", "林小姐"}),
        ("' OR 1=1 --", set()),
    ],
)
def test_a_search_finds_and_counts_by_one_rule(customers, search, found):
    """9.3: searches are case-sensitive in PIS, and its totals count other rows than it lists."""
    page = customers.list(search=search, total=True)
    assert set(names(page)) == found
    assert page.total == len(found)
    short = customers.list(search=search, limit=1, total=True)
    assert short.total == len(found)


@pytest.mark.usefixtures("some")
def test_customers_are_listed_by_what_they_are(customers):
    assert names(customers.list(tag="vip")) == ["Ann Lee"]
    assert names(customers.list(tag="VIP")) == []
    assert names(customers.list(status="inactive")) == ["Çem_A"]
    assert names(customers.list(status=CustomerStatus.ACTIVE, search="555", total=True)) == ["Ann Lee"]


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name_asc", ["Ann Lee", "bob", "Çem_A", "林小姐"]),
        ("name_desc", ["林小姐", "Çem_A", "bob", "Ann Lee"]),
    ],
)
def test_customers_have_pages_by_name(customers, sort, order):
    page = customers.list(sort=sort, limit=1)
    found = names(page)
    while page.next:
        page = customers.list(sort=sort, limit=1, after=page.next)
        found += names(page)
    assert found == order


def test_pages_tell_customers_of_one_name_apart(customers):
    made = {customers.create(name="same").id for _ in range(5)}
    for sort in ("name_asc", "name_desc", "created_asc", "created_desc"):
        page = customers.list(sort=sort, limit=2)
        found = [customer.id for customer in page]
        while page.next:
            page = customers.list(sort=sort, limit=2, after=page.next)
            found += [customer.id for customer in page]
        assert (set(found), len(found)) == (made, 5)


@pytest.mark.usefixtures("some")
def test_lists_refuse_what_they_do_not_know(customers, refused):
    cursor = customers.list(sort="name_asc", limit=1).next
    damaged = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    for how in (
        {"sort": "phone"},
        {"limit": 0},
        {"after": cursor},
        {"after": cursor, "sort": "name_desc"},
        {"after": cursor, "sort": "name_asc", "search": "a"},
        {"after": damaged, "sort": "name_asc"},
        {"search": "a" * 501},
    ):
        with refused(InvalidFilterError):
            customers.list(**how)
    for how in ({"status": "gone"}, {"search": "a\0"}, {"search": 7}, {"tag": ["vip"]}):
        with refused(InvalidValueError):
            customers.list(**how)


# -- albums --------------------------------------------------------------------------------------------


def test_albums_are_tied_to_customers(customers, albums, album):
    ann, bob = (customers.create(name=name) for name in ("Bob", "Ann"))
    tie = customers.link_album(ann.id, album.id, role="photographer", notes="hers")
    assert (tie.role, tie.notes, tie.notified_at) == (CustomerRole.PHOTOGRAPHER, "hers", None)
    customers.link_album(bob.id, album.id)
    found = customers.customers_of_album(album.id)
    assert [(each.customer.name, each.role) for each in found] == [("Ann", "client"), ("Bob", "photographer")]
    assert found[1].linked_at == tie.created_at
    assert customers.unlink_album(ann.id, album.id) is True
    assert customers.unlink_album(ann.id, album.id) is False
    customers.soft_delete(bob.id)
    assert customers.customers_of_album(album.id) == []


def test_a_pair_is_tied_once(customers, album):
    ann = customers.create(name="Ann")
    customers.link_album(ann.id, album.id)
    with pytest.raises(UniqueViolationError) as caught:
        customers.link_album(ann.id, album.id)
    assert caught.value.columns == ("customer_id", "album_id")


def test_of_many_who_tie_the_same_pair_one_succeeds(customers, album, together, open_repositories):
    ann = customers.create(name="Ann")

    def link(db):
        return open_repositories(db).customers.link_album(ann.id, album.id).album_id

    outcomes = together(*[link] * 4)
    assert outcomes.count(album.id) == 1
    assert sum(isinstance(outcome, UniqueViolationError) for outcome in outcomes) == 3


def test_only_what_is_live_is_tied(customers, albums, album, refused):
    ann, gone = customers.create(name="Ann"), customers.create(name="Gone")
    customers.soft_delete(gone.id)
    dead = albums.create(title="dead")
    albums.soft_delete(dead.id)
    for pair in ((gone.id, album.id), (uuid4(), album.id), (ann.id, dead.id), (ann.id, uuid4())):
        with pytest.raises(NotFoundError):
            customers.link_album(*pair)
    with refused(InvalidValueError):
        customers.link_album(ann.id, album.id, role="owner")


def test_a_customers_albums_show_no_secret(customers, albums):
    ann = customers.create(name="Ann")
    first = albums.create(title="first", password="secret")
    second, dead = albums.create(title="second"), albums.create(title="dead")
    for each in (first, second, dead):
        customers.link_album(ann.id, each.id)
    albums.soft_delete(dead.id)
    found = customers.get_with_albums(ann.id)
    assert found.customer == ann
    assert [each.title for each in found.albums] == ["second", "first"]
    assert (found.albums[1].id, found.albums[1].slug) == (first.id, first.slug)
    shown = {field.name for field in dataclasses.fields(found.albums[0])}
    assert not shown & {"password", "upload_token", "owner_id"}
    assert customers.get_with_albums(uuid4()) is None


def test_albums_are_counted(customers, albums):
    ann, bob = customers.create(name="Ann"), customers.create(name="Bob")
    made = [albums.create(title=f"{number}").id for number in range(3)]
    for key in made:
        customers.link_album(ann.id, key)
    albums.soft_delete(made[0])
    assert customers.album_counts([ann.id, bob.id]) == {ann.id: 2, bob.id: 0}
    assert customers.album_counts([]) == {}
