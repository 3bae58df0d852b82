import { serverCommand } from '../define-command.ts'
import { lines } from '../output/lines.ts'
import { findServer } from '../server/find-server.ts'

export const command = serverCommand({
  brief: 'Say who you are, and where',
  run: async (cli, flags) => {
    const [{ url, profile }, client] = [await findServer(cli.terminal, flags), await cli.client()]
    const me = await client.me.get()
    cli.show({ ...me, url, profile }, () =>
      lines(cli.style, [
        ['User', me.displayName === me.user ? me.user : `${me.user} (${me.displayName})`],
        ['Roles', me.roles.join(', ')],
        ['Groups', me.groups.join(', ')],
        ['Server', url],
        ['Profile', profile],
        ['Workspace', me.workspace],
        ['Acting', me.actingAdministrator === undefined ? undefined : `${me.actingAdministrator} acts for ${me.user}`],
      ]),
    )
  },
})
