// Profiles that every tenant finds: those without a source of their own (matter, class, line) wait switched off until a centre completes them.
import type { FormSchema } from '../../forms/index.ts'
import { profileStages, type ProfileDefinition } from './profile-definition.ts'

type Shipped = { code: string; name: string; position: number; enabled: boolean; definition: Partial<ProfileDefinition>; form?: { key: string; name: string; schema: FormSchema } }

const everywhere = [...profileStages]
const hours = (amount: number) => ({ amount, unit: 'naturalHours' as const })
const has = (...words: string[]) => ({ any: words.map((value) => ({ field: 'mentions', op: 'has', value })) })

export const shippedProfiles: readonly Shipped[] = [
  {
    code: 'housingDelivery', name: '房屋交付专班', position: 10, enabled: true,
    definition: {
      match: has('逾期交房', '延期交房', '烂尾楼'), queue: 'housingDelivery',
      fields: { problemType: { enter: everywhere, required: ['unitHandling'] }, project: { enter: everywhere, required: [] }, households: { enter: everywhere, required: [] }, plannedDelivery: { enter: everywhere, required: [] } },
      closing: { reviewValues: true, basis: false, evidence: false },
    },
    form: {
      key: 'profileHousingDelivery', name: '房屋交付专班字段',
      schema: {
        type: 'object',
        properties: {
          problemType: { type: 'string', title: '问题类型', enum: ['逾期交房', '工程质量', '配套未建成', '办证受阻', '资金监管', '其他'] },
          project: { type: 'string', title: '楼盘名称', maxLength: 100 },
          households: { type: 'integer', title: '涉及户数', minimum: 1, maximum: 100_000, 'x-unit': '户' },
          plannedDelivery: { type: 'string', format: 'date', title: '承诺交付日期' },
        },
      },
    },
  },
  {
    code: 'refund', name: '消费退费专班', position: 20, enabled: true,
    definition: { match: has('退费', '退款', '预付卡'), queue: 'refund', fields: { merchant: { enter: everywhere, required: ['unitHandling'] }, amount: { enter: everywhere, required: [] } } },
    form: {
      key: 'profileRefund', name: '消费退费专班字段',
      schema: { type: 'object', properties: { merchant: { type: 'string', title: '商户名称', maxLength: 100 }, amount: { type: 'number', title: '涉及金额', minimum: 0, maximum: 100_000_000, 'x-unit': '元' } } },
    },
  },
  {
    code: 'property', name: '物业管理', position: 40, enabled: true,
    definition: { match: has('物业公司', '物业费', '业委会'), fields: { propertyCompany: { enter: everywhere, required: [] }, propertyCause: { enter: everywhere, required: [] } }, variants: [{ name: '其他单位', unitIds: [], required: ['aboutProperty'], leaderReview: 'setting' }] },
    form: {
      key: 'profileProperty', name: '物业管理字段',
      schema: {
        type: 'object',
        properties: {
          aboutProperty: { type: 'boolean', title: '确属物业问题' },
          propertyCompany: { type: 'string', title: '物业企业', maxLength: 100, 'x-visibleIf': { field: 'aboutProperty', equals: true } },
          propertyCause: { type: 'string', title: '问题成因', enum: ['服务不到位', '收费争议', '维修资金', '业委会事务', '其他'], 'x-visibleIf': { field: 'aboutProperty', equals: true } },
        },
      },
    },
  },
  {
    code: 'enterprise', name: '涉企工单', position: 50, enabled: true,
    definition: {
      match: { all: [{ field: 'flags', op: 'has', value: ['enterprise'] }] }, queue: 'enterprise', notice: '企业诉求可继续向企业专席反映。', ratingItems: ['办理效率', '政策解释'],
      callback: { owed: true, bySeat: true, script: ['您好，这里是12345热线企业专席，就贵单位反映的问题做一个简短回访。', '请问承办单位是否与贵单位取得了联系？', '请问问题是否得到解决，是否影响正常经营？', '请问贵单位对办理结果是否满意？', '如有其他需要协调的事项，可继续向企业专席反映。'] },
    },
  },
  {
    code: 'tourism', name: '涉旅工单', position: 60, enabled: true,
    definition: {
      match: has('景区', '旅行社', '导游', '游客滞留'),
      fields: { scenicSpot: { enter: everywhere, required: [] }, tourOperator: { enter: everywhere, required: [] }, groupSize: { enter: everywhere, required: [] } },
      limits: [
        { name: '紧急（滞留、安全）', when: { all: [{ field: 'urgency', op: 'in', value: ['urgent', 'major'] }] }, response: hours(2), handling: hours(24), yellowBefore: hours(12) },
        { name: '咨询', when: { all: [{ field: 'appealType', op: 'in', value: ['consultation'] }] }, response: null, handling: hours(48), yellowBefore: hours(24) },
        { name: '复杂投诉', when: { all: [{ field: 'appealType', op: 'in', value: ['complaint', 'report'] }] }, response: null, handling: hours(72), yellowBefore: hours(24) },
      ],
    },
    form: {
      key: 'profileTourism', name: '涉旅工单字段',
      schema: { type: 'object', properties: { scenicSpot: { type: 'string', title: '景区', maxLength: 100 }, tourOperator: { type: 'string', title: '经营主体', maxLength: 100 }, groupSize: { type: 'integer', title: '团队人数', minimum: 1, maximum: 10_000, 'x-unit': '人' } } },
    },
  },
  { code: 'fastTrack', name: '不稳定因素、突发事件', position: 1, enabled: true, definition: { match: { all: [{ field: 'flags', op: 'has', value: ['unstable', 'emergency'] }] }, byHand: false } },
]
