// Sheets and rules that every centre finds ready; its own versions take their place.
import type { ObjectKind, SheetDefinition } from './sheet.ts'
import type { Condition, Severity } from './rule.ts'

const grades = [{ name: '优秀', from: 90 }, { name: '良好', from: 80 }, { name: '合格', from: 60 }, { name: '不合格', from: 0 }]
type Line = [code: string, name: string, points: number, details: string, mandatory?: true]
const group = (code: string, name: string, lines: Line[]): SheetDefinition['groups'][number] => ({ code, name, items: lines.map(([c, n, points, details, mandatory]) => ({ code: c, name: n, points, details, mandatory: mandatory ?? false, fatal: false })) })
const fatal = (code: string, name: string, details: string) => ({ code, name, points: 0, details, mandatory: false, fatal: true })
const sheet = (groups: SheetDefinition['groups']): SheetDefinition => ({ fullScore: 100, passScore: 80, counting: 'deduct', grades, groups })

const service = (withOrder: SheetDefinition['groups'][number]): SheetDefinition =>
  sheet([
    group('knowledge', '业务知识', [['policy', '政策答复准确', 8, '引用的政策、标准、时限准确，不答非所问', true], ['scope', '职责边界清楚', 6, '能说明由谁办、怎么办，不把职责内的事推出去'], ['query', '知识查询熟练', 6, '查询不超过合理时间，查询时告知诉求人']]),
    (() => { const g = group('attitude', '服务态度', [['greeting', '规范问候与结束语', 8, '开头报号问候，结尾致谢并确认有无其他需要'], ['patience', '耐心礼貌', 10, '不打断、不反问、不责备', true], ['empathy', '主动安抚', 7, '对着急的诉求人先安抚再询问']]); return { ...g, items: [...g.items, fatal('veto', '辱骂、挂断、泄露信息', '出现任一情形，整单零分')] } })(),
    group('communication', '沟通技巧', [['listening', '倾听与复述', 7, '关键信息复述确认'], ['speed', '语速语调适当', 6, '语速不过快，遇长者放慢'], ['control', '节奏把控', 7, '无长时间静默，不抢话']]),
    group('solving', '问题解决', [['demand', '诉求把握准确', 8, '听清要什么、在哪里、多久了', true], ['way', '处理方式恰当', 7, '能答复的当场答复，该登记的登记'], ['next', '告知后续', 5, '告知单号、时限和查询方式']]),
    withOrder,
  ])

export const shippedSheets: { id: string; kind: ObjectKind; name: string; definition: SheetDefinition }[] = [
  { id: '5a000000-0000-4000-8000-000000000001', kind: 'call', name: '通话质检评分表', definition: service(group('order', '工单质量', [['complete', '要素完整', 6, '时间、地点、对象、诉求、联系方式齐全', true], ['class', '分类准确', 5, '诉求类型和事项选择正确'], ['wording', '表述清楚', 4, '标题概括、内容通顺、无错别字']])) },
  { id: '5a000000-0000-4000-8000-000000000002', kind: 'chat', name: '在线会话质检评分表', definition: service(group('order', '会话记录', [['complete', '答复完整', 6, '每个问题都有回应', true], ['prompt', '答复及时', 5, '诉求人不久等'], ['wording', '文字规范', 4, '无错别字，不用生硬短句']])) },
  {
    id: '5a000000-0000-4000-8000-000000000003', kind: 'order', name: '工单质检评分表',
    definition: sheet([
      group('complete', '要素完整', [['contact', '诉求人与联系方式', 8, '诉求人、电话齐全有效'], ['place', '地点与区划', 8, '能找到地方'], ['problem', '问题描述', 9, '事情、时间、要求写清', true]]),
      group('class', '分类准确', [['type', '诉求类型', 5, '与内容一致'], ['matter', '事项与分类', 6, '选到末级'], ['unit', '派发单位', 4, '职责对应']]),
      group('wording', '文字规范', [['title', '标题概括', 4, '一句话说清地点和问题'], ['text', '表述通顺', 6, '无错别字、无歧义'], ['private', '个人信息保护', 5, '正文不留身份证号等敏感信息']]),
      group('handling', '办理与答复', [['answer', '答复对题', 10, '逐项回应诉求', true], ['basis', '依据与措施', 8, '有核实、有依据、有措施'], ['result', '结果与态度', 7, '结果明确，用语得体']]),
      group('time', '时限与流程', [['limit', '按时限办理', 10, '签收、联系、办结均未超时'], ['course', '流程完整', 6, '无越级、无漏环节'], ['returns', '退单规范', 4, '退单有据，不反复']]),
    ]),
  },
]

