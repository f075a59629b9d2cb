import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '办理结果评价', intro: '您的诉求已办结，请花一分钟告诉我们办得怎么样', order: '您的诉求', number: '编号', unit: '承办单位', reply: '答复', until: '请在 {at} 前提交，链接只能提交一次',
  contacted: '承办单位与您联系过吗？', contactedYes: '联系过', contactedNo: '没有联系', solved: '您反映的问题解决了吗？', solvedYes: '解决了', solvedNo: '没有解决', unsure: '说不清', grade: '您对办理结果满意吗？', stars: '打几颗星', starsHelp: '选填',
  reasons: '哪里没有办好（最多选 {n} 项）', words: '您的意见和建议', wordsHelp: '请勿填写身份证号、银行卡号', redo: '提交后，诉求会退回承办单位再次办理。', send: '提交评价',
  needContacted: '请选择承办单位是否与您联系过', needSolved: '请选择问题是否解决', needGrade: '请选择是否满意', more: '查看全部答复', none: '链接无效', noneText: '请从短信中的链接完整打开；也可以拨打热线。', home: '回到首页', over: '这条链接不能再用了', overText: '如有新的情况，可以再次反映或拨打热线。', thanksText: '编号 {number}，您可以关闭本页。', again: '再次反映',
} as const)
