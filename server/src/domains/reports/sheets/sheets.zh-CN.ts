export const sheetWords = {
  noSheet: '没有这张表', inMerge: '在合并单元格里，请绑定合并区的左上角', taken: (cell: string, other: string) => `${cell} 已被 ${other} 占用`, covers: (cell: string) => `列表会盖住 ${cell} 原有的内容，请减少行数或移开`,
  noIndicator: (code: string) => `没有编码为“${code}”的指标`, stopped: (name: string) => `指标“${name}”已停用`, noDimension: (key: string) => `没有“${key}”这个维度`, oneIndicator: '横向展开时只能有一个指标', sameDimension: '纵向与横向不能是同一维度', noChoices: '请给出可选的值', minMax: '最小值大于最大值', sameKey: (other: string) => `与 ${other} 的填报内容存在同一处，请解除绑定后重新绑定`, designers: '请把自己或自己的单位留在“谁可以设计”里',
  tooMany: (n: number, most: number) => `绑定要分 ${n} 次统计，最多 ${most} 次：条件不同的指标请改用列表，或分成几张报表`,
  required: '必填', notNumber: '应为数字', notInteger: '应为整数', notDate: '应为日期，写作 2026-11-18', notChoice: (choices: readonly string[]) => `应为：${choices.join('、')}`, tooLong: (n: number) => `不超过 ${n} 个字`,
  range: (min: number | undefined, max: number | undefined) => (min !== undefined && max !== undefined ? `应在 ${min} 到 ${max} 之间` : min !== undefined ? `不能小于 ${min}` : `不能大于 ${max}`),
  unknown: '未知', notEntry: '不是填报的单元格', twice: '同一格给了两次', notBegun: (period: string) => `${period}还没有开始`,
} as const
