// Texts of the phone workbench.
import { defineTexts } from '@minsheng/portal/kit'

export const t = defineTexts({
  app: '民声 移动办理', back: '返回', cancel: '取消', close: '关闭', more: '更多', loadMore: '加载更多', refresh: '刷新', asOf: '数据截至 {at}', updating: '更新中…', call: '拨打', none: '–',
  todo: '待办', orders: '工单', messages: '消息', me: '我的', cockpit: '驾驶舱',
  offline: '网络中断，显示的是本机保存的内容，恢复后自动更新', offlineAct: '网络中断，恢复后才能办理', keptAt: '本机保存于 {at}', notKept: '本机没有保存这部分内容，联网后可查看',
  notFound: '没有这个页面', toTodo: '回到待办', noWork: '您没有承办或审批的任务', noWorkHint: '移动办理供承办人员、单位负责人和领导使用，其他岗位请使用电脑版。', desktop: '切换到电脑版',

  signIn: '登录', login: '工号或登录名', password: '密码', loginNeeded: '请填写工号或登录名', passwordNeeded: '请填写密码', totp: '动态口令', totpHelp: '请输入验证器显示的 6 位数字', totpNeeded: '请填写动态口令', enrol: '您的岗位须启用动态口令，请先在电脑版登录并完成设置。',
  newPassword: '新密码', newPasswordHint: '首次登录或密码到期，请设置新密码', newPasswordNeeded: '请填写新密码', currentPassword: '当前密码', changePassword: '修改密码', demo: '演示体验', demoHint: '选择一位演示人员直接进入', demoFind: '按姓名、单位查找', demoOther: '其他岗位请使用电脑版', demoNone: '没有找到', expired: '登录已过期，请重新登录，已填写的内容仍在',

  'tab.toSign': '待签收', 'tab.handling': '办理', 'tab.approve': '审批', 'tab.label': '待办分类',
  'timing.all': '全部', 'timing.inTime': '在期', 'timing.near': '临期', 'timing.overdue': '超期', 'timing.label': '时限分组',
  'empty.toSign': '待签收的任务都签完了', 'empty.handling': '没有办理中的任务', 'empty.approve': '没有等待您审批的内容', 'empty.timing': '这一组没有任务', emptyHint: '新的任务到达时会出现在这里。',
  'approve.feedback': '办理反馈', 'approve.below': '下级反馈', 'approve.return': '退回申请', 'approve.flow': '审批', 'approve.applied': '{unit} {name}', 'approve.only': '还有 {n} 件，请在电脑版查看', decide: '审批',
  round: '第{n}轮', urges: '催办 {n}', supplements: '追加 {n}', noPlace: '未填写地点',

  search: '工单号或标题、内容、地点', searchDo: '查找', ordersNone: '没有符合条件的工单', ordersNoneHint: '可换一个词，或输入工单号的前几位。', ordersClear: '清除条件', count: '共 {n} 件', countMore: '超过 {n} 件', recent: '本机保存的工单', filtered: '已按“{name}”筛选', state: '状态', stateAll: '全部',

  clocks: '时限', clocksMore: '其他时限', until: '至 {at}', asked: '要办什么', askedOf: '{unit} · {role}', requirement: '办理要求', opinion: '派发意见', dispatchedBy: '{name} 派发于 {at}', standard: '办结标准', evidence: '须有材料', sentBack: '退回修改意见', autoSign: '{at} 后自动签收', handlerIs: '承办人 {name}', nothingAsked: '本单位没有承办这件工单的任务',
  content: '诉求内容', supplementsTitle: '追加内容', facts: '基本信息', number: '工单号', requester: '诉求人', phone: '电话', place: '地点', matter: '事项', type: '诉求类型', occurred: '发生时间', registered: '登记时间', channel: '渠道', lead: '主办单位', remarks: '备注', people: '涉及人数', reveal: '查看号码', anonymous: '匿名',
  'reveal.title': '查看联系电话', 'reveal.text': '查看会留下记录，号码显示 60 秒。', 'reveal.reason': '原因', 'reveal.r1': '联系诉求人了解情况', 'reveal.r2': '上门办理前预约', 'reveal.r3': '答复办理结果', 'reveal.do': '查看号码', 'reveal.quota': '本小时已查看 {used}/{limit}', 'reveal.left': '{n} 秒后隐藏', 'reveal.dial': '拨打 {phone}', 'reveal.then': '通话后请登记联系', 'reveal.log': '登记联系',
  units: '承办单位', feedbackTitle: '办理反馈', feedbackProgress: '进展', hiddenFeedback: '其他单位的 {n} 份反馈不在您的查看范围', version: '第{n}版', requests: '申请', files: '附件', fileOpen: '打开 {name}', filePrev: '上一个', fileNext: '下一个', fileDownload: '下载', fileKind: '这种文件不能在手机上预览', timeline: '办理过程', timelineMore: '更早的记录', timelineHidden: '其他单位的操作，内容不在您的查看范围', newest: '新的在前', oldest: '旧的在前',
  confidential: '涉密', missing: '工单不存在或您无权查看', noActs: '您现在没有可以办理的动作', allActs: '全部动作', stale: '工单有变化', staleShow: '查看变化',

  'act.sign': '签收', 'act.feedback': '办理反馈', 'act.progress': '办理进展', 'act.handDown': '下派', 'act.contact': '登记联系', 'act.requestReturn': '申请退回', 'act.requestExtension': '申请延时', 'act.accept': '审核通过', 'act.sendBack': '退回修改', 'act.takeBack': '取回下派', 'act.correctClosing': '更正办结', 'act.secondHandling': '二次办理', 'act.appeal': '不满意申诉', 'act.requestReturnReset': '申请重开退回', 'act.writeReport': '办理报告', 'act.decideReturn': '审核退回申请', 'act.decideExtension': '审批延时申请', 'act.decideFlow': '审批', 'short.feedback': '反馈', 'short.requestReturn': '退回', 'short.open': '看单',
  'act.requestSuspension': '申请挂起', 'act.requestResumption': '申请续办', 'act.confirmPromise': '确认承诺', 'act.requestPromise': '申请新的承诺日期', 'act.requestTracking': '申请任务跟踪', 'act.reportTracking': '阶段报告', 'act.declareExclusion': '申报剔除或挂账', 'act.blowWhistle': '吹哨', 'act.markIndustry': '标注行业归属', 'act.reportIn': '报到', 'act.objectIndustry': '行业归属异议', 'act.deliverJoint': '协同反馈',
  'suspend.notice': '批准后办理时限停止计算，续办后顺延；批准前时限照常计算。', 'suspend.condition': '挂起情形', 'suspend.days': '最长 {n} 个工作日', 'suspend.promised': '承诺日期', 'suspend.reason': '理由', 'suspend.files': '请上传证明材料', 'suspend.none': '尚未设置可挂起的情形',
  'resume.notice': '批准后回到正常流程，办理时限继续计算。', 'promise.notice': '承诺日期 {at}。到期未确认的，自动续办。', 'promise.onTrack': '能否按期完成', 'promise.can': '能按期', 'promise.cannot': '条件不具备', 'promise.progress': '目前进展',
  'track.notice': '批准后办理时限改为预计完成时间，须按周期提交阶段报告，诉求人可以看到。', 'track.until': '预计完成时间', 'track.plan': '工作计划', 'stage.notice': '提交后重新计算下一次报告时间。', 'stage.public': '诉求人可以看到',
  'exclude.notice': '经本单位领导和中心批准后生效。', 'exclude.kind': '种类', 'exclude.exclude': '剔除', 'exclude.shelve': '挂账', 'exclude.class': '情形', 'exclude.expires': '挂账到期',
  'whistle.notice': '所选部门收到消息和短信，须在时限内到场报到。', 'whistle.units': '到场部门', 'whistle.reason': '吹哨事由', 'whistle.place': '集合地点', 'whistle.files': '现场照片', 'report.person': '到场人员', 'report.at': '到场时间', 'report.result': '处置结果',
  'industry.notice': '被标注的部门可以提出异议；办结时仍可调整。', 'industry.unit': '归属行业部门', 'object.notice': '先由标注单位领导答复；不同意或逾期未答复的，由中心裁定。',
  'sign.title': '签收这件工单？', 'sign.text': '签收后由 {unit} 承担办理责任，办理时限自派发起计算，签收不能撤销。', 'sign.do': '签收', 'sign.done': '已签收 {number}',
  'form.saved': '已存在本机', 'form.saving': '保存中…', 'form.done': '{act} 已提交', 'form.conflict': '工单已有变化，您的操作未执行，填写的内容仍在。', 'form.look': '查看工单', 'form.gone': '这个动作现在不能做了', 'form.required': '请填写{name}', 'form.choose': '请选择{name}', 'form.filesWaiting': '附件还没有传完（{done}/{all}），请稍候再提交', 'form.filesDone': '{done}/{all} 已上传', 'form.filesPartly': '{done}/{all} 已上传，其余在后台继续', 'form.discard': '清空已填内容', 'form.badDate': '请选择正确的日期和时间',
  'feedback.result': '办理结果', 'feedback.resultHelp': '写明做了什么、结果如何、后续安排，将用于答复诉求人', 'feedback.basis': '处置依据', 'feedback.basisHelp': '法律法规、政策文件的名称和条款', 'feedback.method': '办理方式', 'feedback.handledAt': '办理时间', 'feedback.photos': '现场照片和材料', 'feedback.needed': '必需：{names}', 'feedback.rates': '三率自报', 'feedback.contacted': '响应', 'feedback.solved': '解决', 'feedback.satisfied': '满意', 'feedback.opinion': '内部意见', 'feedback.opinionHelp': '诉求人看不到', 'feedback.callback': '申请中心回访', 'feedback.outside': '涉及外地', 'feedback.public': '结果可公开', 'feedback.more': '其他选项', 'feedback.submit': '提交反馈', 'feedback.lower': '下级反馈', 'feedback.quote': '引用', 'feedback.quoted': '已引用', 'feedback.evidenceNeeded': '该事项须上传材料：{names}', 'feedback.noContact': '还没有登记过与诉求人的联系',
  'method.1': '现场处置', 'method.2': '电话答复', 'method.3': '书面答复', 'method.4': '协调其他单位', 'method.5': '立案查处', 'method.6': '解释说明', 'rate.yes': '是', 'rate.no': '否', 'rate.partly': '部分', 'rate.notStated': '未表态',
  'progress.result': '进展情况', 'progress.help': '办理时限照常计算，最后仍须提交办理反馈。',
  'contact.method': '方式', 'contact.phone': '电话', 'contact.visit': '上门', 'contact.message': '短信或网络', 'contact.other': '其他', 'contact.outcome': '结果', 'contact.reached': '已联系上', 'contact.notReached': '未联系上', 'contact.met': '见了面', 'contact.at': '联系时间', 'contact.note': '沟通情况',
  'handDown.notice': '下级反馈后由本单位审核上报，本单位的责任和时限不变。', 'handDown.unit': '下级单位', 'handDown.find': '按名称查找', 'handDown.none': '没有下级单位', 'handDown.handler': '承办人', 'handDown.anybody': '不指定，由单位签收', 'handDown.due': '要求完成时间', 'handDown.dueHelp': '不填与本单位时限相同（{at}）', 'handDown.opinion': '意见',
  'return.class': '退回理由', 'return.reason': '情况说明', 'return.files': '证明材料', 'return.window': '退回窗口开放至 {at}，逾期不能申请。', 'return.chain': '审批：本单位领导 → 热线中心退单审核；有争议的进入仲裁。被驳回后不能再次申请。', 'return.left': '退回窗口 {left}',
  'extension.due': '延至', 'extension.effect': '批准后“{clock}”由 {old} 顺延至 {next}。', 'extension.choose': '“{clock}”现为 {old}，最多再延一个正常时限。', 'extension.reason': '延时理由', 'extension.later': '须晚于原时限 {at}', 'extension.chain': '审批：本单位起逐级领导 → 热线中心；批准前原时限照常计算。', 'extension.clock': '办理时限',
  'review.accept': '通过后反馈上报热线中心审核。', 'review.acceptChild': '通过后下级任务完成，可在办理反馈中引用。', 'review.sendBack': '退回 {unit} 修改后重新反馈。', 'review.opinion': '审核意见', 'review.result': '{unit}的反馈', 'review.rates': '响应 {contacted} · 解决 {solved} · 满意 {satisfied}',
  'correct.why': '{who} 驳回：{why}', 'correct.same': '内容没有变化，请按驳回原因更正', 'correct.keep': '保留原有 {n} 个附件', 'correct.photos': '补充照片和材料', 'correct.toggle': '更正文字后通过（原文保留）', 'correct.submit': '更正并上报',
  'second.notice': '任务回到办理中，可下派科室重新办理，结果仍经本单位审核。', 'second.reason': '说明',
  'appeal.notice': '通过后归档，不再回访；不通过则继续办理，同样的材料不能再次申诉。', 'appeal.reason': '申诉理由', 'appeal.files': '证明材料', 'appeal.filesNeeded': '请上传证明材料',
  'reset.notice': '退回窗口已关闭。中心领导批准后，在规定小时内可再次申请退回。', 'reset.reason': '说明',
  'report.notice': '本单位领导批准后，上级和热线中心才能看到。', 'report.title': '标题', 'report.content': '内容',
  'tab.rejected': '被驳回', 'empty.rejected': '没有被驳回的办结', 'step.withdrawn': '已撤回', 'step.timedOut': '超时', 'step.jumped': '已跳转',
  'takeBack.notice': '从 {unit} 取回，由本单位继续办理。', 'takeBack.reason': '原因',
  'decide.asks': '{unit} {name} 申请', 'decide.given': '派发时的意见', 'decide.noOpinion': '派发时未填写意见', 'decide.within': '窗口期内', 'decide.beyond': '已过窗口期', 'decide.outcome': '结论', 'decide.approve': '同意', 'decide.leaderApprove': '同意上报', 'decide.refuse': '不同意', 'decide.arbitrate': '提交仲裁', 'decide.adjudicate': '转联合审定', 'decide.answerSelf': '中心自行答复', 'decide.return': '不同意', 'decide.passUp': '报上级审批', 'decide.opinion': '意见', 'decide.submit': '提交审核', 'decide.change': '由 {old} 延至 {next}', 'decide.effectLeader': '同意后申请上报热线中心；不同意则申请结束，单位继续办理。', 'decide.effect': '同意后该单位退出；不同意后该任务不能再次申请退回。', 'decide.effectFlow': '最后一级批准后时限才顺延。', 'decide.steps': '审批流程',
  'step.approved': '已同意', 'step.returned': '不同意', 'step.passedUp': '已报上级', 'step.skipped': '已跳过', 'step.ended': '已终止', 'step.current': '审批中', 'step.waiting': '待审批',
  'request.return': '退回申请', 'request.extension': '延时申请', 'request.withdrawal': '撤单申请', 'request.pending': '审批中', 'request.approved': '已同意', 'request.refused': '不同意', 'request.cancelled': '已撤回',

  readAll: '全部已读', messagesNone: '没有消息', messagesNoneHint: '派发、催办和审批结果会在这里提醒。', unread: '未读', messageDesktop: '这条消息的内容请在电脑版查看',
  unit: '单位', roles: '岗位', staffNo: '工号', posts: '任职', mobile: '手机号', email: '邮箱', edit: '修改联系方式', save: '保存', saved: '已保存', keepMobile: '不改请留空，现为 {value}', signOut: '退出登录', signOutText: '退出会清除本机保存的工单、草稿和照片。', draftsKept: '本机有 {n} 份未提交的草稿', device: '本机保存', deviceOrders: '已保存 {n} 件工单供离线查看', help: '需要帮助请联系本单位管理员或拨打 12345',
  'cockpit.open': '在办工单', 'cockpit.overdue': '超期', 'cockpit.soon': '24 小时内到期', 'cockpit.today': '今日受理', 'cockpit.closed': '今日办结', 'cockpit.urgent': '在办紧急重大', 'cockpit.stages': '工单分布', 'cockpit.hint': '点数字看清单',
} as const)
