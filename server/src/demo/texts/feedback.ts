/** What units write: results with basis, and what each result says about the three rates. */
import { addDays, spokenDay, type CivilHour } from '../civil-date.ts'
import { demoDirectories, matterOfCode, textsOf } from '../matters/index.ts'
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

/** Directories in which something in the open is looked at and mended; the others are about rules, money and conduct. */
const worksDirectories = new Set(
  ('市容秩序 环境卫生 市政设施 园林绿化 物业服务 房屋质量与维修 供水 供热 供气 供电 公共交通 道路建设与养护 停车管理 噪声污染 大气污染 水与固体废物污染 '
    + '农业生产 乡村建设 农田水利与防汛抗旱 体育健身 土地矿产与林业 消防安全 安全生产 防灾减灾 通信服务').split(' '),
)
const worksCodes = new Set(demoDirectories.filter(({ name }) => worksDirectories.has(name)).map(({ code }) => code))
/** Whether a matter is settled on the spot rather than on paper. */
export const isWorks = (matterCode: string) => worksCodes.has(matterOfCode(matterCode).directoryCode)

const openings = {
  both: [
    '现将办理情况回复如下：', '针对诉求人反映的问题，{self}会同有关单位进行了调查。', '关于“{title}”的诉求，{self}办理情况如下：', '',
    '收到工单后，{self}立即安排工作人员核实处理。', '{self}接单后第一时间联系诉求人，了解具体情况。',
  ],
  works: ['接到工单后，{self}高度重视，{day}派人到现场核查。', '{day}，{self}工作人员与诉求人取得联系，并到现场查看。', '{day}{self}组织人员到现场处置。'],
  affairs: ['{day}，{self}工作人员联系诉求人核对了有关材料。', '接到工单后，{self}安排专人与诉求人对接。'],
}

const solvedContacts = {
  both: [
    '已电话告知诉求人办理结果，诉求人表示满意。', '已将处理情况告知诉求人，诉求人无异议。', '{day}下午电话回复诉求人，诉求人表示感谢。',
    '已与诉求人联系，诉求人对处理结果表示认可。', '已回复诉求人，诉求人没有其他意见。',
  ],
  works: ['工作人员当面向诉求人反馈，诉求人确认问题已得到处理。', '电话回复诉求人，诉求人对处理速度表示认可，建议今后加强巡查。'],
  affairs: ['已电话向诉求人说明经过，诉求人表示理解和认可。'],
}

const coolContacts = [
  '已电话告知诉求人办理情况，诉求人表示知晓，希望长效管理。',
  '已向诉求人说明情况，诉求人表示再观察几天。',
  '{day}两次拨打诉求人电话均无人接听，已发送短信告知办理结果。',
]

const unsolved = {
  both: [
    '经核实，诉求人反映情况属实。因涉及多家单位，现正在协调明确责任，预计{15-30}个工作日内拿出方案，{self}将持续跟进并及时告知进展。',
    '经调查，现有材料尚不足以认定诉求人反映的情况，{self}将继续核查，诉求人如有照片、录音等可随时提供。',
  ],
  works: [
    '经现场核查，该问题受资金和施工条件限制，暂不具备立即解决的条件，已纳入下一年度计划，目前先采取临时措施降低影响。',
    '该处情况较为复杂，需委托专业机构检测后确定处理方案，检测已于{day}启动，结果出来后再向诉求人反馈。',
  ],
  affairs: [
    '工作人员多次组织双方协调，因分歧较大未能达成一致，已向诉求人说明可通过人民调解、仲裁或诉讼途径解决。',
    '经核，诉求人提出的要求超出现行政策规定范围，工作人员已逐条解释政策依据。',
    '该事项需上级主管部门认定，相关材料已于{day}上报，有结果后第一时间告知诉求人。',
  ],
}

const unsolvedContacts = [
  '已电话向诉求人解释，诉求人表示不太满意，希望尽快解决。',
  '已告知诉求人目前进展，诉求人表示理解，但要求给出明确时间。',
  '与诉求人沟通时对方情绪较激动，已耐心解释，后续继续联系。',
  '诉求人对答复不认可，要求继续处理。',
]

type Pool = { both: string[]; works: string[]; affairs: string[] }
const pool = ({ both, works, affairs }: Pool, matterCode: string) => [...both, ...(isWorks(matterCode) ? works : affairs)]

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

const closings: Pool = {
  both: ['', '', '', '', '后续将持续跟踪，如有问题可随时联系。'],
  works: ['下一步，{self}将加强日常巡查，防止问题反弹。'],
  affairs: ['如诉求人还有疑问，可在工作时间到{self}咨询。'],
}

const sentence = (text: string) => (text === '' || /[。！？]$/.test(text) ? text : `${text}。`)

function resultText(rng: Rng, appeal: DemoAppeal, solved: boolean): string {
  if (appeal.type === 'consultation' && appeal.answer) return rng.pick(answerOpenings) + sentence(appeal.answer)
  if (appeal.type === 'suggestion') return rng.pick(ideaAnswers)
  if (appeal.type === 'praise') return rng.pick(praiseAnswers)
  const plain = !/^(关于|反映)/.test(appeal.title) && appeal.title.length < 22
  const opening = rng.pick(pool(openings, appeal.matterCode).filter((text) => plain || !text.includes('{title}')))
  const { sayings, outcome } = textsOf(appeal.matterCode)
  const done = sayings[appeal.wording]?.outcome || outcome
  return opening + sentence(solved ? done : rng.pick(pool(unsolved, appeal.matterCode))) + (solved ? rng.pick(pool(closings, appeal.matterCode)) : '')
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
  const contact = fill(rng.pick(!solved ? unsolvedContacts : warm ? pool(solvedContacts, appeal.matterCode) : coolContacts))
  const result = fill(resultText(rng, appeal, solved))
  return {
    method: rng.pick(methods[appeal.type] ?? (isWorks(appeal.matterCode) ? ['现场处置', '现场处置', '上门办理', '联合处置'] : ['调查处理', '电话协调', '约谈调解', '上门办理'])),
    result: quiet ? result : result + contact,
    basis: matterOfCode(appeal.matterCode).closingBasis,
    opinion: quiet ? rng.pick(['已答复诉求人，建议办结。', '已答复，申请办结。']) : solved ? rng.pick(['建议办结。', '已按要求办理完毕，建议办结。', '问题已解决，申请办结。', '同意办结。']) : rng.pick(['已按职责办理，建议转入跟踪。', '短期内难以解决，已向诉求人说明。', '已尽职办理，提请审核。']),
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
