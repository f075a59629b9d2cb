// Users and units of an outside directory: taken over by runs with a report and a dry run, and given to others (PLA-08).
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { decideConflict, giveSnapshot, listConflicts, listRuns } from './keep-sync.ts'
import { listSources, pullCrons, pullJob, pullSource, removeSource, saveSource } from './pull-sources.ts'
import { removalShare, runSync } from './run-sync.ts'
import { syncErrors } from './sync.errors.ts'

export const part = definePart({
  permissions: { 'platform.syncDirectory': '同步机构和用户', 'platform.readDirectory': '读取机构和用户（供外部目录）' },
  roles: { tenantAdmin: { 'platform.syncDirectory': 'tenant', 'platform.readDirectory': 'tenant' } },
  errors: syncErrors,
  settings: [removalShare],
  jobs: [asJob(pullJob)],
  crons: pullCrons,
  routes: [bind(contract.runSync, runSync), bind(contract.listRuns, listRuns), bind(contract.listConflicts, listConflicts), bind(contract.decideConflict, decideConflict), bind(contract.giveSnapshot, giveSnapshot), bind(contract.listSources, listSources), bind(contract.saveSource, saveSource), bind(contract.removeSource, removeSource), bind(contract.pullSource, pullSource)],
})
