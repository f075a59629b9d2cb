/** Short texts of dispatchers, units, reviewers and callback agents. */
import type { DemoAppeal } from './appeal.ts'
import { isWorks, selfName } from './feedback.ts'
import { matterOfCode } from '../matters/index.ts'
import type { Rng } from '../rng.ts'
import { unitOf } from '../units.ts'
import { createSlots } from './slots.ts'
import { render } from './template.ts'

/** 澜川市住房和城乡建设局 → 市住房和城乡建设局: as colleagues write it. */
const shortName = (unitCode: string) => unitOf(unitCode).name.replace(/^澜川市/, '市')
const say = (rng: Rng, templates: readonly string[], slots: Record<string, string> = {}) =>
  render(rng.pick(templates), rng, (name) => {
    const value = slots[name]
    if (value === undefined) throw new Error(`no slot "${name}"`)
    return value
  })

/** What the dispatcher tells a unit. */
export function generateDispatchOpinion(rng: Rng, request: { appeal: DemoAppeal; unitCode: string; role?: 'lead' | 'assist' | 'parallel' }): string {
  const { appeal, role = 'lead' } = request
  const slots = { unit: shortName(request.unitCode), place: appeal.place.street, basis: matterOfCode(appeal.matterCode).name }
  if (role === 'assist') {
    return say(rng, ['请{unit}协助主办单位核查处理，并将配合情况按时反馈。', '该诉求涉及多部门职责，请{unit}派员配合主办单位到现场处置。', '请配合主办单位做好现场核实和群众解释工作。'], slots)
  }
  if (appeal.urgency !== 'normal') {
    return say(rng, ['情况紧急，请{unit}立即派人到现场处置，两小时内联系诉求人并反馈。', '该单为紧急工单，请第一时间处置，处置情况先电话报告中心。', '请{unit}立即核实处理，消除安全隐患，有重大情况及时上报。'], slots)
  }
  if (appeal.type === 'consultation') {
    return say(rng, ['请{unit}直接电话答复诉求人，并在系统中录入答复内容。', '转{unit}解答政策，请给出依据。', '请{unit}按规定答复，一个工作日内反馈。'], slots)
  }
  if (appeal.type === 'praise') return say(rng, ['转{unit}知悉，并转达当事人。', '请{unit}核实后转达表扬。'], slots)
  if (appeal.type === 'suggestion') return say(rng, ['转{unit}研究，请将意见反馈诉求人。', '请{unit}认真研究群众建议，反馈采纳情况。'], slots)
  const onTheSpot = ['请{unit}到{place}现场核查，依法依规处理，留存现场照片。', '请{unit}按办结标准处理，反馈时附处置前后照片。']
  return say(rng, [
    ...(isWorks(appeal.matterCode) ? onTheSpot : ['请{unit}调查核实，向诉求人说明依据和结果。']),
    '请{unit}核实处理，并将结果回复诉求人。',
    '依据职责清单“{basis}”派{unit}主办，请在时限内办理并反馈。',
    '转{unit}办理，办理前请先联系诉求人了解详细情况。',
    '请{unit}阅处。',
    '诉求人要求电话回复，请{unit}办理后直接告知诉求人。',
    '该类问题近期反映较多，请{unit}认真核查，举一反三。',
  ], slots)
}

export type ReturnKind = '非职责' | '已处理' | '内容不清'

/** Why a unit wants to give an assignment back; names the unit it belongs to where one is given. */
export function generateReturnReason(rng: Rng, request: { appeal: DemoAppeal; unitCode: string; kind?: ReturnKind; otherUnitCode?: string }): { kind: ReturnKind; text: string } {
  const kind = request.kind ?? rng.weighted(['非职责', '非职责', '非职责', '内容不清', '已处理'] as const, () => 1)
  const slots = {
    self: selfName(unitOf(request.unitCode)),
    other: request.otherUnitCode ? shortName(request.otherUnitCode) : '其他责任单位',
    matter: matterOfCode(request.appeal.matterCode).name,
    place: request.appeal.place.spot,
  }
  const templates: Record<ReturnKind, string[]> = {
    非职责: [
      '经现场核实，诉求地点不在{self}管辖范围内，根据职责清单应由{other}办理，申请退回。',
      '经核，“{matter}”不属于{self}职责，相关事权在{other}，请重新派发。',
      ...(isWorks(request.appeal.matterCode)
        ? ['该处设施未移交{self}管理，目前由{other}负责维护，申请退回改派。']
        : ['诉求所涉事项由{other}审批和监管，{self}无处理权限，已向诉求人说明，请予退回。']),
    ],
    已处理: [
      '同一诉求人就同一问题已有在办工单，{self}正在办理，申请退回本单。',
      '该问题{self}已于上周处理完毕并回复诉求人，诉求人表示认可，申请退回。',
      '经电话联系，诉求人表示问题已自行解决，不需要再办理，申请退回。',
    ],
    内容不清: [
      '工单未写明具体楼栋和门牌，拨打诉求人电话两次无人接听，无法确定位置，申请退回补充。',
      '工单反映内容与诉求人电话所述不一致，请补充核实诉求后再派发。',
      '未注明涉事商户名称，{place}沿街同类店铺较多，请补充信息。',
      '工单包含两个不同部门的诉求，请拆分后分别派发。',
    ],
  }
  return { kind, text: say(rng, templates[kind], slots) }
}