type Shipped = [name: string, group: string, kind: ObjectKind, item: string, points: number, severity: Severity, condition: Condition, standard: string]
const talk = (kind: 'call' | 'chat', group: string): Shipped[] => [
  ['推诿用语', group, kind, 'patience', 5, 'serious', { kind: 'forbidden', speaker: 'agent', most: 3, words: ['不归我们管', '不归我管', '我也没办法', '你找别人', '跟我们没关系', '这个管不了', '爱找谁找谁'] }, '不得推诿，应说明职责并协助登记或指引'],
  ['责备反问', group, kind, 'patience', 5, 'serious', { kind: 'forbidden', speaker: 'agent', most: 3, words: ['你怎么不早说', '不是跟你说了', '你听不懂吗', '你到底', '说了多少遍', '你急什么'] }, '不得反问、责备诉求人'],
  ['辱骂用语', group, kind, 'veto', 0, 'fatal', { kind: 'forbidden', speaker: 'agent', most: 1, words: ['滚', '神经病', '有病吧', '你有毛病'] }, '辱骂诉求人一票否决'],
  ['开头问候', group, kind, 'greeting', 4, 'light', { kind: 'required', speaker: 'agent', where: 'start', sentences: 2, words: ['您好', '你好', '很高兴为您服务'] }, '开头应问候并报热线'],
  ['结束语', group, kind, 'greeting', 4, 'light', { kind: 'required', speaker: 'agent', where: 'end', sentences: 3, words: ['感谢', '再见', '祝您', '还有其他', '谢谢'] }, '结束时应致谢或询问有无其他需要'],
  ['投诉扬言', group, kind, 'empathy', 0, 'serious', { kind: 'sensitive', speaker: 'citizen', grade: 'high', words: ['投诉你', '曝光', '找记者', '上访', '跳楼', '自杀', '同归于尽', '拉横幅'] }, '高风险表述须人工复核'],
]
const rules: Shipped[] = [
  ...talk('call', '通话服务规范'),
  ['长时间静默', '通话服务规范', 'call', 'control', 3, 'light', { kind: 'silence', seconds: 20, most: 2 }, '查询超过 20 秒应告知诉求人'],
  ['语速过快', '通话服务规范', 'call', 'speed', 3, 'light', { kind: 'rate', perMinute: 300, characters: 24 }, '每分钟不超过 300 字'],
  ['抢话', '通话服务规范', 'call', 'control', 4, 'light', { kind: 'interruption', overlapMs: 600, times: 2 }, '诉求人未说完不插话'],
  ['通话过长', '通话服务规范', 'call', 'control', 2, 'light', { kind: 'length', minutes: 15 }, '一般不超过 15 分钟'],
  ...talk('chat', '会话服务规范'),
  ['答复不及时', '会话服务规范', 'chat', 'prompt', 3, 'light', { kind: 'answer', seconds: 90, most: 2 }, '诉求人等待不超过 90 秒'],
  ['地址未填', '工单登记质量', 'order', 'place', 4, 'light', { kind: 'field', field: 'address', test: 'filled', value: 0 }, '应写明地点'],
  ['区划未选', '工单登记质量', 'order', 'place', 4, 'light', { kind: 'field', field: 'areaCode', test: 'filled', value: 0 }, '应选择区划'],
  ['描述过简', '工单登记质量', 'order', 'problem', 5, 'light', { kind: 'field', field: 'content', test: 'shorter', value: 20 }, '问题描述不少于 20 字'],
  ['标题过长', '工单登记质量', 'order', 'title', 2, 'light', { kind: 'field', field: 'title', test: 'longer', value: 40 }, '标题不超过 40 字'],
  ['事项未选', '工单登记质量', 'order', 'matter', 4, 'light', { kind: 'field', field: 'matterId', test: 'filled', value: 0 }, '应选到末级事项'],
  ['正文留有身份证号', '工单登记质量', 'order', 'private', 5, 'serious', { kind: 'openNumber', field: 'content', number: 'identity' }, '敏感信息只在专用字段登记'],
  ['答复留有手机号', '工单办理质量', 'order', 'private', 3, 'light', { kind: 'openNumber', field: 'reply', number: 'mobile' }, '答复中不公开个人手机号'],
  ['答复要素不全', '工单办理质量', 'order', 'basis', 4, 'light', { kind: 'reply', parts: ['found', 'done'], characters: 30, words: [] }, '答复应有核实情况和处理结果，不少于 30 字'],
  ['答复敷衍用语', '工单办理质量', 'order', 'result', 4, 'serious', { kind: 'reply', parts: [], characters: 0, words: ['已阅', '无法解决', '与我单位无关', '请自行', '情况属实，已处理'] }, '答复应写明处理过程和结果'],
  ['办理超时', '工单办理质量', 'order', 'limit', 5, 'serious', { kind: 'late', clocks: [] }, '签收、联系、办理均不得超时'],
  ['反复退单', '工单办理质量', 'order', 'returns', 4, 'light', { kind: 'returned', times: 2 }, '同一工单退单不超过 1 次'],
  // Identifiers count the rows: new ones go to the end.
  ...(['call', 'chat'] as const).flatMap((kind): Shipped[] => [
    ['词库敏感词', kind === 'call' ? '通话服务规范' : '会话服务规范', kind, 'patience', 0, 'light', { kind: 'lexicon', store: 'sensitive', category: '', speaker: 'agent', most: 5 }, '座席说出词库里的敏感词：提示并供复核，不自动扣分；高等级的须人工复核'],
    ['质检关键词', kind === 'call' ? '通话服务规范' : '会话服务规范', kind, 'patience', 2, 'light', { kind: 'lexicon', store: 'quality', category: '', speaker: 'agent', most: 5 }, '不宜说词库里的质检关键词'],
  ]),
  ['文字有质检关键词', '工单办理质量', 'order', 'result', 2, 'light', { kind: 'lexicon', store: 'quality', category: '', speaker: 'both', most: 5 }, '登记和答复不宜用词库里的质检关键词'],
  ['诉求人说敏感词', '通话服务规范', 'call', 'empathy', 0, 'light', { kind: 'lexicon', store: 'sensitive', category: '', speaker: 'citizen', most: 5 }, '诉求人说出词库里的敏感词：高等级的立即告知值班长'],
]

export const shippedRules = rules.map(([name, groupName, kind, item, points, severity, condition, standard], index) => ({
  id: `5b000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`, name, group: groupName, kind, definition: { condition, item, points, severity, standard },
}))
