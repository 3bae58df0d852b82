import { serverCommand } from '../../define-command.ts'
import { lines } from '../../output/lines.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Show the arguments and result of a task',
  arguments: [{ brief: 'Name of the task', placeholder: 'TASK' }],
  run: async (cli, _flags, name) => {
    const client = await cli.client()
    const task = await client.tasks.get(name)
    cli.show(task, () => {
      const head = lines(cli.style, [
        ['Task', task.name],
        ['Title', task.title],
        ['About', task.description],
        ['Plugin', task.plugin],
      ])
      const schema = (title: string, value: unknown): string =>
        value === undefined ? '' : `\n\n${cli.style.dim(title)}\n${JSON.stringify(value, undefined, 2)}`
      return `${head}${schema('Input', task.input)}${schema('Output', task.output)}`
    })
  },
})
