/** What units write: results with basis, and what each result says about the three rates. */
import { addDays, spokenDay, type CivilHour } from '../civil-date.ts'
import { matterOfCode, textsOf } from '../matters/index.ts'
import type { Rng } from '../rng.ts'
import { unitOf, type DemoUnit } from '../units.ts'
import type { DemoAppeal } from './appeal.ts'
import { createSlots } from './slots.ts'

export interface FeedbackRequest {
  appeal: DemoAppeal
  unitCode: string
  /** Local day and hour of the feedback. */
  at: CivilHour
  /** Whether the unit could solve it; by default about five of six. */
  solved?: boolean
}

export interface DemoFeedback {
  /** 电话答复, 现场处置 … */
  method: string
  result: string
  /** Legal or factual basis. */
  basis: string
  opinion: string
  /** Note of the contact with the requester. */
  contact: string
  contacted: boolean
  solved: boolean
  satisfied: boolean
}

/** How a unit calls itself. */
export function selfName(unit: DemoUnit): string {
  const { name } = unit
  if (unit.kind === 'enterprise') return name.endsWith('集团') ? '我集团' : '我公司'
  if (unit.kind === 'community') return name.includes('村民') ? '我村' : '我社区'
  if (name.endsWith('街道办事处')) return '我街道'
  if (name.endsWith('镇人民政府')) return '我镇'
  if (name.endsWith('区人民政府')) return '我区'
  if (name.endsWith('县人民政府')) return '我县'
  if (/(局|分局)$/.test(name)) return '我局'
  if (name.endsWith('委员会')) return '我委'
  if (/(中心)$/.test(name)) return '我中心'
  return name.endsWith('支队') ? '我支队' : '我单位'
}

const openings = [
  '收到工单后，{self}立即安排工作人员核实处理。',
  '接到工单后，{self}高度重视，{day}派人到现场核查。',
  '{day}，{self}工作人员与诉求人取得联系，了解具体情况并到现场查看。',
  '经核实，现将办理情况回复如下：',
  '{self}接单后第一时间联系诉求人，约定时间上门处理。',
  '针对诉求人反映的问题，{self}会同有关单位进行了调查。',
  '关于诉求人反映的“{title}”问题，{self}办理情况如下：',
  '',
]

const solvedContacts = [
  '已电话告知诉求人办理结果，诉求人表示满意。',
  '工作人员当面向诉求人反馈，诉求人对处理结果认可。',
  '{day}下午电话回复诉求人，诉求人表示问题已解决，表示感谢。',
  '已将处理情况告知诉求人，诉求人无异议。',
  '已与诉求人联系，诉求人确认问题已得到处理。',
  '电话回复诉求人，诉求人对处理速度表示认可，建议今后加强巡查。',
]

const coolContacts = [
  '已电话告知诉求人办理情况，诉求人表示知晓，希望长效管理。',
  '已向诉求人说明情况，诉求人表示再观察几天。',
  '{day}两次拨打诉求人电话均无人接听，已发送短信告知办理结果。',
]

const unsolved = [
  '经现场核查，诉求人反映情况属实。因涉及多家权属单位，现正在协调明确责任，预计{15-30}个工作日内拿出方案，{self}将持续跟进并及时告知进展。',
  '经核实，该问题受资金和施工条件限制，暂不具备立即解决的条件，已纳入下一年度计划，目前先采取临时措施降低影响。',
  '工作人员多次上门协调，双方分歧较大，未能达成一致，已向诉求人说明可通过人民调解、仲裁或诉讼途径解决，并提供了咨询窗口。',
  '经调查，现有证据不足以认定诉求人反映的情况，{self}将继续收集线索，如诉求人有照片、录音等材料可随时提供。',
  '该处情况较为复杂，需委托专业机构检测后确定处理方案，检测已于{day}启动，结果出来后再向诉求人反馈。',
  '经核，诉求人提出的要求超出现行政策规定范围，工作人员已逐条解释政策依据，建议按规定途径办理。',
]

const unsolvedContacts = [
  '已电话向诉求人解释，诉求人表示不太满意，希望尽快解决。',
  '已告知诉求人目前进展，诉求人表示理解，但要求给出明确时间。',
  '与诉求人沟通时对方情绪较激动，已耐心解释，后续继续联系。',
  '诉求人对答复不认可，要求继续处理。',
]

