import { serverCommand } from '../../define-command.ts'
import { type StartFlags, startFlags, startInstance } from '../../start-instance.ts'

export const command = serverCommand<StartFlags, [string]>({
  brief: 'Start an instance of a workflow',
  about: `Starts an instance of a model or a code workflow and says its id, after the server has stored it.

  millrace instance start publish-page --payload /content/home --data reason="New price" --follow
  millrace instance start refund --input '{"orderId":"A1","amount":40}'`,
  flags: startFlags,
  arguments: [{ brief: 'Id of the workflow', placeholder: 'WORKFLOW' }],
  run: (cli, flags, workflow) => startInstance(cli, workflow, flags),
})
