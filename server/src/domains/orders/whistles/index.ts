// Whistle and report-in (吹哨报到).
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { blowWhistle, markWhistle, supplementWhistle } from './blow-whistle.ts'
import { listWhistles } from './list-whistles.ts'
import { agreeRelease, correctWhistle, endWhistle, releaseWhistle, reportIn, sweepWhistles } from './report-in.ts'
import * as contract from './whistle-contract.ts'
import { whistleReportIn, whistleUnits } from './whistle.settings.ts'

export { listWhistles } from './list-whistles.ts'
export { dropWhistle } from './report-in.ts'
export { whistleActs } from './list-whistles.ts'
export { whistleSms } from './whistles.zh-CN.ts'

const centre = { 'orders.manageWhistles': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageWhistles': '标注吹哨、补哨与更正' },
  roles: { reviewer: centre, dispatcher: centre, shiftLeader: centre, supervisor: centre },
  settings: [whistleReportIn, whistleUnits],
  crons: [{ name: 'orders.whistles', everySeconds: 60, run: sweepWhistles }],
  routes: [
    bind(contract.markWhistleRoute, markWhistle), bind(contract.blowWhistleRoute, blowWhistle), bind(contract.supplementWhistleRoute, supplementWhistle), bind(contract.reportInRoute, reportIn), bind(contract.agreeReleaseRoute, agreeRelease),
    bind(contract.releaseWhistleRoute, releaseWhistle), bind(contract.correctWhistleRoute, correctWhistle), bind(contract.endWhistleRoute, endWhistle), bind(contract.listWhistlesRoute, listWhistles),
  ],
})
