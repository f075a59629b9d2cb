// Drafts: unfinished registration forms with their backups.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { deleteDraft, dropOldDrafts } from './discard-draft.ts'
import * as contract from './draft-contract.ts'
import { draftFail } from './draft.errors.ts'
import { backupKeep } from './draft.settings.ts'
import { getDraft, listDrafts } from './read-drafts.ts'
import { restoreDraft, saveDraft } from './save-draft.ts'

export { discardDraft } from './discard-draft.ts'
export { isForeignDraft, unfinishedDrafts } from './read-drafts.ts'

export const part = definePart({
  permissions: { 'orders.draftsOfOthers': '查看他人的登记草稿' },
  roles: { shiftLeader: { 'orders.draftsOfOthers': 'tenant' } },
  settings: [backupKeep],
  crons: [{ name: 'orders.oldDrafts', everySeconds: 3600, run: dropOldDrafts }],
  errors: draftFail,
  routes: [
    bind(contract.listDraftsRoute, listDrafts),
    bind(contract.getDraftRoute, getDraft),
    bind(contract.saveDraftRoute, saveDraft),
    bind(contract.restoreDraftRoute, restoreDraft),
    bind(contract.deleteDraftRoute, deleteDraft),
  ],
})
