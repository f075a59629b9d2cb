// Texts of the pool before closing.
import { defineTexts } from '../../ui/texts.ts'

export const p = defineTexts({
  pool: '结案前抽访', state: '状态', entered: '进入方式', askReason: '申请理由', leave: '最迟', number: '工单号', title: '标题', unit: '承办单位', phone: '联系电话', requester: '诉求人', enteredAt: '进库时间', by: '抽访人', attempts: '次数', finishedAt: '完成时间', left: '结果说明', differs: '不一致项', answers: '诉求人 / 单位', reply: '单位答复', opinion: '诉求人意见', recording: '听录音', mine: '只看我的',
  hint: '待结果审核的工单在这里先问诉求人：三率与单位填报有一项不同，结果退回单位重办；一致则转中心结案。到上级时限第 {day} 天或停留满 {stay} 天自动转中心结案。', share: '规则抽取比例 {n}%', none: '抽访库里没有工单', noneHint: '单位在工单页申请中心抽访，或按规则抽取后出现在这里。',
  claim: '领取', dial: '拨打', answer: '登记结果', miss: '未接通', skip: '跳过', claimed: '已领取', dialled: '正在拨打 {phone}', answered: '已登记：与单位一致', returned: '已登记：不一致，结果已退回单位', missed: '已登记未接通', skipped: '已跳过', failed: '{act}失败：{why}',
  contacted: '是否联系', solved: '是否解决', satisfied: '是否满意', yes: '是', no: '否', notStated: '未表态', way: '联系方式', call: '本页拨打的电话', otherWay: '其他方式', wayNote: '其他方式说明', missResult: '未接通原因', skipReason: '跳过理由', hidden: '登记后显示', noAnswer: '无人接听', busy: '占线', refused: '拒绝接听', wrongNumber: '号码有误', powerOff: '关机',
  ask: '申请中心抽访', askHelp: '中心先回访诉求人：三率一致再结案，不一致退回本单位。', asked: '已申请中心抽访', askVerb: '申请', current: '抽访：{state}', notNow: '{reason}',
} as const)
