import { z } from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { Group, SaveGroup } from '../people.ts'
import { defineRoute } from './route.ts'

const params = z.object({ name: z.string() })

export const groups = {
  list: defineRoute({
    method: 'GET',
    path: '/groups',
    noun: 'group',
    summary: 'List groups with their members',
    access: 'staff',
    query: PageQuery.strict(),
    answers: { 200: pageOf(Group) },
  }),
  get: defineRoute({
    method: 'GET',
    path: '/groups/:name',
    noun: 'group',
    summary: 'Get a group',
    access: 'staff',
    params,
    answers: { 200: Group },
  }),
  save: defineRoute({
    method: 'PUT',
    path: '/groups/:name',
    noun: 'group',
    summary: 'Create a group, or replace its title and members',
    access: 'administrator',
    params,
    body: SaveGroup,
    answers: { 200: Group },
  }),
  delete: defineRoute({
    method: 'DELETE',
    path: '/groups/:name',
    noun: 'group',
    summary: 'Delete a group',
    description: 'Open work items keep naming it; doctor then lists them as waiting for nobody.',
    access: 'administrator',
    params,
    answers: { 204: null },
    repeat: 'kept',
  }),
} as const
