import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

const none: ('industryUnit' | 'industryClass' | 'basis')[] = []
export const closingRequired = defineSetting({ key: 'closingRequired', label: '办结必填申报项', help: '归属行业部门、行业分类、办理依据', schema: z.array(z.enum(['industryUnit', 'industryClass', 'basis'])), fallback: none, scope: 'unit' })
const item = z.object({ name: z.string().min(1).max(60), kind: z.enum(['exclude', 'shelve', 'both']), files: z.boolean(), words: z.array(z.string().min(2).max(20)).max(40), draft: z.string().max(300) })
export type ExclusionItem = z.infer<typeof item>
const shipped: ExclusionItem[] = [
  { name: '不合理诉求', kind: 'exclude', files: true, words: ['不合理诉求', '无法律依据', '无政策依据', '于法无据'], draft: '诉求没有法律法规或政策依据，已向诉求人解释' },
  { name: '诉求人撤诉', kind: 'exclude', files: true, words: ['撤诉', '撤销诉求', '不再要求处理', '取消诉求'], draft: '诉求人已明确表示撤诉' },
  { name: '重复诉求', kind: 'exclude', files: true, words: ['重复反映', '重复诉求', '重复投诉'], draft: '同一诉求人就同一事项重复反映，前一件已有结果' },
  { name: '法律途径已受理', kind: 'exclude', files: true, words: ['法院已受理', '已起诉', '仲裁委已受理', '行政复议已受理', '进入诉讼程序'], draft: '该事项已由司法、仲裁或行政复议机关受理' },
  { name: '客观条件不具备', kind: 'both', files: true, words: ['需上级立项', '需列入计划', '资金尚未到位', '暂不具备条件', '客观条件不具备'], draft: '客观条件暂不具备，具备后办理' },
]
export const exclusionItems = defineSetting({ key: 'exclusion.items', label: '剔除与挂账情形', help: '规定中的情形：适用于剔除、挂账或两者，是否必须有证明材料；工单中出现哪些词时提示，以及提示的理由', schema: z.array(item).min(1).max(50), fallback: shipped, scope: 'tenant' })
export const shelvingDays = defineSetting({ key: 'shelving.days', label: '挂账最长时间（天）', schema: z.number().int().min(1).max(3660), fallback: 180, scope: 'tenant' })
export const declarationWindowed = defineSetting({ key: 'exclusion.windowed', label: '剔除与挂账只在窗口期申报', help: '开启后，窗口期外只能暂存；窗口期在“办理规则—申报窗口期”中维护', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const shelvingNotices = defineSetting({ key: 'shelving.notices', label: '挂账到期前提醒（天）', help: '每一档提醒一次；留空不提醒', schema: z.array(z.number().int().min(1).max(365)).max(6), fallback: [30, 7, 1], scope: 'tenant' })
export const shelvingExtensions = defineSetting({ key: 'shelving.extensions', label: '挂账最多延长次数', schema: z.number().int().min(0).max(20), fallback: 1, scope: 'tenant' })
