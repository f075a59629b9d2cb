// What a centre finds ready: a menu, queues with their seats, extensions, a survey, one service number. Made by the same use-cases as by hand.
import type { Ctx } from '../../kernel/ctx.ts'
import { usersOf } from '../platform/index.ts'
import { markPolicy } from './engine/publish.ts'
import { addFlow, storeVersion } from './flows/keep-flows.ts'
import { addExtension } from './lines/keep-extensions.ts'
import { addNumber } from './lines/keep-numbers.ts'
import { addQueue, openQueue, setMembers } from './queues/keep-queues.ts'
import { addSkill } from './queues/keep-skills.ts'

type Node = Record<string, unknown> & { kind: string; name: string; at: { x: number; y: number } }
const say = (text: string) => [{ kind: 'text', text }]

/** Welcome, one menu of three, a queue for each; 0 reaches a person from everywhere. */
function inboundFlow(queues: { general: string; enterprise: string; leader: string }): { start: string; person: string; nodes: Record<string, Node> } {
  const waits = (name: string, queue: string, x: number, y: number): Node => ({ kind: 'queue', name, queue, timeoutSeconds: 1800, full: 'busy', noAgents: 'busy', timeout: 'busy', at: { x, y } })
  return {
    start: 'welcome', person: 'general',
    nodes: {
      welcome: { kind: 'play', name: '欢迎语', say: say('您好，欢迎致电一二三四五政务服务便民热线。'), interruptible: true, next: 'menu', at: { x: 160, y: 120 } },
      menu: {
        kind: 'menu', name: '主菜单', say: say('反映问题请按一，政策咨询请按二，企业服务请按三，人工服务请按零。'), repeatChoice: false, at: { x: 400, y: 120 },
        choices: { '1': { label: '反映问题', next: 'general' }, '2': { label: '政策咨询', next: 'general' }, '3': { label: '企业服务', next: 'enterprise' } },
      },
      general: waits('综合受理', queues.general, 680, 80),
      enterprise: waits('企业服务', queues.enterprise, 680, 220),
      busy: { kind: 'voicemail', name: '请留言', box: queues.general, say: say('座席全忙，请在提示音后留言，我们会尽快给您回电，按井号键结束。'), maxSeconds: 120, next: 'bye', at: { x: 940, y: 150 } },
      bye: { kind: 'end', name: '结束', say: say('感谢您的来电，再见。'), cause: 'normal', at: { x: 1160, y: 150 } },
    },
  }
}

const surveyFlow: { start: string; nodes: Record<string, Node> } = {
  start: 'ask',
  nodes: {
    ask: { kind: 'rate', name: '满意度', say: say('请对本次服务评价，满意请按一，基本满意请按二，不满意请按三。'), key: 'satisfied', from: 1, to: 3, tries: 2, next: 'thanks', none: 'thanks', at: { x: 180, y: 120 } },
    thanks: { kind: 'end', name: '致谢', say: say('感谢您的评价，再见。'), cause: 'normal', at: { x: 440, y: 120 } },
  },
}

/** Once for a tenant without queues. `number`: its service number, where it has one of its own. */
export async function seedTelephony(ctx: Ctx, options: { number: string | null }): Promise<void> {
  const survey = await addFlow(ctx, { code: 'survey', name: '来电满意度评价', use: 'survey', draft: surveyFlow as never })
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
  const flow = await addFlow(ctx, { code: 'inbound', name: '热线来电导航', use: 'inbound', draft: graph as never })
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
