// Notices (PLA-27): kinds, audience by unit and role, period, must-read, who has read.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { fileAccess } from '../attachments/index.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { listManagedNotices, listNotices, mayOpenNoticeFile, noticeErrors, noticeReaders, publishNotice, readNotice, withdrawNotice } from './notices.ts'

export const part = definePart({
  permissions: { 'platform.manageNotices': '发布通知公告' },
  roles: { tenantAdmin: { 'platform.manageNotices': 'tenant' }, businessAdmin: { 'platform.manageNotices': 'tenant' }, shiftLeader: { 'platform.manageNotices': 'tenant' }, supervisor: { 'platform.manageNotices': 'tenant' } },
  routes: [
    bind(contract.listNotices, listNotices),
    bind(contract.readNotice, readNotice),
    bind(contract.listManagedNotices, listManagedNotices),
    bind(contract.publishNotice, publishNotice),
    bind(contract.withdrawNotice, withdrawNotice),
    bind(contract.noticeReaders, noticeReaders),
  ],
  realtime: { 'home.notices': { may: '' } },
  implements: [implement(fileAccess, mayOpenNoticeFile)],
  errors: noticeErrors,
})
