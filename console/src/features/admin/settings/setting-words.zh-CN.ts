// Words for the parts of parameter values: names of fields, names of choices, themes.
export const themes: { id: string; name: string; prefixes: string[] }[] = [
  { id: 'orders', name: '受理与流转', prefixes: ['skipReview', 'unitLeaderReview', 'copyFields', 'backupInterval', 'backupGenerations', 'backupKeep', 'pickLock', 'routeMode', 'assistAfterLead', 'verticalRule', 'autoSign', 'answerWithoutKnowledge', 'stage', 'contact', 'reveal', 'requester'] },
  { id: 'handling', name: '退回、延时与办结', prefixes: ['returnWindow', 'multiRoundWindow', 'returnReasons', 'returnNeedsUnitLeader', 'clockDuringReturnReview', 'extension', 'attachmentMissing', 'rating', 'exclusion', 'shelving'] },
  { id: 'callback', name: '回访', prefixes: ['callback', 'rates'] },
  { id: 'supervision', name: '督办', prefixes: ['supervision', 'stayAtUnit', 'reminderDays', 'nextUrgingAfter'] },
  { id: 'matters', name: '事项', prefixes: ['mat'] },
  { id: 'knowledge', name: '知识', prefixes: ['kno'] },
  { id: 'portal', name: '公众门户', prefixes: ['portal', 'realName', 'element', 'submission', 'signInCode', 'enquiry', 'selfCollected'] },
  { id: 'security', name: '登录与安全', prefixes: ['login', 'session', 'signIn', 'account', 'roles'] },
  { id: 'platform', name: '平台', prefixes: [] },
]

/** What no theme names belongs to the last one. */
export function themeOf(group: string): string {
  return themes.find((theme) => theme.prefixes.includes(group))?.id ?? 'platform'
}

const fields: Record<string, string> = {
  kind: '种类', files: '必须有材料', words: '提示用语', draft: '拟好的理由',
  failures: '连续输错次数', minutes: '锁定分钟数', minLength: '最短长度', minClasses: '至少含字符种类', history: '不得与最近几次相同', expiryDays: '有效天数（0 为不过期）', reminderDays: '到期前提醒天数', forbiddenWords: '禁用词',
  roles: '角色', strict: '未设置者登录时必须先设置', days: '天数', orders: '登记件数', from: '起', to: '止', code: '代码', name: '名称', satisfied: '计为满意', title: '标题', text: '内容',
  phonePerHour: '同一手机号每小时', phonePerDay: '同一手机号每天', addressPerHour: '同一网络地址每小时', numberPerHour: '同一编号每小时', appealTypes: '诉求类型', count: '数量', sizeMb: '大小（MB）', videoMb: '视频大小（MB）',
  maxDays: '最长天数', barred: '不能代理的角色', registration: '登记诉求', default: '其余位置', knowledge: '知识',
}

/** Choices; `key value` first, where one word means different things. */
const choices: Record<string, string> = {
  'exclusion.items exclude': '剔除', 'exclusion.items shelve': '挂账', 'exclusion.items both': '剔除或挂账',
  'account.opening delegated': '下级自行开通', 'account.opening upper': '只由上级开通', 'selfCollected.route centre': '进入中心审核、派发', 'selfCollected.route unit': '采集单位直接办理', 'mat.scheme.sync confirm': '确认后采用', 'mat.scheme.sync auto': '收到即采用',
  'account.import rest': '跳过错误行，导入其余', 'account.import none': '有任何错误则全部不导入',
  'mat.coreFields name': '名称', 'mat.coreFields conditions': '受理条件', 'mat.coreFields duration': '办理时限', 'mat.coreFields closingStandard': '办结标准', 'mat.coreFields closingBasis': '办结依据',
  'mat.coreFields competentUnitId': '主管部门', 'mat.coreFields appealTypes': '诉求类型', 'mat.coreFields materials': '所需材料', 'login.concurrent any': '不限', 'callback.scale yes': '是', 'callback.scale no': '否',
  shiftLeaderAndReviewer: '值班长和审核员', everybody: '所有话务员', mustReport: '须各自反馈', autoClose: '随主办自动办结', prompt: '提示（可说明理由后办结）', block: '阻止办结',
  wanted: '诉求人愿意接受回访', urgent: '紧急', enterprise: '涉企', dissatisfiedBefore: '曾评价不满意', apart: '单独统计', satisfied: '计入满意并单独列出', onePerTerminal: '同类终端只保留最近一次',
  one: '只能有一个', many: '可以有多个', off: '不要求', sign: '签收', handling: '办理', sameOrder: '原工单重办', newLinkedOrder: '新建关联工单', levelByLevel: '层层下派', straight: '一单到底', password: '账号密码', sms: '短信验证码',
  stage: '审核派发环节', firstContact: '首次联系', response: '响应', resultReview: '结果审核', upper: '上级时限', ownEarlier: '本级提前时限', direct: '直接派发', together: '上级与垂管单位同时派发',
  appealType: '诉求类型', areaCode: '区划', detailAddress: '详细地址', complaint: '投诉', help: '求助', consultation: '咨询', suggestion: '建议', report: '举报', praise: '表扬',
  'verticalRule upper': '派上级主管部门', auditor: '安全审计员', systemAdmin: '系统管理员', tenantAdmin: '租户管理员',
}

export const fieldName = (key: string): string => fields[key] ?? key
/** Words for a text value of a parameter, or the text itself. */
export const choiceName = (setting: string, value: string): string => choices[`${setting} ${value}`] ?? choices[value] ?? value
