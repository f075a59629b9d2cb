import type { Cycle, SectionKey } from './template.ts'

export const stateNames = { draft: '草稿', inReview: '待审核', published: '已发布', unpublished: '已取消发布', withdrawn: '已撤回' } as const
export type ReportState = keyof typeof stateNames
export const templateStateNames = { draft: '未发布', published: '已发布', withdrawn: '已撤下' } as const
export const kindNames = { periodic: '周期性', thematic: '专题性' } as const
export const cycleNames: Record<Cycle, string> = { day: '每日', week: '每周', month: '每月', quarter: '每季度', halfYear: '每半年', year: '每年' }
export const sectionNames: Record<SectionKey, string> = { header: '报头', lead: '首段', body: '正文', summary: '总结', tail: '报尾' }
export const actNames = { edit: '编辑', submit: '送审', return: '退回', publish: '发布', unpublish: '取消发布', withdraw: '撤回' } as const
export const rightNames = { 'reports.write': '起草报告', 'reports.publish': '审核发布报告' } as const
export const circulationStates = { sent: '已送达', read: '已阅', returned: '已退回', adopted: '已采用', recalled: '已收回' } as const
export const circulationActs = { adopt: '采用', return: '退回', recall: '收回' } as const
export const runStateNames = { done: '成功', failed: '失败', running: '生成中' } as const
export const noticeTexts = { published: (name: string) => `新报告：${name}`, publishedBy: (by: string, at: string) => `发布人：${by}，${at.replace(/ \(.*\)$/, '')}`, review: (name: string) => `报告待审核：${name}`, returned: (name: string) => `报告被退回：${name}`, failed: (name: string) => `定时报告生成失败：${name}`, circulated: (name: string) => `送阅报告：${name}`, circulatedBy: (by: string, note: string) => `${by} 送阅${note ? `：${note}` : ''}`, answered: (to: string, state: string, name: string) => `${to}${state}：${name}` }
export const personalPlaces = { name: '名称与标题', block: (section: SectionKey, n: number, row: number) => `${sectionNames[section]}第 ${n} 块${row > 0 ? `第 ${row} 行` : ''}`, confirmed: (places: string) => `确认发布其中的个人信息：${places}` }
const reach = (whole: boolean, secret: boolean): string => (whole ? (secret ? '全部工单，含保密工单' : '全部工单，不含无权查看的保密工单') : '本人权限范围内的工单')
export const basisWords = {
  counted: (by: string, whole: boolean, secret: boolean) => `数按${by}的权限统计：${reach(whole, secret)}。明细不列保密工单；点开数字看到的清单按阅读人的权限，可能与数不同。`,
  own: (whole: boolean, secret: boolean) => `数按您的权限统计：${reach(whole, secret)}`,
}
export const boardCategory = '专题报告'
export const eventCategory = '事件专报'
export const placeName = '报告模板'
export const wordTexts = { counted: '图表：', note: '说明', category: '热线报告', subtitle: '报告模板：花括号里的是指标，〔〕里的是图表、明细的位置，可移动，请勿改字', pictures: (n: number) => `${n} 张图片` }
