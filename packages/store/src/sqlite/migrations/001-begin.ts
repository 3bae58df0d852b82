/**
 * The first schema. What decided it:
 * - A one-step instance costs two rows of facts, one row of `instance`, and one entry in each of three indexes. Its state is not written at all: it is the fold
 *   of its facts; a `snapshot` is written only when many facts have come since the last one.
 * - Facts stand in feed order, and each row knows how far back the row before of its instance is. An index by instance would cost every row an entry in a
 *   second tree; only rows beyond the 64th fact have one, so that a long history is paged without walking it.
 * - `workspace` leads: an instance's id is its workspace's number times 2^40 plus a counter, so the primary key lists one workspace in order.
 * - Numbers that are 0 or 1 nearly always (run, busy, incidents, prev) take no byte in SQLite.
 */
export const BEGIN = `
create table workspace (id integer primary key, name text not null unique);
insert into workspace (id, name) values (0, 'default');

-- Users and principals by number: 'ana', 'user:ana', 'group:editors'.
create table name (id integer primary key, text text not null unique);

-- What an instance is of. Status, kind and payload kind are indexes into lists in src/sqlite/codes.ts.
create table flow (id integer primary key, workspace integer not null, workflow text not null, kind integer not null, unique (workspace, workflow, kind));

create table instance (
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
create unique index instance_uuid on instance (uuid);
create index instance_flow on instance (flow);
create index instance_initiator on instance (initiator);
-- All but COMPLETED: what is open, and what ended badly.
create index instance_status on instance (status) where status <> 5;
create index instance_parent on instance (parent) where parent is not null;
create index instance_payload on instance (payload) where payload_kind between 1 and 3;
create index instance_locks on instance (id) where locks is not null;

create table fact (
  position integer primary key,
  instance integer not null,
  seq integer not null,
  prev integer not null,
  at integer not null,
  run integer not null,
  format integer not null,
  body text not null
);
create index fact_far on fact (instance, seq) where seq > 64;

create table snapshot (instance integer primary key, seq integer not null, format integer not null, body text not null);

create table blob (workspace integer not null, hash text not null, body text not null, primary key (workspace, hash));
create table blob_use (instance integer not null, hash text not null, primary key (instance, hash)) without rowid;
create index blob_use_hash on blob_use (hash);

create table work_item (
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
create unique index work_item_step on work_item (instance, step);
create index work_item_due on work_item (workspace, due) where status = 0;
create index work_item_started on work_item (workspace, initiator, due) where status = 0;
create index work_item_done on work_item (workspace, decided_by, decided) where decided_by is not null;

-- Open items by whose inbox they are in. shared = 1: a reader may own several rows of the item, or be excluded from it; who is excluded owns a row as
-- 'excluded:ana'.
create table inbox (
  workspace integer not null,
  owner integer not null,
  shared integer not null,
  due integer not null,
  item integer not null,
  priority integer not null,
  primary key (workspace, owner, shared, due, item)
) without rowid;
create index inbox_created on inbox (workspace, owner, shared, item);
-- How many rows of inbox an owner has: counting 100,000 of them for every glance at a badge would take longer than showing them.
create table inbox_tally (workspace integer not null, owner integer not null, shared integer not null, items integer not null, primary key (workspace, owner, shared)) without rowid;

-- Who may read an instance because they are or were asked about it; its initiator is in its own row.
create table involved (owner integer not null, instance integer not null, primary key (owner, instance)) without rowid;
create index involved_instance on involved (instance);

-- Open steps that rest; work items have their own table, running attempts none.
create table step (
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
create index step_message on step (workspace, message, since, step) where message is not null;

-- timeout -1: the step's own.
create table timer (
  due integer not null,
  instance integer not null,
  step integer not null,
  timeout integer not null,
  primary key (due, instance, step, timeout)
) without rowid;

create table incident (
  workspace integer not null,
  position integer not null,
  step integer not null,
  instance integer not null,
  node text,
  cause text not null,
  error text not null,
  primary key (workspace, position, step)
) without rowid;
create unique index incident_step on incident (instance, step);
create index incident_cause on incident (workspace, cause);

-- Instances that hold or wait for locks, by place in line.
create table lock_request (instance integer primary key, place integer not null, since integer not null, force integer not null);

-- Instances by version and status, and their open incidents.
create table tally (
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

create table message (id integer primary key autoincrement, workspace integer not null, name text not null, message_key text, body text not null, at integer not null);
create index message_name on message (workspace, name, id);

create table answer (
  workspace text not null,
  user text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  answer text not null,
  at integer not null,
  primary key (workspace, user, route, key)
) without rowid;
create index answer_at on answer (at);

-- Changes outside instances, in the same sequence of feed positions as facts.
create table change (position integer primary key, at integer not null, noun text not null, id text not null, workspace text, version integer, changed text not null);

-- One line of an instance that was purged.
create table purged (uuid blob primary key, flow integer not null, version integer not null, status integer not null, title text not null, created integer not null, ended integer not null) without rowid;

create table draft (
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

create table version (
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
-- Highest number ever given, so that none is given twice.
create table last_version (workspace text not null, workflow text not null, version integer not null, primary key (workspace, workflow)) without rowid;
create table bundle (workspace text not null, hash text not null, bytes blob not null, primary key (workspace, hash));

create table user (name text primary key, display_name text not null, email text, is_active integer not null, created_at integer not null, password_hash text) without rowid;
create table user_role (workspace text not null, user text not null references user (name), role text not null, place integer not null, primary key (workspace, user, role)) without rowid;
create table user_group (name text primary key, title text not null) without rowid;
create table membership (
  user_group text not null references user_group (name) on delete cascade,
  user text not null references user (name),
  primary key (user_group, user)
) without rowid;
create index membership_user on membership (user);
create table session (hash text primary key, user text not null, csrf text not null, created_at integer not null, expires_at integer not null) without rowid;
create index session_user on session (user);
create table token (id text primary key, hash text not null unique, user text not null, name text not null, created_at integer not null, last_used_at integer, expires_at integer) without rowid;
create table note (user text not null, key text not null, value text not null, updated_at integer not null, primary key (user, key)) without rowid;

create table setting (name text primary key, value text not null) without rowid;
`
