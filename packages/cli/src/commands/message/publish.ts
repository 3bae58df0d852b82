import { serverCommand } from '../../define-command.ts'
import { textFlag } from '../../input/flags.ts'
import { jsonOrText } from '../../input/values.ts'
import { answerLine } from '../../instance-command.ts'
import { instanceId } from '../../server/instance-id.ts'

interface Flags {
  readonly key?: string
  readonly body?: string
  readonly instance?: string
}

export const command = serverCommand<Flags, [string]>({
  brief: 'Publish a message to whoever waits for it',
  about: `Where nobody waits for it yet, it is kept by its name and key.

  millrace message publish paid --key A1 --body '{"amount":40}'`,
  flags: {
    key: textFlag('Key, to reach only those who wait for it', 'KEY'),
    body: textFlag('Body: JSON, or a text', 'JSON'),
    instance: textFlag('Send it to this instance only', 'INSTANCE'),
  },
  arguments: [{ brief: 'Name of the message', placeholder: 'NAME' }],
  run: async (cli, { key, body, instance }, name) => {
    const client = await cli.client()
    const message = { name, key, body: body === undefined ? null : jsonOrText(body) }
    if (instance !== undefined) {
      const answer = await client.instances.message(await instanceId(client, instance), message)
      return cli.show(answer, () => answerLine(cli, answer))
    }
    const answer = await client.messages.publish(message)
    cli.show(answer, () => (answer.received === 0 ? `Nobody waits for ${name} yet: it is kept.` : `${answer.received} received ${name}.`))
  },
})
