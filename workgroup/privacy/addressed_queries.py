"""Reading who has no account here and was only ever sent links, or is a contact of a school: heads, most often."""

from workgroup import store, unnaming

# each of them with the row by which a page names them, so that no address has to stand in one
_EVERY = " union all ".join(f"select id, name, email, rowid as row from {table}" for table in unnaming.ADDRESSED)
# who is in the hub as a person is found there
_ALONE = "not exists (select 1 from person p where p.email = x.email collate nocase and p.erased_at is null)"


def addressed(db, text, most):
    """Return those whose name or e-mail has a text in it, by name, each address once under its newest name."""
    return store.rows(
        db,
        f"select id, name, email, max(row) from ({_EVERY}) x where {_ALONE} and email like '%@%'"
        " and (name like :like or email like :like)"
        " group by email collate nocase order by name collate nocase, email limit :most",
        {"like": f"%{(text or '').strip()}%", "most": most},
    )


def one(db, id):
    """Return one of them by the id of a row that they stand in: `id`, `name`, `email`, `is_erased`; or None."""
    gone = "(email = :erased or (email is null and name = :somebody))"  # a contact has none left
    sql = (
        f"select id, name, email, {gone} as is_erased from ({_EVERY}) x"
        f" where id = :id and (email is not null or {gone}) and {_ALONE}"
    )
    said = {"erased": unnaming.ERASED, "somebody": unnaming.SOMEBODY, "id": id}
    return store.row(db, sql, said)
