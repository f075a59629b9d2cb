// Intake: every way in but the telephone call, and what people see of their appeals.
import { resolveSubject } from '../../kernel/auth/sessions.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { definePart, fileAccess, joinParts } from '../platform/index.ts'
import { resolveCitizen } from './accounts/citizen-session.ts'
import { part as assist } from './assist/index.ts'
import { part as chat } from './chat/index.ts'
import { part as collected } from './collected/index.ts'
import { part as enterprises } from './enterprises/index.ts'
import { part as enterpriseForms } from './enterprise-forms/index.ts'
import { appealSubmitted, orderRated } from './events.ts'
import { part as identities } from './identities/index.ts'
import { intakeFail } from './intake.errors.ts'
import { part as messages } from './messages/index.ts'
import { mayOpenOwnFile } from './own/own-files.ts'
import { part as points } from './points/index.ts'
import { part as prepaid } from './prepaid/index.ts'
import { part as questions } from './questions/index.ts'
import { part as publications } from './publications/index.ts'
import { part as qr } from './qr/index.ts'
import { part as robot } from './robot/index.ts'
import { routes } from './routes.ts'
import { intakeSettings } from './settings.ts'
import { part as statistics } from './statistics/index.ts'
import { part as surveys } from './surveys/index.ts'
import { forgetTries } from './throttle.ts'
import { part as webCall } from './web-call/index.ts'

const base = definePart({
  permissions: { 'intake.desk': '全媒体受理', 'intake.releaseOthers': '释放他人提取的诉求', 'intake.channels': '维护受理渠道', 'intake.accounts': '管理公众账号' },
  roles: {
    agent: { 'intake.desk': 'tenant' },
    shiftLeader: { 'intake.desk': 'tenant', 'intake.releaseOthers': 'tenant' },
    reviewer: { 'intake.desk': 'tenant' },
    businessAdmin: { 'intake.channels': 'tenant', 'intake.accounts': 'tenant' },
    tenantAdmin: { 'intake.channels': 'tenant', 'intake.accounts': 'tenant' },
  },
  routes,
  events: { publishes: [appealSubmitted, orderRated] },
  crons: [{ name: 'intake.forgetTries', everySeconds: 600, run: forgetTries }],
  realtime: { 'desk.channels': { may: 'intake.desk' } },
  settings: intakeSettings,
  implements: [implement(resolveSubject, resolveCitizen), implement(fileAccess, mayOpenOwnFile)],
})

export const intake = defineModule({ name: 'intake', tables: 'intake_', dependsOn: ['platform', 'forms', 'matters', 'ai', 'knowledge', 'orders', 'telephony'], ...joinParts([base, collected, identities, chat, messages, qr, publications, questions, robot, assist, enterprises, enterpriseForms, prepaid, points, surveys, statistics, webCall]), errors: intakeFail })
