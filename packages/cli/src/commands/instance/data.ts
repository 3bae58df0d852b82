import { serverCommand } from '../../define-command.ts'
import { valuesOf } from '../../input/values.ts'
import { answerLine } from '../../instance-command.ts'
import { instanceId } from '../../server/instance-id.ts'

export const command = serverCommand<object, string[]>({
  brief: 'Show or change the data of an instance',
  about: `Without values: prints the data as JSON. With values: replaces those of the same name.

  millrace instance data 4b7c21d0 reason="New price" amount=10`,
  arguments: { many: { brief: 'Id of the instance, then name=value …', placeholder: 'INSTANCE [NAME=VALUE]' }, minimum: 1 },
  run: async (cli, _flags, given = '', ...values) => {
    const client = await cli.client()
    const id = await instanceId(client, given)
    if (values.length === 0) {
      const { data } = await client.instances.get(id)
      return cli.show(data, () => JSON.stringify(data, undefined, 2))
    }
    const answer = await client.instances.changeData(id, valuesOf(values))
    cli.show(answer, () => answerLine(cli, answer))
  },
})
