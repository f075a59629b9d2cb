// The result of a report of an error, told to who was signed in when it was sent (KNO-25).
import { on } from '../../../kernel/events/event.ts'
import { publicReportClosed } from '../../knowledge/index.ts'
import { db } from '../accounts/account.queries.ts'
import { messageTexts } from './messages.zh-CN.ts'
import { tellCitizen } from './tell-citizen.ts'

export const reportNews = [
  on(publicReportClosed, 'intake.messages', async (ctx, e) => {
    const account = await db(ctx).selectFrom('intake_account').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', e.accountId).executeTakeFirst()
    if (account) await tellCitizen(ctx, { accountId: account.id, kind: 'result', title: messageTexts.reportClosed.replace('{number}', () => e.number).replace('{title}', () => e.title).slice(0, 120), text: e.reply, link: '/messages', objectId: `report:${e.id}` })
  }),
]
