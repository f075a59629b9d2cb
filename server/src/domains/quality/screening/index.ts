// Screening of handled cases: a part of inspection.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../../platform/index.ts'
import { listParts, removePart, savePart } from './parts.ts'
import { decideScreened, listScreened } from './pools.ts'
import { runDueScreenings, runScreening, screenCases } from './screen-cases.ts'
import * as contract from './screening-contract.ts'

export const part = definePart({
  routes: [bind(contract.listScreeningParts, listParts), bind(contract.saveScreeningPart, savePart), bind(contract.removeScreeningPart, removePart), bind(contract.runScreening, runScreening), bind(contract.listScreened, listScreened), bind(contract.decideScreened, decideScreened)],
  jobs: [asJob(screenCases)],
  crons: [{ name: 'quality.screening', everySeconds: 3600, run: runDueScreenings }],
  realtime: { 'quality.screening': { may: 'quality.read' } },
})
