CREATE TABLE activity (
  flow integer not null,
  quarter integer not null,
  started integer not null,
  completed integer not null,
  failed integer not null,
  aborted integer not null,
  incidents integer not null,
  primary key (flow, quarter)
) without rowid;

CREATE TABLE answer (
  workspace text not null,
  user text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  answer text not null,
  at integer not null,
  primary key (workspace, user, route, key)
) without rowid;

CREATE TABLE batch (
  place integer primary key,
  id text not null unique,
  workspace text not null,
  action text not null,
  status text not null,
  request text not null,
  by text not null,
  on_behalf_of text,
  stage integer not null,
  stages text not null,
  total integer not null,
  created integer not null,
  updated integer not null,
  ended integer
);

CREATE TABLE batch_row (
  batch text not null,
  n integer not null,
  stage integer not null,
  instance text not null,
  step integer,
  title text not null,
  state text not null,
  started integer,
  ended integer,
  problem text,
  primary key (batch, n)
) without rowid;

CREATE TABLE blob (workspace integer not null, hash text not null, body text not null, primary key (workspace, hash));

CREATE TABLE blob_use (instance integer not null, hash text not null, primary key (instance, hash)) without rowid;

CREATE TABLE bundle (workspace text not null, hash text not null, bytes blob not null, primary key (workspace, hash));

CREATE TABLE change (position integer primary key, at integer not null, noun text not null, id text not null, workspace text, version integer, changed text not null);

CREATE TABLE draft (
  workspace text not null,
  id text not null,
  title text not null,
  text text not null,
  format text not null,
  etag text not null,
  updated_by text not null,
  updated_at integer not null,
  primary key (workspace, id)
);

CREATE TABLE fact (
  position integer primary key,
  instance integer not null,
  seq integer not null,
  prev integer not null,
  at integer not null,
  run integer not null,
  format integer not null,
  body text not null
);

CREATE TABLE flow (id integer primary key, workspace integer not null, workflow text not null, kind integer not null, unique (workspace, workflow, kind));

CREATE TABLE inbox (
  workspace integer not null,
  owner integer not null,
  shared integer not null,
  due integer not null,
  item integer not null,
  priority integer not null,
  primary key (workspace, owner, shared, due, item)
) without rowid;

CREATE TABLE inbox_tally (workspace integer not null, owner integer not null, shared integer not null, items integer not null, primary key (workspace, owner, shared)) without rowid;

CREATE TABLE incident (
  workspace integer not null,
  position integer not null,
  step integer not null,
  instance integer not null,
  node text,
  cause text not null,
  error text not null,
  primary key (workspace, position, step)
) without rowid;

CREATE TABLE instance (
  id integer primary key,
  uuid blob not null,
  flow integer not null,
  version integer not null,
  status integer not null,
  run integer not null,
  priority integer,
  initiator integer not null,
  created integer not null,
  started integer,
  ended integer,
  facts integer not null,
  last integer not null,
  busy integer not null,
  incidents integer not null,
  title text not null,
  payload_kind integer not null,
  payload text,
  data text,
  locks text,
  parent blob,
  parent_step integer
);

CREATE TABLE involved (owner integer not null, instance integer not null, primary key (owner, instance)) without rowid;

CREATE TABLE last_version (workspace text not null, workflow text not null, version integer not null, primary key (workspace, workflow)) without rowid;

CREATE TABLE lock_request (instance integer primary key, place integer not null, since integer not null, force integer not null);

CREATE TABLE membership (
  user_group text not null references user_group (name) on delete cascade,
  user text not null references user (name),
  primary key (user_group, user)
) without rowid;

CREATE TABLE message (id integer primary key autoincrement, workspace integer not null, name text not null, message_key text, body text not null, at integer not null);

CREATE TABLE name (id integer primary key, text text not null unique);

CREATE TABLE note (user text not null, key text not null, value text not null, updated_at integer not null, primary key (user, key)) without rowid;

CREATE TABLE purged (uuid blob primary key, flow integer not null, version integer not null, status integer not null, title text not null, created integer not null, ended integer not null) without rowid;

CREATE TABLE seen (user integer not null, item integer not null, primary key (user, item)) without rowid;

CREATE TABLE session (hash text primary key, user text not null, csrf text not null, created_at integer not null, expires_at integer not null) without rowid;

