import { CliError } from '../../cli-error.ts'
import { serverCommand } from '../../define-command.ts'
import { plain } from '../../output/plain.ts'

export const command = serverCommand<object, [string, string?, string?]>({
  brief: 'Show what differs between two versions',
  about: `By node, not by line of text. FROM and TO are version numbers or "draft".

  millrace model diff publish-page          the newest version and the draft
  millrace model diff publish-page 3 5`,
  arguments: [
    { brief: 'Id of the model', placeholder: 'MODEL' },
    { brief: 'Earlier version (default: the newest)', placeholder: 'FROM', optional: true },
    { brief: 'Later version (default: the draft)', placeholder: 'TO', optional: true },
  ],
  run: async (cli, _flags, id, from, to) => {
    const client = await cli.client()
    const answer = await client.models.diff(id, { from: side(from), to: side(to) })
    cli.show(answer, () => {
      if (answer.changes.length === 0) return cli.style.dim(`${answer.from} and ${answer.to} are the same.`)
      return answer.changes.map((change) => plain(changeText(change))).join('\n')
    })
  },
})

const side = (given: string | undefined): number | 'draft' | undefined => {
  if (given === undefined || given === 'draft') return given
  const version = Number(given)
  if (Number.isInteger(version) && version > 0) return version
  throw new CliError('USAGE', `"${given}" is no version. Write a number, or draft.`)
}

/** A change says itself where it can; one of a newer server is shown as it came. */
const changeText = (change: unknown): string => {
  const { message } = (change ?? {}) as { readonly message?: unknown }
  return typeof message === 'string' ? message : JSON.stringify(change)
}
