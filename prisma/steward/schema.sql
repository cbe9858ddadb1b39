-- What Steward itself must remember, in a schema of its own: made at start with STEWARD_SCHEMA=on, and never otherwise.
-- Sent as one text, which PostgreSQL runs as one transaction; the lock lets processes that start at once make it once. What is there already
-- is not touched, so that a role that may make no schema can be given one (docs/database-role.md).
select pg_advisory_xact_lock(hashtextextended('steward.schema', 0));

do $$
begin
  if to_regnamespace('steward') is null then
    create schema steward;
  end if;
  -- Not logged: counters of a minute need not outlive a crash of the database.
  if to_regclass('steward.rate_limits') is null then
    create unlogged table steward.rate_limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
    create index rate_limits_expire on steward.rate_limits (expire);
  end if;
  -- Answers to requests with an Idempotency-Key, written with the change itself. Nothing in a row says anything to who does not know that key:
  -- id and request are digests, the answer is sealed (src/idempotency/seal.ts).
  if to_regclass('steward.idempotency_keys') is null then
    create table steward.idempotency_keys (
      id bytea primary key,
      request bytea not null,
      answer bytea not null,
      expires_at timestamptz not null
    );
    create index idempotency_keys_expires_at on steward.idempotency_keys (expires_at);
  end if;
end $$;
