import { serverCommand } from '../../define-command.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Delete a model; versions in use stay',
  about: 'Deletes the draft and every version that no open instance uses.',
  arguments: [{ brief: 'Id of the model', placeholder: 'MODEL' }],
  run: async (cli, _flags, id) => {
    const client = await cli.client()
    const answer = await client.models.delete(id)
    cli.show(answer, () => {
      const kept = answer.kept.length === 0 ? '' : ` Kept, because open instances use them: ${answer.kept.join(', ')}.`
      return `Deleted ${id}${answer.deleted.length === 0 ? '' : `, versions ${answer.deleted.join(', ')}`}.${kept}`
    })
  },
})
