import { serverCommand } from '../../define-command.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Revoke an API token',
  about: 'It stops working at once, also for open event streams.',
  arguments: [{ brief: 'Id of the token ("millrace token list")', placeholder: 'TOKEN' }],
  run: async (cli, _flags, id) => {
    const client = await cli.client()
    await client.tokens.delete(id)
    cli.show({ deleted: id }, () => `Revoked token ${id}.`)
  },
})
