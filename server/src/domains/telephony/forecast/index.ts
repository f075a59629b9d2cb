// Forecast of calls and of the seats they need: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, messageTypes } from '../../platform/index.ts'
import * as contract from './forecast-contract.ts'
import { forecastDay, forecastNow, queueCurve } from './foresee.ts'
import { keepSnapshots, keepVolumes } from './keep-volumes.ts'

const messages = [{ code: 'telephony.surge', name: '来电突增', module: 'telephony', duty: true as const, sample: { title: '“综合受理”来电突增' } }]

export const part = definePart({
  routes: [bind(contract.forecastNow, forecastNow), bind(contract.forecastDay, forecastDay), bind(contract.queueCurve, queueCurve)],
  crons: [{ name: 'telephony.volumes', everySeconds: 120, run: keepVolumes }, { name: 'telephony.snapshots', everySeconds: 60, run: keepSnapshots }],
  implements: [implement(messageTypes, () => messages)],
})
