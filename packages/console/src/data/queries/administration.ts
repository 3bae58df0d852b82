import type { Client } from '@millrace/client'
import { queryOptions } from '@tanstack/react-query'

/** Rows of one answer; more people than this are found by searching. */
const MOST_ROWS = 500

export const userList = (client: Client, search: string | undefined) =>
  queryOptions({
    queryKey: ['user', 'list', { search }],
    queryFn: ({ signal }) => client.users.list({ limit: MOST_ROWS, ...(search === undefined ? {} : { search }) }, { signal }),
    placeholderData: (before) => before,
  })

export const groupList = (client: Client) =>
  queryOptions({ queryKey: ['group', 'list', {}], queryFn: ({ signal }) => client.groups.list({ limit: MOST_ROWS }, { signal }) })

/** @param user name, `*` for everybody (administrators), absent for one's own. */
export const tokenList = (client: Client, user: string | undefined) =>
  queryOptions({
    queryKey: ['token', 'list', { user }],
    queryFn: ({ signal }) => client.tokens.list({ limit: MOST_ROWS, ...(user === undefined ? {} : { user }) }, { signal }),
  })