CREATE TABLE setting (name text primary key, value text not null) without rowid;

CREATE TABLE snapshot (instance integer primary key, seq integer not null, format integer not null, body text not null);

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE step (
  instance integer not null,
  step integer not null,
  node text not null,
  opened integer not null,
  since integer not null,
  workspace integer not null,
  message text,
  message_key text,
  primary key (instance, step)
) without rowid;

CREATE TABLE suspended (instance integer primary key, since integer not null);

CREATE TABLE tally (
  flow integer not null,
  version integer not null,
  scheduled integer not null,
  queued integer not null,
  running integer not null,
  suspended integer not null,
  cancelling integer not null,
  completed integer not null,
  failed integer not null,
  aborted integer not null,
  incidents integer not null,
  primary key (flow, version)
) without rowid;

CREATE TABLE timer (
  due integer not null,
  instance integer not null,
  step integer not null,
  timeout integer not null,
  primary key (due, instance, step, timeout)
) without rowid;

CREATE TABLE token (id text primary key, hash text not null unique, user text not null, name text not null, created_at integer not null, last_used_at integer, expires_at integer) without rowid;

CREATE TABLE user (name text primary key, display_name text not null, email text, is_active integer not null, created_at integer not null, password_hash text) without rowid;

CREATE TABLE user_group (name text primary key, title text not null) without rowid;

CREATE TABLE user_role (workspace text not null, user text not null references user (name), role text not null, place integer not null, primary key (workspace, user, role)) without rowid;

CREATE TABLE version (
  workspace text not null,
  workflow text not null,
  version integer not null,
  kind text not null,
  hash text not null,
  title text not null,
  note text,
  synced_by text not null,
  synced_at integer not null,
  content text not null,
  source text not null,
  bundle text,
  primary key (workspace, workflow, version)
);

CREATE TABLE work_item (
  id integer primary key,
  instance integer not null,
  step integer not null,
  workspace integer not null,
  status integer not null,
  node text not null,
  title text not null,
  assignee integer,
  candidates text not null,
  excluded text,
  claimed integer,
  due integer not null,
  priority integer not null,
  created integer not null,
  version integer not null,
  comments integer not null,
  initiator integer not null,
  decided_by integer,
  decided integer,
  route text,
  last integer not null
);

CREATE TABLE workspace (id integer primary key, name text not null unique);

CREATE INDEX answer_at on answer (at);

CREATE INDEX batch_row_running on batch_row (batch) where state = 'running';

CREATE INDEX batch_row_state on batch_row (batch, state);

CREATE INDEX batch_running on batch (id) where status = 'running';

CREATE INDEX batch_workspace on batch (workspace, place);

CREATE INDEX blob_use_hash on blob_use (hash);

CREATE INDEX fact_far on fact (instance, seq) where seq > 64;

CREATE INDEX inbox_created on inbox (workspace, owner, shared, item);

CREATE INDEX incident_cause on incident (workspace, cause);

CREATE UNIQUE INDEX incident_step on incident (instance, step);

CREATE INDEX instance_failed on instance (ended) where status = 6;

CREATE INDEX instance_flow on instance (flow);

CREATE INDEX instance_initiator on instance (initiator);

CREATE INDEX instance_locks on instance (id) where locks is not null;

CREATE INDEX instance_parent on instance (parent) where parent is not null;

CREATE INDEX instance_payload on instance (payload) where payload_kind between 1 and 3;

CREATE INDEX instance_status on instance (status) where status <> 5;

CREATE UNIQUE INDEX instance_uuid on instance (uuid);

CREATE INDEX involved_instance on involved (instance);

CREATE INDEX membership_user on membership (user);

CREATE INDEX message_name on message (workspace, name, id);

CREATE INDEX seen_item on seen (item);

CREATE INDEX session_user on session (user);

CREATE INDEX step_message on step (workspace, message, since, step) where message is not null;

CREATE INDEX work_item_done on work_item (workspace, decided_by, decided) where decided_by is not null;

CREATE INDEX work_item_due on work_item (workspace, due) where status = 0;

CREATE INDEX work_item_started on work_item (workspace, initiator, due) where status = 0;

CREATE UNIQUE INDEX work_item_step on work_item (instance, step);
