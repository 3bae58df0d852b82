import { serverCommand } from '../../define-command.ts'
import { bytesText } from '../../output/bytes.ts'

export const command = serverCommand({
  brief: 'Copy everything while work goes on',
  about: 'Into the folder "backups" of the data folder. Put it back with "millrace backup restore".',
  run: async (cli) => {
    const client = await cli.client()
    const backup = await client.backups.create()
    cli.show(backup, () => `${backup.name}  ${bytesText(backup.bytes)}, ${backup.instances} instances`)
  },
})
