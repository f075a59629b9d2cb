// Telephony: policy, desks, call log, recordings. The exchange decides about calls; this domain edits what it goes by and keeps what it tells.
import { on } from '../../kernel/events/event.ts'
import { defineModule } from '../../kernel/module.ts'
import { lineChanged } from '../orders/index.ts'
import { calendarChanged, definePart, joinParts, settingChanged, userChanged } from '../platform/index.ts'
import { part as calls } from './calls/index.ts'
import { part as desk } from './desk/index.ts'
import { projectAgain } from './engine/project-again.ts'
import { lookAtPolicy, markPolicy } from './engine/publish.ts'
import { startExchange } from './engine/start-exchange.ts'
import { callEnded, dialTaskEnded, policyChanged } from './events.ts'
import { part as entry } from './entry/index.ts'
import { part as flows } from './flows/index.ts'
import { part as forecast } from './forecast/index.ts'
import { part as lines } from './lines/index.ts'
import { part as lists } from './lists/index.ts'
import { part as monitoring } from './monitoring/index.ts'
import { part as prompts } from './prompts/index.ts'
import { part as queues } from './queues/index.ts'
import { part as recordings } from './recordings/index.ts'
import { telephonySettings } from './settings.ts'
import { part as tasks } from './tasks/index.ts'
import { part as transcripts } from './transcripts/index.ts'
import { telephonyFail } from './telephony.errors.ts'

const base = definePart({
  settings: telephonySettings,
  events: { publishes: [policyChanged, callEnded, dialTaskEnded], handles: [on(policyChanged, 'telephony.policy', markPolicy), on(settingChanged, 'telephony.settings', lookAtPolicy), on(calendarChanged, 'telephony.calendar', lookAtPolicy), on(userChanged, 'telephony.users', lookAtPolicy), on(lineChanged, 'telephony.hotlines', lookAtPolicy)] },
  crons: [{ name: 'telephony.lookAtPolicy', everySeconds: 60, run: lookAtPolicy }, { name: 'telephony.projectAgain', everySeconds: 60, run: projectAgain }],
})

export const telephony = defineModule({
  name: 'telephony', tables: 'telephony_', dependsOn: ['platform', 'flow', 'orders'], ...joinParts([base, lines, lists, prompts, queues, flows, desk, calls, recordings, transcripts, tasks, monitoring, forecast, entry]), errors: telephonyFail, start: startExchange,
})
