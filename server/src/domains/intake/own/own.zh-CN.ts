// Words of a citizen's own matters.

/** The course of a report of an error, in words for the public. */
export const reportSteps = [
  { state: 'accepted', name: '已收到', text: '工作人员会核对您说的内容' },
  { state: 'handling', name: '核对中', text: '已请负责的单位核对、修改' },
  { state: 'done', name: '已办结', text: '处理结果见答复' },
] as const
