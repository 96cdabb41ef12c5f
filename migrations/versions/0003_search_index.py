"""Let each engine index words: FTS5 tables on SQLite, tsvector columns on PostgreSQL; one index per language.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LANGUAGES = ("id", "en", "ko")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for language in LANGUAGES:
            op.execute(
                f"CREATE VIEW search_index_{language}_source AS SELECT row_id, title_words, body_words"
                f" FROM search_document WHERE language = '{language}'"
            )
            # Words come folded and split by single spaces, so the tokenizer changes nothing. No phrases and no bm25 are
            # asked for: neither positions nor sizes are kept.
            op.execute(
                f"CREATE VIRTUAL TABLE search_index_{language} USING fts5(title_words, body_words,"
                f" content='search_index_{language}_source', content_rowid='row_id',"
                " tokenize='unicode61 remove_diacritics 0', detail=column, columnsize=0)"
            )
        return
    # array_to_tsvector takes the words as they are; a parser would cut and rename some of them.
    op.execute(
        "ALTER TABLE search_document"
        " ADD COLUMN search_text_title tsvector GENERATED ALWAYS AS"
        " (array_to_tsvector(string_to_array(title_words, ' '))) STORED,"
        " ADD COLUMN search_text_all tsvector GENERATED ALWAYS AS"
        " (array_to_tsvector(string_to_array(trim(title_words || ' ' || body_words), ' '))) STORED"
    )
    for language in LANGUAGES:
        op.execute(
            f"CREATE INDEX search_index_{language} ON search_document"
            f" USING gin (search_text_title, search_text_all) WHERE language = '{language}'"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for language in LANGUAGES:
            op.execute(f"DROP TABLE search_index_{language}")
            op.execute(f"DROP VIEW search_index_{language}_source")
        return
    for language in LANGUAGES:
        op.execute(f"DROP INDEX search_index_{language}")
    op.execute("ALTER TABLE search_document DROP COLUMN search_text_title, DROP COLUMN search_text_all")