/** Why a unit asks for a later deadline. */
export function generateExtensionReason(rng: Rng, request: { unitCode: string; appeal?: DemoAppeal }): string {
  const works = ['现场核查后需采购专用配件，供货周期约{5-8}天，申请延长办理时限。', '因连日降雨无法开挖施工，天气好转后立即组织施工，申请延时{3-5}个工作日。']
  return say(rng, [
    ...(request.appeal && isWorks(request.appeal.matterCode) ? works : []),
    '该问题涉及多个部门，{self}已牵头召开协调会，方案需报批，申请延时。',
    '双方当事人约定下周二调解，调解结束后方可反馈，申请延长办理时限。',
    '需委托第三方机构检测，检测报告预计{4-7}个工作日出具，申请延时。',
    '涉事企业负责人在外地，已约定{3-6}日后到场接受调查，申请延时。',
    '整改通知书已送达，整改期限为七日，需复查后办结，申请延时至复查完成。',
    '需调取历史档案核对，档案部门回复还需{3-5}个工作日，申请延时。',
  ], { self: selfName(unitOf(request.unitCode)) })
}

export interface DemoCallback {
  reached: boolean
  contacted: 'yes' | 'no' | 'notStated'
  solved: 'yes' | 'partly' | 'no' | 'notStated'
  satisfied: 'yes' | 'no' | 'notStated'
  opinion: string
}

const callbackOpinions = {
  good: [
    '诉求人表示工作人员已联系，问题已解决，对处理结果满意。', '诉求人表示满意，感谢热线。', '诉求人称单位办得很快，态度也好，非常满意。',
    '诉求人表示问题已解决，没有其他意见。', '诉求人表示单位上门处理，说得也清楚，满意。', '诉求人家属接听，确认问题已解决，表示满意。',
    '诉求人表示这次解决得彻底，希望保持。',
  ],
  partly: [
    '诉求人表示单位已联系，问题解决了一部分，希望继续处理完。', '诉求人称现场好了一些，担心过几天又反弹，基本满意。', '诉求人表示临时处理了，长期办法还没有，对态度满意。',
  ],
  unsolved: [
    '诉求人表示问题没有解决，现场和原来一样，不满意。', '诉求人称单位只打了个电话，没有到现场，对办理结果不满意。', '诉求人认为答复避重就轻，没有说什么时候解决，不满意。',
    '诉求人表示处理了两天又恢复原样，要求重新办理。', '诉求人称至今没有人联系过本人，对办理情况不认可。', '诉求人表示对方承诺的退款没有到账，不满意。',
  ],
  unhappy: ['诉求人表示问题已解决，但等的时间太长，对办理速度不满意。', '诉求人称事情办了，工作人员态度生硬，对服务不满意。', '诉求人认可处理结果，但对之前互相推诿的做法不满意。'],
  answered: ['诉求人表示已接到答复，说得清楚，满意。', '诉求人表示对答复内容没有疑问，表示认可。', '诉求人称工作人员解答耐心，感谢热线。'],
  missed: ['拨打三次均无人接听，未能回访成功。', '电话接通后诉求人表示不便接听，请稍后联系，再次拨打未接。', '诉求人电话已停机，无法回访。', '诉求人拒绝接受回访，直接挂断。'],
} as const

/** What the requester says when called back; `outcome` by default follows what the unit reported, with doubts. */
export function generateCallback(rng: Rng, request: { solved?: boolean; outcome?: keyof typeof callbackOpinions; appeal?: DemoAppeal } = {}): DemoCallback {
  const solved = request.solved ?? true
  const weights: readonly (readonly [keyof typeof callbackOpinions, number, number])[] = [
    ['good', 78, 12], ['partly', 6, 18], ['unsolved', 6, 58], ['unhappy', 4, 2], ['missed', 6, 10],
  ]
  const drawn = request.outcome ?? rng.weighted(weights, ([, yes, no]) => (solved ? yes : no))[0]
  const asked = request.appeal?.type === 'consultation' || request.appeal?.type === 'suggestion'
  const outcome = drawn === 'good' && asked ? 'answered' : drawn
  const opinion = rng.pick(callbackOpinions[outcome])
  const neverContacted = opinion.includes('没有人联系过')
  const rates: Record<keyof typeof callbackOpinions, Omit<DemoCallback, 'opinion' | 'contacted' | 'reached'>> = {
    good: { solved: 'yes', satisfied: 'yes' },
    answered: { solved: 'yes', satisfied: 'yes' },
    partly: { solved: 'partly', satisfied: 'yes' },
    unsolved: { solved: 'no', satisfied: 'no' },
    unhappy: { solved: 'yes', satisfied: 'no' },
    missed: { solved: 'notStated', satisfied: 'notStated' },
  }
  const reached = outcome !== 'missed'
  return { reached, contacted: !reached ? 'notStated' : neverContacted ? 'no' : 'yes', ...rates[outcome], opinion }
}

