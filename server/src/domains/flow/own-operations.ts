// Operations that the flow domain itself offers to service tasks.
import { notify } from '../platform/index.ts'
import { openTokens } from './flow.queries.ts'
import { tellDeciders } from './handlers.ts'
import type { FlowOperation } from './operations.ts'

export const ownOperations: FlowOperation[] = [
  {
    name: 'flow.remind', label: '再次提醒当前审批人',
    async run(ctx, call) {
      const open = await openTokens(ctx, [call.instanceId])
      await tellDeciders(ctx, { instanceId: call.instanceId, tokenIds: open.map((token) => token.id) })
    },
  },
  {
    name: 'flow.tellApplicant', label: '通知申请人', takes: [{ name: 'text', label: '内容', type: 'text' }],
    async run(ctx, call) {
      if (!call.applicantId) return
      await notify(ctx, {
        type: 'approval.result', to: { userIds: [call.applicantId] }, title: `审批进展：${call.title}`, text: String(call.input.text ?? ''), ...(call.link ? { link: call.link } : {}), objectType: call.objectType, objectId: call.objectId, level: 'P3',
      })
    },
  },
]
