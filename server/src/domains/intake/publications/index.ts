// What the centre publishes (INT-20): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, fileAccess } from '../../platform/index.ts'
import { draftBatch } from './batch-of-results.ts'
import { addPublication, changePublication, draftFromOrder, getPublication, listPublications, publishDue, redactText, reviewPublication, submitPublication, withdrawPublication } from './edit-publications.ts'
import * as contract from './publication-contract.ts'
import { keep, mayOpenPublicationFile, publicList, publicOne } from './read-publications.ts'
import { pushPublications, tellManyJob } from './tell-many.ts'

const editor = { 'intake.publish': 'tenant' } as const

export const part = definePart({
  permissions: { 'intake.publish': '编辑公众内容', 'intake.publishReview': '审核公众内容' },
  roles: { reviewer: editor, matterManager: editor, shiftLeader: editor, businessAdmin: { ...editor, 'intake.publishReview': 'tenant' }, tenantAdmin: { ...editor, 'intake.publishReview': 'tenant' } },
  routes: [
    bind(contract.listPublications, listPublications),
    bind(contract.redactText, redactText),
    bind(contract.draftFromOrder, draftFromOrder),
    bind(contract.draftBatch, draftBatch),
    bind(contract.pushPublications, pushPublications),
    bind(contract.getPublication, getPublication),
    bind(contract.addPublication, addPublication),
    bind(contract.changePublication, changePublication),
    bind(contract.submitPublication, submitPublication),
    bind(contract.reviewPublication, reviewPublication),
    bind(contract.withdrawPublication, withdrawPublication),
    bind(contract.publicPublications, publicList),
    bind(contract.publicPublication, publicOne),
    bind(contract.keepPublication, keep),
  ],
  jobs: [asJob(tellManyJob)],
  crons: [{ name: 'intake.publishDue', everySeconds: 60, run: publishDue }],
  implements: [implement(fileAccess, mayOpenPublicationFile)],
})