/** What a requester adds to an open appeal. */
export function generateSupplement(rng: Rng, appeal: DemoAppeal): string {
  const slots = createSlots(rng, appeal.place, appeal.at, appeal.facts)
  const quiet = appeal.type !== 'help' && appeal.type !== 'complaint' && appeal.type !== 'report'
  return slots.render(rng.pick(quiet
    ? ['补充说明：希望以书面形式答复，便于留存。', '补充联系方式：白天上班不方便接电话，请[晚上六点以后|中午]联系。', '诉求人补充：具体位置在{附近}。']
    : [
        '诉求人补充：[今天早上|昨天晚上]情况又加重了，请尽快处理。',
        '补充位置：在{附近}，从[东边|西边|南边|北边]过来第一个路口就能看到。',
        '诉求人补充：同一问题还涉及附近[另外三户|好几户居民]，大家都有意见。',
        '补充材料：已拍摄现场照片和视频，可提供给办理人员。',
        '诉求人来电补充：工作人员来看过一次，说回去汇报，之后没有消息。',
        '补充联系方式：白天上班不方便接电话，请[晚上六点以后|中午十二点到一点]联系。',
        '诉求人补充：上午有人来现场处理了一会儿就走了，问题没有解决。',
        '诉求人更正：之前说的时间有误，实际是[前天晚上|上周末]开始的。',
      ]))
}

/** What a requester says who pushes. */
export function generateUrge(rng: Rng, request: { elapsedDays?: number } = {}): string {
  const days = String(request.elapsedDays ?? rng.int(2, 6))
  return say(rng, [
    '诉求人来电催办，称反映已有{days}天，没有接到任何部门的电话，要求尽快处理。',
    '诉求人再次来电，询问办理进度，希望[今天|明天]能有人联系。',
    '诉求人催办：问题仍未解决，影响[正常生活|老人休息|出行]，请加快办理。',
    '诉求人通过网上催办：请问办到哪一步了，什么时候有结果？',
    '诉求人来电称承办单位承诺的时间已过，要求说明原因并尽快办结。',
    '诉求人情绪较激动，表示再不处理将继续向上反映，请承办单位尽快联系安抚。',
  ], { days })
}

export type WithdrawalReason = '问题已解决' | '重复反映' | '诉求人放弃' | '登记有误'

/** Why a requester withdraws. */
export function generateWithdrawal(rng: Rng): { reason: WithdrawalReason; text: string } {
  const reasons: [WithdrawalReason, string[]][] = [
    ['问题已解决', ['诉求人来电告知问题已自行解决，不需要再处理。', '诉求人称对方已上门处理，申请撤单。']],
    ['重复反映', ['诉求人称家人已就同一问题反映，申请撤销本单。']],
    ['诉求人放弃', ['诉求人表示不再追究，主动撤回诉求。', '诉求人考虑后决定自行协商，申请撤单。']],
    ['登记有误', ['登记时地点有误，诉求人要求撤单后重新登记。']],
  ]
  const [reason, texts] = rng.pick(reasons)
  return { reason, text: rng.pick(texts) }
}

/** What a reviewer writes when sending something back. */
export function generateReviewOpinion(rng: Rng, step: 'registration' | 'result' | 'returnRefused' | 'returnApproved' | 'extensionRefused' | 'extensionApproved'): string {
  return say(rng, {
    registration: ['请补充具体门牌号和发生时间。', '诉求不明确，请与来电人核实后重新填写。', '涉及两个部门的诉求，请拆成两张工单。', '标题过于笼统，请写明地点和问题。'],
    result: ['未见现场照片，请补充处置前后对比。', '答复没有回应诉求人的核心问题，请重新办理。', '未说明后续措施和完成时间，请补充。', '与诉求人核实仍未解决，退回重办。', '反馈中未写明与诉求人的联系情况，请补充。'],
    returnRefused: ['根据职责清单，该事项由你单位主办，不同意退回，请按时办理。', '属地责任明确，请会同相关部门办理，不予退单。', '信息已基本清楚，请先联系诉求人核实，不同意退回。'],
    returnApproved: ['情况属实，同意退回，重新派发。', '经核不属该单位职责，同意退回。', '同意退回，由中心补充信息后再派。'],
    extensionRefused: ['该问题影响群众生活，请克服困难按期办结，不同意延时。', '理由不充分，未附证明材料，不同意延时。'],
    extensionApproved: ['情况属实，同意延时，请做好对诉求人的解释。', '同意延时一次，到期务必办结。'],
  }[step])
}
