// What a centre finds ready: a menu, queues with their seats, extensions, a survey, one service number. Made by the same use-cases as by hand.
import type { Ctx } from '../../kernel/ctx.ts'
import { usersOf } from '../platform/index.ts'
import { markPolicy } from './engine/publish.ts'
import { endNode, fromTemplate, queueNode, voicemailNode } from './flows/flow-templates.zh-CN.ts'
import { addFlow, storeVersion } from './flows/keep-flows.ts'
import { addExtension } from './lines/keep-extensions.ts'
import { addNumber } from './lines/keep-numbers.ts'
import { addQueue, openQueue, setMembers } from './queues/keep-queues.ts'
import { addSkill } from './queues/keep-skills.ts'

/** Welcome, one menu of three, a queue for each; 0 reaches a person from everywhere. */
function inboundFlow(queues: { general: string; enterprise: string }) {
  return {
    start: 'welcome', person: 'general',
    nodes: {
      welcome: { kind: 'play', name: '欢迎语', say: [{ kind: 'text', text: '您好，欢迎致电一二三四五政务服务便民热线。' }], interruptible: true, next: 'menu', at: { x: 160, y: 120 } },
      menu: {
        kind: 'menu', name: '主菜单', say: [{ kind: 'text', text: '反映问题请按一，政策咨询请按二，企业服务请按三，人工服务请按零。' }], repeatChoice: false, at: { x: 350, y: 120 },
        choices: { '1': { label: '反映问题', next: 'general' }, '2': { label: '政策咨询', next: 'general' }, '3': { label: '企业服务', next: 'enterprise' } },
      },
      general: queueNode('综合受理', queues.general, { x: 560, y: 60 }),
      enterprise: queueNode('企业服务', queues.enterprise, { x: 560, y: 200 }),
      busy: voicemailNode('请留言', queues.general, '座席全忙，', { x: 770, y: 130 }),
      bye: endNode('感谢您的来电，再见。', { x: 940, y: 130 }),
    },
  }
}

/** Once for a tenant without queues. `number`: its service number, where it has one of its own. */
export async function seedTelephony(ctx: Ctx, options: { number: string | null }): Promise<void> {
  const surveyFlow = fromTemplate('survey', { queue: '', box: '' })
  const survey = await addFlow(ctx, { code: 'survey', name: '来电满意度评价', use: 'survey', draft: surveyFlow })
  await storeVersion(ctx, { ...survey }, surveyFlow, '随产品提供')
  const seats = await usersOf(ctx, { permission: 'telephony.desk' })
  const leaders = await usersOf(ctx, { permission: 'telephony.force' })
  const made = async (code: string, name: string, service: string, members: { id: string }[]): Promise<string> => {
    const queue = await addQueue(ctx, { code, name, service, surveyFlowId: survey.id, voicemail: true })
    if (members.length > 0) await setMembers(ctx, { id: queue.id, members: members.map((m, i) => ({ userId: m.id, tier: i + 1 })) })
    await openQueue(ctx, { id: queue.id, open: true })
    return queue.id
  }
  const queues = { general: await made('general', '综合受理', '综合受理', seats), enterprise: await made('enterprise', '企业服务', '企业服务', seats), leader: await made('leader', '值班长席', '疑难专席', leaders) }
  const graph = inboundFlow(queues)
  const flow = await addFlow(ctx, { code: 'inbound', name: '热线来电导航', use: 'inbound', draft: graph })
  await storeVersion(ctx, { ...flow }, graph, '随产品提供')
  for (const [index, seat] of seats.entries()) await addExtension(ctx, { extension: String(1001 + index), unitId: null, kind: 'browser', userId: seat.id, enabled: true })
  const city = await addSkill(ctx, { parentId: null, code: 'city', name: '城市管理' })
  await addSkill(ctx, { parentId: city.id, code: 'city-heat', name: '供热' })
  const people = await addSkill(ctx, { parentId: null, code: 'people', name: '社会保障' })
  await addSkill(ctx, { parentId: people.id, code: 'people-medical', name: '医疗保险' })
  // Not by the event: behind the events of a whole city the first caller would find no seat.
  await markPolicy(ctx)
  if (options.number) await addNumber(ctx, { number: options.number, name: '热线', unitId: null, flowId: flow.id, queueId: null, shownNumber: options.number, enabled: true })
}
