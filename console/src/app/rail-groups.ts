// Groups of the left rail (ux.md §2.2) and the order in which each role sees them (§2.3).

export const railGroups = {
  home: { label: '我的工作', icon: 'home', path: '/home' },
  desk: { label: '受理', icon: 'headset', path: '/desk' },
  orders: { label: '工单', icon: 'orders', path: '/orders' },
  review: { label: '审核派发', icon: 'dispatch', path: '/review' },
  unit: { label: '承办', icon: 'unit', path: '/unit' },
  callback: { label: '回访评价', icon: 'callback', path: '/callback' },
  supervision: { label: '督办', icon: 'supervise', path: '/supervision' },
  warning: { label: '预警', icon: 'warning', path: '/warning' },
  petition: { label: '信访化解', icon: 'petition', path: '/petition' },
  market: { label: '市场监管', icon: 'market', path: '/market' },
  patrol: { label: '视频巡场', icon: 'camera', path: '/patrol' },
  quality: { label: '质检', icon: 'quality', path: '/quality' },
  knowledge: { label: '知识', icon: 'book', path: '/knowledge' },
  matters: { label: '事项', icon: 'tree', path: '/matters' },
  telephony: { label: '话务', icon: 'phone', path: '/telephony' },
  workforce: { label: '排班培训', icon: 'calendar', path: '/workforce' },
  assessment: { label: '考核', icon: 'medal', path: '/assessment' },
  analytics: { label: '分析', icon: 'chart', path: '/analytics' },
  cockpit: { label: '领导驾驶舱', icon: 'gauge', path: '/cockpit' },
  content: { label: '公众内容', icon: 'megaphone', path: '/content' },
  ai: { label: '智能', icon: 'spark', path: '/ai' },
  admin: { label: '管理', icon: 'gear', path: '/admin' },
} as const

/** Headings within 审核派发, where pages of several features stand. */
export const reviewSections = { returns: '退单与申请', inbound: '来单与复核', hard: '疑难与争议' } as const

export type RailGroup = keyof typeof railGroups

const adminOrder: RailGroup[] = ['admin', 'matters', 'ai', 'telephony']

/** Groups first shown to a role; what a person may see beyond them follows in the order above. */
const orderByRole: Record<string, RailGroup[]> = {
  agent: ['desk', 'orders', 'knowledge', 'home', 'workforce'],
  shiftLeader: ['desk', 'orders', 'review', 'knowledge', 'telephony', 'quality', 'workforce'],
  reviewer: ['review', 'orders', 'matters', 'knowledge', 'supervision', 'home'],
  dispatcher: ['review', 'orders', 'matters', 'knowledge', 'supervision', 'home'],
  handler: ['unit', 'orders', 'knowledge', 'assessment', 'home'],
  unitLeader: ['unit', 'supervision', 'assessment', 'analytics', 'home'],
  callbackAgent: ['callback', 'orders', 'knowledge', 'home'],
  inspector: ['quality', 'telephony', 'knowledge', 'home'],
  supervisor: ['supervision', 'warning', 'orders', 'assessment', 'analytics'],
  knowledgeEditor: ['knowledge', 'matters', 'content', 'home'],
  analyst: ['analytics', 'assessment', 'warning', 'orders'],
  leader: ['cockpit', 'supervision', 'analytics'],
  systemAdmin: adminOrder,
  businessAdmin: adminOrder,
  tenantAdmin: adminOrder,
  auditor: ['admin'],
}

function isRailGroup(name: string): name is RailGroup {
  return Object.hasOwn(railGroups, name)
}

/** All groups, those of the person's roles first, in the order of the first role that names them. */
export function groupOrder(roles: readonly string[]): RailGroup[] {
  const first = roles.flatMap((role) => orderByRole[role] ?? [])
  return [...new Set([...first, ...Object.keys(railGroups).filter(isRailGroup)])]
}
