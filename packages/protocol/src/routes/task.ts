import { z } from 'zod'
import { TaskInfo } from '../operate.ts'
import { defineRoute } from './route.ts'

export const tasks = {
  list: defineRoute({
    method: 'GET',
    path: '/tasks',
    noun: 'task',
    summary: 'List the tasks that nodes and code may run',
    access: 'staff',
    answers: { 200: z.object({ items: z.array(TaskInfo), asOf: z.number().int() }) },
  }),
  get: defineRoute({
    method: 'GET',
    path: '/tasks/:name',
    noun: 'task',
    summary: 'Get a task with the schemas of its input and output',
    access: 'staff',
    params: z.object({ name: z.string() }),
    answers: { 200: TaskInfo },
  }),
} as const
