// Texts that the pages of the standard share: states, clocks, element types, review.
import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  matters: '事项目录', duties: '职责清单', categories: '分类体系', types: '诉求类型', limits: '时限规则', reviews: '待审变更', enterprises: '企业库', lists: '三张清单', issues: '事项下发', standard: '标准沿革',
  state: '状态', version: '版本', versionN: 'v{n}', upper: '上级维护', upperHint: '由上级统一维护，本级只能查看', pending: '有变更待审核',
  draft: '待提交', pendingReview: '待审核', effective: '已生效', rejected: '审核未通过', withdrawn: '已撤销', offline: '已下架', void: '已作废',
  kind_directory: '目录', kind_matter: '事项', kind_dutyEntry: '职责清单', kind_appealType: '诉求类型', kind_schemeNode: '分类', kind_limitRule: '时限规则', kind_enterprise: '企业', kind_dutyLine: '清单条目', scheduled: '待生效', effectiveOn: '生效日期', effectiveHint: '不填则审核通过后立即生效', effectiveFrom: '{day} 起生效', steps: '审核步骤', step_approved: '已通过', step_returned: '已退回', step_current: '待审核', step_waiting: '未到', step_other: '已结束', similar: '名称相近的事项，请核对是否重复', nextStep: '已通过，等待下一步审核', approvedLater: '已通过，到生效日期自动发布',
  saveDraft: '保存草稿', submit: '提交审核', saved: '已保存草稿', submitted: '已提交审核，由其他人员审核后生效', reason: '变更说明', reasonHint: '写给审核人，随变更留存',
  approve: '通过', return: '退回', opinion: '审核意见', opinionMust: '退回时必须填写意见', approved: '已通过，新版本已生效', returned: '已退回',
  difference: '变更对比', before: '变更前', after: '变更后', field: '字段', unchanged: '其余 {n} 个字段未变', noDifference: '没有字段变化',
  submittedBy: '提交', decidedBy: '审核', locked: '生效后不可修改', lockedRule: '已生效的{fields}不能修改，需要调整时请新建并建立对应关系',
  act_withdraw: '撤销', act_delete: '删除', act_offline: '下架', act_online: '重新上架', act_void: '作废', act_recall: '撤回提交', act_submit: '提交审核', act_edit: '修改',
  ask_withdraw: '撤销后不再显示在待办中，可以重新新建。', ask_delete: '草稿将被删除，不能恢复。', ask_offline: '审核通过后，登记时不再能选择；在办工单不变。', ask_online: '审核通过后重新可选。',
  ask_void: '审核通过后永久停止使用，不能恢复；在办工单不变。', ask_recall: '撤回后可以继续修改再提交。', ask_submit: '提交后由其他人员审核，通过后生效。',
  done_act: '已{act}', toReview: '已提交审核',
  elementType_text: '文本', elementType_number: '数值', elementType_date: '日期', elementType_choice: '单选', elementType_multiple: '多选', elementType_person: '人员', elementType_telephone: '电话', elementType_address: '地址', elementType_file: '附件',
  unit_naturalMinutes: '分钟', unit_naturalHours: '小时', unit_naturalDays: '自然日', unit_workingHours: '工作小时', unit_workingDays: '工作日',
  level1: '省级', level2: '市级', level3: '区县', level4: '街道乡镇', level5: '社区村', levelAll: '各级',
  role_lead: '主办', role_assist: '协办', role_negative: '负面清单', yes: '是', no: '否', none: '–',
  amount: '数量', unitOfTime: '单位', noLimit: '未设',
  importTitle: '导入{what}', importPick: '选择 XLSX 或 CSV 文件', importTemplate: '下载模板', importHint: '先逐行检查，不改动任何内容；确认后才导入通过的行。',
  importChecking: '正在逐行检查…', importGood: '{n} 行可以导入', importBad: '{n} 行有问题', importRow: '行', importName: '名称', importProblem: '问题', importOnlyBad: '只看有问题的行', importOk: '可以导入',
  importErrors: '下载问题清单', importApply: '导入 {n} 行并提交审核', importDraft: '导入 {n} 行为草稿', importDone: '已导入 {n} 行', importAgain: '换一个文件', close: '关闭', importNone: '没有可以导入的行，请修改文件后重新上传',
  search: '搜索', add: '添加', remove: '移除', up: '上移', edit: '修改', cancel: '取消',
} as const

export const t = defineTexts(zh)
