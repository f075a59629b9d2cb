// What the portal's answers say in words: public names only.
export const intakeTexts = {
  answersTitle: '【补充情况】',
  unknownAnswer: '暂不清楚',
  joined: '诉求人表示与附近同类诉求是同一问题，选择一并登记',
  scanned: '扫描二维码“{name}”提交',
  gaps: '缺少要素：{names}',
  confidentialTitle: '保密诉求（提取后可见）',
  withdrawn: '诉求人撤回',
  urged: '诉求人催办，希望尽快办理',
  ratedBad: '诉求人评价不满意',
  nextReview: '工作人员将核对您的诉求，可能会给您来电',
  nextHandle: '核对后转到负责的单位办理',
  nextLimit: '一般在{limit}内给您答复，复杂的会提前告诉您',
  nextRate: '办结后请您评价，没解决可以要求再办',
} as const

export const publicActNames = { supplement: '补充', urge: '催办', withdraw: '撤回', rate: '评价' } as const
export type PublicAct = keyof typeof publicActNames

export const publicActReasons = {
  ratingLater: '请等待回访，回访时可以评价',
  ratingOver: '评价期已过',
  rated: '已评价',
} as const
