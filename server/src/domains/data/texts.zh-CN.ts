export const dispatchKindNames: Readonly<Record<string, string>> = { own: '本级', direct: '直派', transferred: '转派' }
export const subjectKindNames: Readonly<Record<string, string>> = { person: '个人', enterprise: '企业' }
export const kindNames = { basic: '基础指标', derived: '衍生指标', composite: '复合指标' } as const
export const groupNames = { time: '时间', place: '地区', unit: '单位', matter: '诉求', source: '来源', course: '办理', call: '话务' } as const
