// Dial tasks: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, messageTypes } from '../../platform/index.ts'
import { placeDialTasks } from './place-tasks.ts'
import { dialRates, listDialTasks, showDialTask } from './read-tasks.ts'
import { dialRobots, dialRobotTask } from './robot-tasks.ts'
import * as contract from './task-contract.ts'
import { changeDialTask, dialTask, nextDialTask, releaseDialTask, returnForgottenTasks, wrongNumber } from './work-tasks.ts'

export const part = definePart({
  permissions: { 'telephony.dialTasks': '管理外呼任务' },
  roles: { shiftLeader: { 'telephony.dialTasks': 'tenant' }, businessAdmin: { 'telephony.dialTasks': 'tenant' } },
  routes: [
    bind(contract.listDialTasks, listDialTasks), bind(contract.showDialTask, showDialTask), bind(contract.nextDialTask, nextDialTask), bind(contract.dialTask, dialTask), bind(contract.releaseDialTask, releaseDialTask), bind(contract.wrongNumber, wrongNumber), bind(contract.placeDialTasks, placeDialTasks), bind(contract.changeDialTask, changeDialTask), bind(contract.dialRates, dialRates),
  ],
  jobs: [asJob(dialRobotTask)],
  crons: [{ name: 'telephony.dialRobots', everySeconds: 5, run: dialRobots }, { name: 'telephony.returnForgottenTasks', everySeconds: 60, run: returnForgottenTasks }],
  realtime: { 'telephony.dialTasks': { may: 'telephony.dial' } },
  implements: [implement(messageTypes, () => [{ code: 'telephony.wrongNumber', name: '联系号码有误', module: 'telephony', sample: { title: '工单的联系号码有误，请核实' } }])],
})
