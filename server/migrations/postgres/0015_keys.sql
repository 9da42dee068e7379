-- Data keys have versions: a rotation adds one, what older ones sealed is sealed again, and then they are destroyed.
create table workspace_key (
  workspace_id integer not null references workspace (id) on delete cascade,
  version integer not null,
  cipher text not null, -- aes-256-gcm | sm4-gcm
  sealed_key bytea, -- wrapped by the instance's master key; null once destroyed
  made_by text not null,
  made_at timestamptz not null,
  -- Every server knows a new key before any of them seals with it.
  active_at timestamptz not null,
  -- When nothing was found any more that an older key sealed; it is kept a while longer, for a server that slept.
  retired_at timestamptz,
  -- How many values were sealed again for this key's sake.
  resealed bigint not null default 0,
  primary key (workspace_id, version)
);
insert into workspace_key (workspace_id, version, cipher, sealed_key, made_by, made_at, active_at)
select id, 1, 'aes-256-gcm', sealed_data_key, 'system', created_at, created_at from workspace;
alter table workspace drop column sealed_data_key;

-- How values are hashed for look-up: HMAC by SHA-256, or by SM3 for those who are to use the national algorithms.
-- Chosen when the workspace is made: a suppression outlives its value, so no other hash can be made of it later.
alter table workspace add column digest text not null default 'sha256';
