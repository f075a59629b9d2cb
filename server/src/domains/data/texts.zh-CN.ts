export const dispatchKindNames: Readonly<Record<string, string>> = { own: '本级', direct: '直派', transferred: '转派' }
export const subjectKindNames: Readonly<Record<string, string>> = { person: '个人', enterprise: '企业' }
export const kindNames = { basic: '基础指标', derived: '衍生指标', composite: '复合指标' } as const
export const groupNames = { time: '时间', place: '地区', unit: '单位', matter: '诉求', source: '来源', course: '办理', call: '话务', slot: '时段', own: '专用' } as const
export const requestKindNames: Readonly<Record<string, string>> = { return: '退单', extension: '延时', withdrawal: '撤单', suspension: '挂起', resumption: '续办', promise: '承诺变更', tracking: '任务跟踪', dispute: '挂办', exclusion: '剔除' }
export const requestStateNames: Readonly<Record<string, string>> = { pending: '审批中', approved: '同意', refused: '不同意', cancelled: '已取消' }
export const pauseEndNames: Readonly<Record<string, string>> = { resumed: '单位续办', byCentre: '中心恢复', promiseLapsed: '承诺到期', notOnTrack: '未按进度', timeOver: '挂单期满', orderEnded: '工单结束' }
export const exclusionKindNames: Readonly<Record<string, string>> = { exclude: '剔除', shelve: '挂账' }
export const gradeNames: Readonly<Record<string, string>> = { high: '高', middle: '中', low: '低' }
export const warningSourceNames: Readonly<Record<string, string>> = { redCard: '红牌', yellowCard: '黄牌', finding: '规则发现', alert: '规则预警' }
export const supervisionSourceNames: Readonly<Record<string, string>> = { auto: '规则', manual: '人工', instruction: '批示', warning: '预警' }
export const weekdayNames: Readonly<Record<string, string>> = { 1: '周一', 2: '周二', 3: '周三', 4: '周四', 5: '周五', 6: '周六', 7: '周日' }
export const changeActNames: Readonly<Record<string, string>> = { create: '新增', change: '变更', stop: '停用', start: '启用' }
export const changeStateNames: Readonly<Record<string, string>> = { waiting: '待审核', approved: '已生效', refused: '不同意', withdrawn: '已撤回' }
export const placeNames = { interface: '指标接口' }
export const dayKindNames: Readonly<Record<string, string>> = { work: '工作日', off: '休息日' }
export const slotNames: Readonly<Record<string, string>> = { '00': '0–4 时', '04': '4–8 时', '08': '8–12 时', '12': '12–16 时', '16': '16–20 时', '20': '20–24 时' }
export const interfaceWords = {
  unknownCaller: '有不存在的账户',
  query: [{ name: 'from', words: '起始日期，如 2026-01-01' }, { name: 'to', words: '截止日期' }, { name: 'page', words: '第几页，从 1 开始' }, { name: 'pageSize', words: '每页行数，最多 500' }],
}
export const seriesTexts = {
  unknownArea: (code: string): string => `没有编码为“${code}”的区划`, otherLevel: '不是本序列的区划层级', noDay: '日期应为 2026-01-01 或年份', noNumber: '应为数字，最多四位小数', twice: '同一区划、日期在文件里出现两次', levelHeld: '已有数据，不能改区划层级',
} as const
