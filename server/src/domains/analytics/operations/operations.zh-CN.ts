// Words of recurring operation work, and the work that every centre begins with.
import type { cycles, operationStates } from './operation-contract.ts'

export const cycleNames: Record<(typeof cycles)[number], string> = { day: '每天', week: '每周', month: '每月', quarter: '每季', year: '每年' }
export const operationStateNames: Record<(typeof operationStates)[number], string> = { done: '本期已完成', due: '本期待完成', late: '逾期', off: '已停用' }

export const reminders = { late: (name: string, cycle: string, owned: boolean): string => `逾期：${name}（${cycle}）上一期未完成${owned ? '' : '，还没有负责人'}` } as const

export const delivered: { code: string; name: string; detail: string; cycle: (typeof cycles)[number]; toolPath: string; outputPath: string }[] = [
  { code: 'data', name: '数据核对', detail: '汇总数与明细核对，接口和同步有无中断，口径有无改动', cycle: 'week', toolPath: '/analytics/indicators', outputPath: '/analytics/figures' },
  { code: 'knowledge', name: '知识库维护', detail: '到期、纠错和查不到的内容，逐条处理', cycle: 'week', toolPath: '/knowledge/gaps', outputPath: '/knowledge/statistics' },
  { code: 'matters', name: '事项清单核对', detail: '事项、职责和时限有无变化，与上级清单核对', cycle: 'month', toolPath: '/matters', outputPath: '/matters/lists' },
  { code: 'enterprise', name: '营商环境涉企诉求分类', detail: '涉企诉求按营商环境分类，未分类的补齐', cycle: 'month', toolPath: '/matters/enterprises', outputPath: '/analytics/boards' },
  { code: 'indicators', name: '共用指标核定', detail: '共用指标的口径、目标和用处，改动经另一人审核', cycle: 'quarter', toolPath: '/analytics/indicators', outputPath: '/analytics/tables' },
  { code: 'topics', name: '热线民情专项', detail: '热点事件、民情专题的研判和专报', cycle: 'month', toolPath: '/analytics/topics', outputPath: '/analytics/reports' },
]
