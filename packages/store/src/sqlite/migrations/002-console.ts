/**
 * What people who decide, watch and repair ask for beside the rows of 001. None of it is written by the common change, a step that runs a task and is done,
 * but the counts of `activity`: one row per workflow and quarter of an hour, however many instances a commit has.
 */
export const CONSOLE = `
-- Who has opened which open item; forgotten when it is assigned anew, comes back or closes.
create table seen (user integer not null, item integer not null, primary key (user, item)) without rowid;
create index seen_item on seen (item);

-- Since when an instance is suspended; only while it is.
create table suspended (instance integer primary key, since integer not null);

-- Failed runs by when they ended: few, and asked for every time an operator looks.
create index instance_failed on instance (ended) where status = 6;

-- What happened in a quarter of an hour: quarters, so that hours and days of every time zone are sums of them. It outlives a purge.
create table activity (
  flow integer not null,
  quarter integer not null,
  started integer not null,
  completed integer not null,
  failed integer not null,
  aborted integer not null,
  incidents integer not null,
  primary key (flow, quarter)
) without rowid;

create table batch (
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
create index batch_workspace on batch (workspace, place);
create index batch_running on batch (id) where status = 'running';
create table batch_row (
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
create index batch_row_state on batch_row (batch, state);
create index batch_row_running on batch_row (batch) where state = 'running';
`