const answerOpenings = ['经电话答复诉求人：', '工作人员已电话解答：', '现将相关规定答复如下：', '{self}答复如下：', '已与来电人联系并说明：']
const ideaAnswers = [
  '诉求人所提建议已收悉。{self}组织人员到现场调研，认为建议有参考价值，已[列入下一步改进计划|转相关科室研究，拟在年内实施]，感谢诉求人的关心和支持。',
  '感谢诉求人对{self}工作的关心。经研究，所提建议[符合实际需要，将结合年度项目一并安排|涉及用地和资金，暂不具备条件，已登记作为后续规划的参考]。',
  '已就建议内容与诉求人电话沟通，诉求人补充了具体位置和时段，{self}将在{10-30}个工作日内拿出意见并反馈。',
]
const praiseAnswers = [
  '诉求人的表扬已收悉。{self}已将表扬转达给当事人，并在全单位通报表扬，今后将继续提升服务水平。',
  '感谢诉求人的认可。{self}已核实有关情况，对该同志给予表扬，并号召全体人员学习。',
  '已将表扬转达本人及所在班组，当事人表示这是自己应该做的，谢谢市民的肯定。',
]

const closings = ['', '', '', '下一步，{self}将加强日常巡查，防止问题反弹。', '后续将持续跟踪，如有问题可随时联系。', '如诉求人还有疑问，可在工作时间到{self}咨询。']

const sentence = (text: string) => (text === '' || /[。！？]$/.test(text) ? text : `${text}。`)

function resultText(rng: Rng, appeal: DemoAppeal, solved: boolean): string {
  if (appeal.type === 'consultation' && appeal.answer) return rng.pick(answerOpenings) + sentence(appeal.answer)
  if (appeal.type === 'suggestion') return rng.pick(ideaAnswers)
  if (appeal.type === 'praise') return rng.pick(praiseAnswers)
  const opening = rng.pick(openings.filter((text) => !text.includes('{title}') || appeal.title.length < 20))
  const outcome = solved ? textsOf(appeal.matterCode).outcome : rng.pick(unsolved)
  return opening + sentence(outcome) + (solved ? rng.pick(closings) : '')
}

const methods: Record<string, string[]> = {
  consultation: ['电话答复'],
  suggestion: ['调研答复', '电话答复'],
  praise: ['转达当事人'],
}

/** The result a unit reports on an appeal, told for the place and persons that the appeal named. */
export function generateFeedback(rng: Rng, request: FeedbackRequest): DemoFeedback {
  const { appeal, at } = request
  const quiet = appeal.type in methods
  const solved = quiet || (request.solved ?? rng.chance(0.84))
  const slots = createSlots(rng, appeal.place, at, appeal.facts)
  const day = spokenDay(addDays(at, -rng.int(0, 1)))
  const fill = (text: string) =>
    slots.render(text.replaceAll('{self}', selfName(unitOf(request.unitCode))).replaceAll('{day}', day).replaceAll('{title}', appeal.title))
  const warm = solved && rng.chance(0.85)
  const contact = fill(rng.pick(!solved ? unsolvedContacts : warm ? solvedContacts : coolContacts))
  const result = fill(resultText(rng, appeal, solved))
  return {
    method: rng.pick(methods[appeal.type] ?? ['现场处置', '现场处置', '上门办理', '联合处置', '电话协调']),
    result: quiet ? result : result + contact,
    basis: matterOfCode(appeal.matterCode).closingBasis,
    opinion: solved ? rng.pick(['建议办结。', '已按要求办理完毕，建议办结。', '问题已解决，申请办结。', '同意办结。']) : rng.pick(['已按职责办理，建议转入跟踪。', '短期内难以解决，已向诉求人说明。', '已尽职办理，提请审核。']),
    contact,
    contacted: !contact.includes('无人接听'),
    solved,
    satisfied: warm,
  }
}

/** A short note of work under way. */
export function generateProgress(rng: Rng, unitCode: string): string {
  const self = selfName(unitOf(unitCode))
  return rng.pick([
    '已电话联系诉求人，约定[明天上午|今天下午]到现场查看。',
    '工作人员已到现场拍照取证，正在联系责任单位整改。',
    '维修材料已到位，计划[两|三]日内施工完成。',
    `${self}已会同社区与当事双方见面，正在协商解决办法。`,
    '现场核查完毕，整改通知书已送达，等待复查。',
    '诉求人补充了照片，已一并转交现场人员。',
    '已派技术人员检测，结果预计明天出来。',
    `${self}已制定方案，正在走内部审批。`,
  ]).replace(/\[([^|]*)\|([^\]]*)\]/, (_, one: string, other: string) => (rng.chance(0.5) ? one : other))
}
